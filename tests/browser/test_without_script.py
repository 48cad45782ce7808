"""The main forms work in a browser without JavaScript."""

from playwright.sync_api import expect

from tests.browser.conftest import sign_in
from tests.browser.test_project import pages
from tests.making import documents


def test_sign_in_post_comment_and_search(window):
    page = window(javascript=False)
    sign_in(page, "lena")
    page.locator("#compose textarea").fill("Written without a script")
    page.get_by_label("Into which space").select_option(label="project-open")
    page.locator("#compose").get_by_role("button", name="Post", exact=True).click()
    entry = page.locator(".entry", has_text="Written without a script")
    expect(page.get_by_role("heading", level=1)).to_have_text("project-open")
    entry.get_by_role("link", name="Comment").click()
    page.get_by_label("Your comment").fill("And answered")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator(".comment", has_text="And answered")).to_be_visible()
    page.locator(".comment").get_by_role("link", name="Reply").click()
    page.get_by_label("Your comment").fill("Once more")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator(".replies", has_text="Once more").first).to_be_visible()
    page.get_by_role("link", name="Search or go to").click()
    page.get_by_label("Search for").fill("without a script")
    page.locator("main").get_by_role("button", name="Search").click()
    expect(page.locator(".hit", has_text="Written without").first).to_be_visible()


def test_an_empty_post_is_refused_in_words(window, troubles):
    troubles.expect("422")
    page = window(javascript=False)
    sign_in(page, "lena")
    page.goto("/write")
    page.locator("#compose textarea").fill("   ")
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.get_by_text("Write something first.")).to_be_visible()


def test_all_slides_stand_under_each_other(window, tmp_path):
    page = window(javascript=False)
    sign_in(page, "lena")
    page.goto("/assets/new")
    page.locator("#file").set_input_files(documents.pdf(tmp_path / "two.pdf", pages()))
    page.get_by_role("button", name="Share it").click()
    for _ in range(60):
        if page.locator(".deck-slide img").count() == 2:
            break
        page.wait_for_timeout(250)
        page.reload()
    expect(page.locator(".deck-slide:visible")).to_have_count(2)
