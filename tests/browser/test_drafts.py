"""What one has begun to write outlives reloads, tabs and sessions, and goes when it was sent."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import listen
from tests.world import PASSWORD

CLAIM = "Three fields bring twice the leads of nine"


@pytest.fixture
def form(desk) -> Page:
    """Lena has begun to state a learning."""
    page = listen(desk("lena"), "/learnings/new")
    page.get_by_label("The claim").fill(CLAIM)
    page.get_by_label("What it rests on").fill("Slide 7")
    page.wait_for_function("() => Object.keys(localStorage).some((name) => localStorage[name].includes('Slide 7'))")
    return page


def test_a_long_form_comes_back_after_a_reload_and_can_be_begun_afresh(form):
    form.reload()
    expect(form.get_by_label("The claim")).to_have_value(CLAIM)
    form.get_by_role("button", name="Start afresh").click()
    expect(form.get_by_label("The claim")).to_have_value("")
    form.reload()
    form.wait_for_selector("html.is-live", state="attached")
    expect(form.get_by_label("The claim")).to_have_value("")


def test_a_form_that_was_sent_is_not_brought_back(form):
    form.get_by_role("button", name="Put it on record").click()
    expect(form.get_by_role("heading", level=1)).to_have_text(CLAIM)
    listen(form, "/learnings/new")
    expect(form.get_by_label("The claim")).to_have_value("")


def test_a_session_that_ended_while_writing_loses_nothing(form, troubles):
    # What was tried before is asked for while one types, and not told to who is signed out.
    troubles.expect("401")
    form.context.clear_cookies()
    form.get_by_role("button", name="Put it on record").click()
    form.wait_for_url(re.compile("/sign-in"))
    form.get_by_label("E-mail").fill("lena@example.com")
    form.get_by_label("Password").fill(PASSWORD)
    form.get_by_role("button", name="Sign in").click()
    form.wait_for_url(re.compile("/learnings/new"))
    expect(form.get_by_label("The claim")).to_have_value(CLAIM)
    expect(form.get_by_label("What it rests on")).to_have_value("Slide 7")


def test_two_tabs_keep_a_draft_each(desk):
    first = listen(desk("jon"), "/projects/project-open")
    second = listen(first.context.new_page(), "/projects/project-open")
    for page, text in ((first, "Written in the first tab"), (second, "Written in the second")):
        page.locator("#compose textarea").fill(text)
        expect(page.locator("#compose [data-draft-note]")).to_have_text("Draft kept")
    for page, text in ((first, "Written in the first tab"), (second, "Written in the second")):
        page.reload()
        expect(page.locator("#compose textarea")).to_have_value(text)


def test_what_a_closed_tab_left_behind_is_taken_over(desk):
    closed = listen(desk("jon"), "/projects/project-closed")
    context = closed.context
    closed.locator("#compose textarea").fill("Left behind")
    expect(closed.locator("#compose [data-draft-note]")).to_have_text("Draft kept")
    closed.close()
    opened = listen(context.new_page(), "/projects/project-closed")
    expect(opened.locator("#compose textarea")).to_have_value("Left behind")


def test_a_review_that_was_refused_is_kept_and_one_that_was_posted_is_not(desk, troubles):
    troubles.expect("422")
    page = listen(desk("lena"), "/reviews/new")
    page.get_by_label("Campaign").fill("Spring fair")
    page.get_by_label("Leads", exact=True).fill("many")
    page.get_by_role("button", name="Post the review").click()
    expect(page.get_by_text("This is not a number.")).to_be_visible()
    listen(page, "/reviews")
    listen(page, "/reviews/new")
    expect(page.get_by_label("Campaign")).to_have_value("Spring fair")
    page.get_by_label("Leads", exact=True).fill("70")
    page.get_by_role("button", name="Post the review").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Spring fair")
    listen(page, "/reviews/new")
    expect(page.get_by_label("Campaign")).to_have_value("")
