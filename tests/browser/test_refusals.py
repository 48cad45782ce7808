"""What is refused keeps what was typed and says why beside it."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import UPLOAD_LIMIT_MB, listen
from tests.browser.test_posting import composer

TOO_MANY_BYTES = b"x" * (UPLOAD_LIMIT_MB * 1024**2 + 1)
TOO_MUCH = {"name": "film.bin", "mimeType": "application/octet-stream", "buffer": TOO_MANY_BYTES}
REASON = f"larger than {UPLOAD_LIMIT_MB} MB"


def test_a_file_over_the_limit_is_refused_beside_it_before_a_byte_is_sent(desk):
    page, sent = desk("lena"), []
    page.goto("/assets/new")
    page.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    page.get_by_label("What it is for").fill("For the fair")
    page.locator("#file").set_input_files(TOO_MUCH)
    page.get_by_role("button", name="Share it").click()
    expect(page.locator(".upload-row .field-error")).to_contain_text(REASON)
    expect(page.get_by_label("Name of film.bin")).to_be_focused()
    expect(page.get_by_label("What it is for")).to_have_value("For the fair")
    assert not sent


def test_a_deck_over_the_limit_leaves_the_review_as_it_was(desk, troubles):
    troubles.expect("422")
    page = desk("lena")
    page.goto("/reviews/new")
    page.get_by_label("Campaign").fill("A long film")
    page.get_by_label("Leads", exact=True).fill("1,200")
    page.locator("#deck").set_input_files(TOO_MUCH)
    page.get_by_role("button", name="Post the review").click()
    expect(page.locator(".field:has(#deck) .field-error")).to_contain_text(REASON)
    expect(page.get_by_label("Campaign")).to_have_value("A long film")
    expect(page.get_by_label("Leads", exact=True)).to_have_value("1,200")


def test_a_version_over_the_limit_says_so_beside_the_field(desk, places, troubles):
    troubles.expect("422")
    page = desk("lena")
    page.goto(places["asset"])
    page.get_by_label("New version").set_input_files(TOO_MUCH)
    page.get_by_label("What changed").fill("It moves")
    page.get_by_role("button", name="Add it").click()
    expect(page.locator(".rail .field-error")).to_contain_text(REASON)
    expect(page.get_by_label("What changed")).to_have_value("It moves")


def test_a_file_over_the_limit_leaves_the_text_one_writes(desk, troubles):
    troubles.expect("413")
    page = listen(desk("lena"), "/projects/project-open")
    composer(page).fill("Here is the film: ")
    page.locator("#compose [data-file]").set_input_files(TOO_MUCH)
    expect(page.locator("#compose .field-error")).to_contain_text(REASON)
    expect(composer(page)).to_have_value(re.compile("^Here is the film:\\s*$"))


def test_a_text_too_long_stays_where_it_was_typed(desk, troubles):
    troubles.expect("422")
    page = listen(desk("lena"), "/projects/project-open")
    text = "words " * 17_000
    composer(page).fill(text)
    page.locator("#compose").get_by_role("button", name="Post", exact=True).click()
    expect(page.locator("#compose .composer-error")).to_contain_text("100000 characters at most")
    assert composer(page).input_value() == text


def test_who_was_signed_out_while_writing_finds_the_draft_again(window, troubles):
    troubles.expect("401")
    page = window()
    page.goto("/projects/project-closed")
    page.get_by_label("E-mail").fill("jon@example.com")
    page.get_by_label("Password").fill("a calm ship")
    page.get_by_label("Password").press("Enter")
    page.wait_for_selector("html.is-live", state="attached")
    composer(page).fill("Written before the session ended")
    page.context.clear_cookies()
    page.locator("#compose").get_by_role("button", name="Post", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.get_by_label("E-mail").fill("jon@example.com")
    page.get_by_label("Password").fill("a calm ship")
    page.get_by_label("Password").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("project-closed")
    expect(composer(page)).to_have_value("Written before the session ended")
