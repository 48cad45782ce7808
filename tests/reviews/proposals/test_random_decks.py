"""Precision and recall on decks made by chance."""

from app.reviews.proposals import from_deck
from app.reviews.proposals.proposal import FIGURES
from tests.reviews.proposals.random_decks import random_deck

DECKS = 60


def test_figures_of_decks_made_by_chance(tmp_path, record_property):
    right, wrong, missed = 0, [], []
    for seed in range(DECKS):
        deck, truth = random_deck(seed)
        found = [each for each in from_deck(deck.save(tmp_path / "deck.pptx")) if each.field in FIGURES]
        right += sum(each.value == truth.get(each.field) for each in found)
        wrong += [(seed, each) for each in found if each.value != truth.get(each.field)]
        missed += [(seed, name) for name in truth if name not in {each.field for each in found}]
    record_property("figures", f"{right} right, {len(wrong)} wrong, {len(missed)} missed")
    assert right / (right + len(wrong)) >= 0.95, wrong
    assert right / (right + len(missed)) >= 0.9, missed
