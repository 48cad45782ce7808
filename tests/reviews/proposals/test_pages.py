"""Proposals from the text of pages, as a PDF gives it."""

from datetime import date
from decimal import Decimal

import pytest

from app.assets.rendering import render
from app.assets.sniff import media_type
from app.demo import files
from app.reviews.proposals import from_pages

COVER = "Leak Clinic\r\nCampaign review Q3 2026 · DACH"


def proposed(*pages: str) -> dict:
    return {each.field: each.value for each in from_pages([COVER, *pages]) if each.page > 1}


@pytest.mark.parametrize("page", [
    "Results\nMetric   Plan   Actual\nCost   €42,000   €39,800\nLeads   200   214\nPipeline   €500k   €486k",
    "Results\nMetric\tPlan\tActual\nCost\t€42,000\t€39,800\nLeads\t200\t214\nPipeline\t€500k\t€486k",
    "Results\nMetric Plan Actual\nCost €42,000 €39,800\nLeads 200 214\nPipeline €500k €486k",
    "Results\nPlan Actual Δ\nCost €42,000 €39,800 -5 %\nLeads 200 214 7 %\nPipeline €500k €486k -3 %",
])
def test_tables_by_wide_and_by_single_gaps(page):
    assert proposed(page) == {"currency": "EUR", "budget": Decimal(42000), "cost": Decimal(39800), "leads": 214,
                              "pipeline": Decimal(486000)}


def test_a_table_of_channels_with_its_total():
    page = ("By channel\nChannel Cost (EUR) Leads Cost per lead\nwebinar 20,696 131 158\ne-mail 8,358 58 144\n"
            "All 29,054 189 154")
    assert proposed(page) == {"currency": "EUR", "cost": Decimal(29054), "leads": 189,
                              "channels": ["webinar", "e-mail"]}


def test_numbers_whose_columns_have_no_names_are_left_alone():
    assert proposed("Results\nCost €42,000 €39,800\nLeads 200 214") == {}
    assert proposed("Results\nWest East\nLeads 200 214\nMQLs 40 50") == {}


def test_tiles_and_lines():
    assert proposed("At a glance\n214\nLeads\n€1.2M\nPipeline") == {
        "leads": 214, "pipeline": Decimal(1_200_000), "currency": "EUR"}
    assert proposed("At a glance\n• Leads: 214\n• 96 MQLs") == {"leads": 214, "mqls": 96}


def test_dashes_with_wide_gaps_are_bullets_and_no_columns():
    assert proposed("What worked\n–  Asking first\n–  One page per plant") == {
        "what_worked": "- Asking first\n- One page per plant"}


def test_bullets_that_wrap_become_one_line():
    page = ("Next steps\n• Lena: drop search ads for this campaign, move the money to a Polish and\nCzech session\n"
            "• Pieter: close the gaps")
    assert proposed(page)["next_steps"] == [
        "Lena: drop search ads for this campaign, move the money to a Polish and Czech session",
        "Pieter: close the gaps"]


def test_what_every_page_says_is_no_content():
    lines = {"What worked": "Asking", "What did not": "Begging", "Next steps": "Asking again", "Agenda": "Nothing"}
    pages = [f"{title}\n• {line}\nTessmar GmbH, Reutlingen\n{number} / 5"
             for number, (title, line) in enumerate(lines.items(), 2)]
    assert proposed(*pages) == {"what_worked": "Asking", "what_did_not": "Begging", "next_steps": ["Asking again"]}


def test_days_and_facts():
    page = ("Facts\nProgramme: Leak Clinic\nSegment: Automotive tier 1\nLaufzeit: 01.07. – 30.09.2026\n"
            "Channels: webinar, e-mail")
    assert proposed(page) == {"programme": "Leak Clinic", "segment": "Automotive tier 1",
                              "channels": ["webinar", "e-mail"],
                              "starts_on": date(2026, 7, 1), "ends_on": date(2026, 9, 30)}


def test_a_real_pdf_through_rendering(tmp_path):
    text = ("# Leak Clinic\nCampaign review Q3 2026\n# Results\nMetric | Plan | Actual\n"
            "Cost | EUR 42,000 | EUR 39,800\nLeads | 200 | 214\n"
            "# What worked\n- Asking for a recording")
    path = tmp_path / "review.pdf"
    path.write_bytes(files.make("review.pdf", text))
    rendered = render(path, media_type(path, path.name), tmp_path / "out")
    found = {each.field: (each.value, each.page) for each in from_pages([page.text for page in rendered.pages])}
    assert found["title"] == ("Leak Clinic", 1) and found["quarter"] == ("2026-Q3", 1)
    assert found["cost"] == (Decimal(39800), 2) and found["budget"] == (Decimal(42000), 2)
    assert found["leads"] == (214, 2)
    assert found["what_worked"][1] == 3
