"""What is proposed from decks of many layouts, against the truth."""

from collections import Counter

import pytest

from app.reviews.proposals import from_deck
from app.reviews.proposals.proposal import FIELDS, FIGURES
from tests.making.campaign_deck import CampaignDeck
from tests.reviews.proposals import more_layouts
from tests.reviews.proposals.layouts import LAYOUTS, TRUTH

assert more_layouts  # it registers its layouts


def proposed(name: str, folder) -> dict:
    """Field → the values proposed for it, of the layout of this name."""
    found: dict[str, list] = {}
    for each in from_deck(LAYOUTS[name]().save(folder / f"{name}.pptx")):
        found.setdefault(each.field, []).append(each.value)
    return found


def true_values(name: str) -> dict:
    return {field: sorted(value) if isinstance(value, set) else [value] for field, value in TRUTH[name].items()}


@pytest.mark.parametrize("name", LAYOUTS)
def test_everything_a_reader_would_find_and_nothing_else(name, tmp_path):
    found = {field: sorted(values, key=str) for field, values in proposed(name, tmp_path).items()}
    assert found == {field: sorted(values, key=str) for field, values in true_values(name).items()}


def test_precision_and_recall_over_all_layouts(tmp_path, record_property):
    right, wrong, missed = Counter(), Counter(), Counter()
    for name in LAYOUTS:
        found, truth = proposed(name, tmp_path), true_values(name)
        for field in FIELDS:
            for value in found.get(field, []):
                (right if value in truth.get(field, []) else wrong)[field] += 1
            missed[field] += sum(value not in found.get(field, []) for value in truth.get(field, []))
    figures = [sum(count[field] for field in FIGURES) for count in (right, wrong, missed)]
    precision, recall = figures[0] / (figures[0] + figures[1]), figures[0] / (figures[0] + figures[2])
    record_property("figures", f"{figures[0]} right, {figures[1]} wrong, {figures[2]} missed")
    assert precision >= 0.95 and recall >= 0.9


def test_a_budget_above_a_line_for_cost_is_a_budget_whatever_its_column_says(tmp_path):
    made = CampaignDeck("Autumn webinars", "Campaign review Q3 2026")
    made.table("Results", ("Figure", "Actual"), ("Budget", "€30,000"), ("Cost", "€28,400"), ("Leads", "310"))
    found = {each.field: each.value for each in from_deck(made.save(tmp_path / "deck.pptx"))}
    assert (found["budget"], found["cost"], found["leads"]) == (30000, 28400, 310)
