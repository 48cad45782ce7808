"""A file that is there already: what is said before a second copy is made, and choosing by keyboard."""

from playwright.sync_api import Page, expect

from tests.browser.test_every_page import examine

WORDS = ("Short invitations brought twice as many people to the webinar as the long ones of the spring. Sales called "
         "everybody within a day, and four of ten became a pilot in Parma before the quarter was over. ")


def send(page: Page, text: str, title: str) -> None:
    page.goto("/assets/new")
    page.wait_for_selector(".drop.is-live")
    page.locator("#file").set_input_files({"name": "plan.txt", "mimeType": "text/plain", "buffer": text.encode()})
    page.get_by_label("Name of plan.txt").fill(title)
    page.locator(".form-actions").get_by_role("button", name="Share it", exact=True).click()


def test_a_copy_is_held_back_until_one_chooses_what_to_do(desk):
    page = desk("lena")
    send(page, WORDS, "What the webinar taught us")
    expect(page.get_by_role("heading", level=1)).to_have_text("What the webinar taught us")
    there = page.url
    send(page, WORDS, "My own title")
    expect(page.get_by_role("heading", name="This file is here already")).to_be_visible()
    expect(page.locator("[data-known]")).to_be_focused()
    expect(page.get_by_label("Name of plan.txt")).to_have_value("My own title")
    examine(page)
    page.get_by_label("Name of plan.txt").press("Enter")
    expect(page.get_by_role("heading", name="This file is here already")).to_be_visible()
    use = page.get_by_role("button", name="Use “What the webinar taught us” instead")
    use.focus()
    use.press("Enter")
    page.wait_for_url(there)
    send(page, WORDS, "My own title")
    page.get_by_role("button", name="Share it anyway").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My own title")
