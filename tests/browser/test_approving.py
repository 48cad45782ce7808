"""A file that is approved: asked for by keys, answered on a phone, asked again by a new version."""

import secrets

from playwright.sync_api import Page, expect

from tests.browser.conftest import listen


def write(path, words: str):
    path.write_text(f"{words} {secrets.token_hex(30)}")
    return path


def press_to(page: Page, target) -> None:
    """Go to a control by the Tab key alone, as somebody without a mouse does."""
    for _step in range(80):
        if target.evaluate("(element) => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("it cannot be reached by keys")


def test_a_version_is_asked_for_by_keys_answered_on_a_phone_and_asked_again(desk, tmp_path, troubles):
    troubles.expect("422")
    lena = desk("lena")
    listen(lena, "/assets/new")
    lena.locator("#file").set_input_files(write(tmp_path / "leaflet.txt", "Robots for all"))
    lena.get_by_label("Name of").fill("Leaflet for the fair")
    lena.get_by_label("Where", exact=True).select_option(label="project-open")
    lena.get_by_role("button", name="Share it", exact=True).click()
    asking = lena.get_by_role("link", name="Ask for approval")
    expect(asking).to_be_visible()
    address = lena.url
    press_to(lena, asking)
    lena.keyboard.press("Enter")
    people = lena.get_by_label("People")
    press_to(lena, people)
    lena.keyboard.type("@jo")
    expect(lena.get_by_role("option", name="Jon Park")).to_be_visible()
    lena.keyboard.press("Enter")
    press_to(lena, lena.get_by_label("What to look at"))
    lena.keyboard.type("The second line")
    press_to(lena, lena.get_by_role("button", name="Ask them"))
    lena.keyboard.press("Enter")
    expect(lena.get_by_role("heading", name="Approval of version 1")).to_be_visible()

    jon = listen(desk("jon", 390, has_touch=True, is_mobile=True), "/notifications")
    jon.get_by_role("button", name="asks for approval of version 1 of “Leaflet for the fair”").tap()
    expect(jon.get_by_role("heading", name="Approval of version 1")).to_be_visible()
    jon.get_by_text("Request changes").tap()
    jon.get_by_role("button", name="Answer").tap()
    expect(jon.get_by_text("Say what should change.")).to_be_visible()
    expect(jon.get_by_label("Request changes")).to_be_checked()
    jon.get_by_label("What should change").fill("Name the price")
    jon.get_by_role("button", name="Answer").tap()
    expect(jon.locator(".page-head")).to_contain_text("changes asked for")

    listen(lena, address)
    expect(lena.locator("#approval").locator("..")).to_contain_text("Name the price")
    lena.get_by_label("New version").set_input_files(write(tmp_path / "leaflet.txt", "Robots for all from 900 euros"))
    lena.get_by_role("button", name="Add it").press("Enter")
    expect(lena.get_by_text("Version 2 is here.")).to_be_visible()
    expect(lena.locator(".page-head")).to_contain_text("approved by 0 of 1")

    jon.goto(address)
    jon.get_by_role("link", name="Answer").tap()
    expect(jon.get_by_role("heading", name="Approval of version 2")).to_be_visible()
    jon.get_by_text("Approve with changes").tap()
    jon.get_by_label("What should change").fill("Mind the comma")
    jon.get_by_role("button", name="Answer").tap()
    expect(jon.locator(".page-head")).to_contain_text("approved")
    lena.goto("/assets?approval=approved&q=leaflet")
    expect(lena.locator("main")).to_contain_text("Leaflet for the fair")
    lena.goto("/projects/project-open?tab=assets")
    card = lena.locator(".entry--asset", has_text="Leaflet for the fair")
    expect(card.get_by_text("approved")).to_have_count(1)
