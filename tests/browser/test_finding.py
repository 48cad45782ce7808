"""Finding things and being found: search down to the slide, and the bell."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import listen
from tests.browser.test_posting import composer, write
from tests.making import documents


@pytest.fixture
def searched(desk, tmp_path) -> Page:
    """Jon's browser in a house where a closed project holds a deck that speaks of tungsten on its second slide."""
    lena = desk("lena")
    lena.goto("/projects/project-closed")
    lena.get_by_role("link", name="Share a file").click()
    lena.locator("#file").set_input_files(
        documents.deck(tmp_path / "materials.pptx", ("Materials", "Tungsten is dear", "End")))
    lena.get_by_role("button", name="Share it").click()
    lena.locator(".deck-thumb").nth(2).wait_for(timeout=30_000)
    expect(lena.locator(".deck-progress")).to_have_count(0, timeout=30_000)
    return desk("jon")


def test_search_finds_a_slide_and_opens_it_there(searched, desk):
    searched.goto("/search?q=tungsten")
    hit = searched.locator(".hit", has_text="page 2").first
    expect(hit.locator("mark").first).to_have_text(re.compile("tungsten", re.I))
    hit.get_by_role("link").click()
    opened = searched.locator(".deck.is-live .deck-slide:visible img")
    expect(opened).to_have_attribute("alt", re.compile("Tungsten is dear"))

    mei = desk("mei")
    mei.goto("/search?q=tungsten")
    expect(mei.get_by_text("Nothing found")).to_be_visible()


def test_hits_are_narrowed_by_kind_and_space(desk):
    page = listen(desk("lena"), "/projects/project-open")
    write(page, "Molybdenum in a project")
    expect(page.locator(".entry", has_text="Molybdenum")).to_be_visible()
    page.goto("/accounts/account-open")
    write(page, "Molybdenum at an account")
    expect(page.locator(".entry", has_text="Molybdenum")).to_be_visible()
    page.goto("/search?q=molybdenum")
    expect(page.locator(".hit")).to_have_count(2)
    page.get_by_role("group", name="Space", exact=True).get_by_role("link", name="account-open").click()
    expect(page.locator(".hit")).to_have_count(1)
    expect(page.locator(".hit")).to_contain_text("at an account")
    page.get_by_role("group", name="Space", exact=True).get_by_role("link", name="account-open").click()
    expect(page.locator(".hit")).to_have_count(2)


def test_the_bell_counts_while_one_looks_elsewhere(desk):
    jon = listen(desk("jon"), "/notifications")
    if (everything := jon.get_by_role("button", name="Mark all as read")).count():
        everything.click()
    listen(jon, "/projects")
    bell = jon.locator(".bell-count")
    expect(bell).to_be_hidden()

    lena = listen(desk("lena"), "/projects/project-secret")
    write(lena, "@jon what do you think?")
    expect(bell).to_have_text("1")
    write(lena, "And of this, @jon?")
    expect(bell).to_have_text("2")

    jon.get_by_role("link", name="Notifications").first.click()
    lines = jon.locator(".notification-list > li")
    expect(lines.first).to_have_class(re.compile("is-unread"))
    expect(lines.first).to_contain_text("you are named")
    lines.first.locator(".notification-line").click()
    expect(jon.locator(".entry")).to_contain_text("And of this, @jon?")
    expect(bell).to_have_text("1")
    jon.goto("/notifications")
    jon.get_by_role("button", name="Mark all as read").click()
    expect(jon.locator(".notification-list > li.is-unread")).to_have_count(0)
    expect(bell).to_be_hidden()


def test_an_answer_is_notified(desk):
    lena = listen(desk("lena"), "/projects/project-open")
    write(lena, "Does anybody know the lead time?")
    lena.locator(".entry", has_text="lead time").get_by_role("link", name="Comment").click()
    jon = desk("jon")
    jon.goto(lena.url)
    jon.get_by_label("Your comment").fill("Six weeks")
    jon.get_by_role("button", name="Comment", exact=True).click()
    expect(jon.locator(".comment", has_text="Six weeks")).to_be_visible()
    lena.goto("/notifications")
    expect(lena.locator(".notification-list > li").first).to_contain_text("Jon Park")


def test_a_tag_gathers_and_can_be_followed(desk):
    lena = listen(desk("lena"), "/projects/project-open")
    write(lena, "Everything about #leadtimes")
    lena.locator(".entry", has_text="Everything about").get_by_role("link", name="#leadtimes").click()
    lena.get_by_role("button", name="Follow").click()
    expect(lena.get_by_role("button", name="Following")).to_be_visible()
    expect(composer(lena)).to_have_count(0)
