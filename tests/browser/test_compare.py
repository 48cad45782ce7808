"""Reviews side by side: ticked in the list, sorted by a column, taken away as a sheet; and without a script."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_in
from tests.browser.test_every_page import examine


def post_review(page: Page, title: str, **fields: str) -> None:
    page.goto("/reviews/new")
    page.get_by_label("Campaign").fill(title)
    for name, value in ({"region": "Benelux", "channels": "webinar"} | fields).items():
        page.locator(f"#{name}").fill(value)
    page.get_by_label("Where", exact=True).select_option(label="project-open")
    page.get_by_role("button", name="Post the review").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


@pytest.fixture(scope="module")
def posted() -> set[str]:
    """What this module has posted; the house is the same for all its tests."""
    return set()


@pytest.fixture
def lena(desk, posted) -> Page:
    """Lena's browser; six reviews of webinars in Benelux with cost per lead 10 to 60 are posted."""
    page = desk("lena")
    for step in range(1, 7):
        if (title := f"Benelux {step}") not in posted:
            post_review(page, title, cost=str(100 * step), leads="10", sent="1000", responses=str(10 * step))
            posted.add(title)
    return page


def rows(page: Page):
    return page.locator(".compare tbody th[scope=row] > a:first-child")


def test_three_are_ticked_compared_sorted_and_exported(lena, tmp_path: Path):
    lena.goto("/reviews?region=Benelux")
    for step in (2, 6, 4):
        lena.get_by_label(f"Compare Benelux {step}").check()
    lena.get_by_role("button", name="Compare the ticked ones").click()
    expect(lena.get_by_role("heading", level=1)).to_have_text("Compare reviews")
    expect(rows(lena)).to_have_text(["Benelux 6", "Benelux 4", "Benelux 2"])

    lena.get_by_role("link", name="Cost per lead").click()
    expect(rows(lena)).to_have_text(["Benelux 2", "Benelux 4", "Benelux 6"])
    expect(lena.locator("th[aria-sort=ascending]")).to_contain_text("Cost per lead")
    expect(lena.locator(".compare tr", has_text="Benelux 2").locator(".is-best").first).to_contain_text("€20.00")
    expect(lena.locator(".compare-median td").first).to_have_text("€40.00")
    lena.get_by_role("link", name="Response rate").click()
    expect(rows(lena)).to_have_text(["Benelux 6", "Benelux 4", "Benelux 2"])
    examine(lena)

    with lena.expect_download() as download:
        lena.get_by_role("link", name="Export CSV").click()
    download.value.save_as(tmp_path / "sheet.csv")
    with (tmp_path / "sheet.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [(each["title"], each["cpl"]) for each in csv.DictReader(file)] == [
            ("Benelux 6", "60"), ("Benelux 4", "40"), ("Benelux 2", "20"),
        ]
    lena.get_by_role("link", name="Take out Benelux 4").click()
    expect(rows(lena)).to_have_text(["Benelux 6", "Benelux 2"])


def test_a_review_says_where_it_stands_and_leads_to_its_peers(lena):
    lena.goto("/reviews?region=Benelux")
    lena.get_by_role("link", name="Benelux 2", exact=True).click()
    lines = lena.locator(".figure-table tr")
    expect(lines.filter(has_text="Cost per lead")).to_contain_text("Better than 4 of 5, median €40.00")
    expect(lines.filter(has_text="Response rate")).to_contain_text("Better than 1 of 5, median 4.0%")
    expect(lena.get_by_text("Compared with 5 reviews of webinar in Benelux")).to_be_visible()
    examine(lena)
    lena.get_by_role("link", name="Compare with peers").click()
    expect(lena.get_by_role("heading", level=1)).to_have_text("Compare Benelux 2 with its peers")
    expect(lena.locator(".compare-own")).to_contain_text("This review")
    examine(lena)


def test_on_the_phone_the_name_stays_while_figures_pass_by(lena):
    lena.set_viewport_size({"width": 390, "height": 844})
    lena.goto("/reviews/compare?region=Benelux")
    name = lena.locator(".compare tbody th", has_text="Benelux 3")
    before = name.bounding_box()["x"]
    lena.locator(".table-wrap").evaluate("(frame) => { frame.scrollLeft = 400 }")
    assert abs(name.bounding_box()["x"] - before) < 1


def test_without_a_script(lena, window):
    page = window(javascript=False)
    sign_in(page, "jon")
    page.goto("/reviews")
    page.get_by_role("link", name="Compare", exact=True).click()
    page.get_by_label("Region").select_option("Benelux")
    page.get_by_role("button", name="Filter").click()
    expect(rows(page)).to_have_count(6)
    page.get_by_role("link", name="Cost per lead").click()
    expect(rows(page).first).to_have_text("Benelux 1")
    page.goto("/reviews?region=Benelux")
    page.get_by_label("Compare Benelux 1").check()
    page.get_by_label("Compare Benelux 5").check()
    page.get_by_role("button", name="Compare the ticked ones").click()
    expect(rows(page)).to_have_text(["Benelux 5", "Benelux 1"])
    assert re.search(r"id=\d+&id=\d+", page.url)
