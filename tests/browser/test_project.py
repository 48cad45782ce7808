"""A project group: a shared file with pages, talk on a page, a new version, a decision on record."""

import secrets

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import listen
from tests.making import documents


def pages() -> tuple[str, str]:
    """Words of two pages that nobody shared before: of a file that is here already one would be told first."""
    return tuple(" ".join(secrets.token_hex(4) for _word in range(12)) for _page in range(2))


@pytest.fixture
def asset(desk, tmp_path) -> Page:
    """Lena's browser on a PDF of two pages that she shared into a project, its pages drawn."""
    page = desk("lena")
    page.goto("/projects/project-open")
    page.get_by_role("link", name="Share a file").click()
    page.locator("#file").set_input_files(documents.pdf(tmp_path / "launch plan.pdf", pages()))
    page.get_by_label("Name of").fill("Launch plan")
    expect(page.get_by_label("Where", exact=True)).to_have_value(page.url.partition("space=")[2])
    page.get_by_role("button", name="Share it", exact=True).click()
    page.locator(".deck-slide:visible img").first.wait_for(timeout=30_000)
    expect(page.locator(".deck-progress")).to_have_count(0, timeout=30_000)
    return page


def test_a_new_version_stands_on_top_and_the_old_one_stays(asset, tmp_path):
    words = ("First page", "Second page", "Third page")
    asset.get_by_label("New version").set_input_files(documents.pdf(tmp_path / "launch plan 2.pdf", words))
    asset.get_by_label("What changed").fill("A third page")
    asset.get_by_role("button", name="Add it").click()
    expect(asset.get_by_text("Version 2 is here.")).to_be_visible()
    expect(asset.locator(".deck-thumb")).to_have_count(3, timeout=30_000)
    expect(asset.get_by_text("A third page")).to_be_visible()
    asset.get_by_role("link", name="Version 1", exact=True).click()
    expect(asset.get_by_text("This is an older version. The newest is version 2.")).to_be_visible()
    expect(asset.locator(".deck-thumb")).to_have_count(2)


def test_the_original_is_given_back_byte_for_byte(asset, tmp_path):
    with asset.expect_download() as waiting:
        asset.get_by_role("link", name="Download").click()
    assert waiting.value.suggested_filename == "launch plan.pdf"
    assert waiting.value.path().read_bytes() == (tmp_path / "launch plan.pdf").read_bytes()


def test_talk_about_a_page_is_seen_by_others_on_that_page(asset, desk):
    jon = listen(desk("jon"), f"{asset.url}?slide=2")
    listen(asset, f"{asset.url}?slide=2")
    asset.locator("[data-side]").get_by_label("Your comment").fill("The date is wrong")
    asset.locator("[data-side]").get_by_role("button", name="Comment", exact=True).click()
    expect(jon.locator("[data-side]").get_by_text("The date is wrong")).to_be_visible()
    expect(jon.get_by_text("The date is wrong")).to_have_count(1)
    jon.locator("[data-side] .comment").get_by_role("link", name="Reply").click()
    jon.locator("[data-side] .comment textarea").fill("Mended in version 2")
    jon.locator("[data-side] .comment textarea").press("Control+Enter")
    expect(asset.locator("[data-side] .replies").first).to_contain_text("Mended in version 2")


def test_a_decision_is_written_down_and_found_under_its_tab(desk):
    page = desk("lena")
    page.goto("/projects/project-open")
    page.get_by_role("button", name="More about this space").click()
    page.get_by_role("link", name="Write down a decision").click()
    page.get_by_label("What has to be decided?").fill("Which hall do we take?")
    page.get_by_label("Options that were considered").fill("Hall 4\nHall 5")
    page.get_by_label("What was chosen").fill("Hall 5")
    page.get_by_label("Why").fill("Two of our three key accounts are there.")
    page.get_by_role("button", name="Put it on record").click()
    expect(page.locator(".decision-choice")).to_have_text("Hall 5")
    page.goto("/projects/project-open?tab=decisions")
    decision = page.locator(".entry--decision", has_text="Which hall do we take?")
    expect(decision).to_contain_text("Two of our three key accounts are there.")
    expect(decision.locator("s")).to_have_text("Hall 4")


def test_a_project_is_started_and_its_people_taken_in(desk):
    page = desk("lena")
    page.goto("/projects")
    page.get_by_role("link", name="Start a project").click()
    page.get_by_label("Name").fill("Spring launch")
    page.get_by_label("The goal, in a sentence").fill("Forty pilots by June.")
    page.get_by_role("button", name="Start it").click()
    expect(page.get_by_text("Forty pilots by June.")).to_be_visible()
    expect(page.get_by_text("Nothing said yet")).to_be_visible()
    page.get_by_role("button", name="More about this space").click()
    page.locator("#space-menu").get_by_role("link", name="People").click()
    page.get_by_label("E-mail").fill("mei@example.com")
    page.get_by_role("button", name="Invite").click()
    expect(page.locator("main").get_by_text("王梅", exact=True)).to_be_visible()
    mei = desk("mei")
    mei.goto("/")
    expect(mei.locator(".nav [data-space-link]", has_text="Spring launch")).to_be_visible()
