"""Quartiles against values that others published, and what holds for any figures."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reviews.statistics import HIGHER, LOWER, Standing, Summary, place, quartile, standing, summary

AMOUNT = st.decimals(-(10**12), 10**12, places=6) | st.integers(-(10**12), 10**12).map(Decimal)
SOME = st.lists(AMOUNT, min_size=1, max_size=60)


@pytest.mark.parametrize(("values", "five"), [
    # R: quantile(c(...), type = 7), the same as numpy.percentile and Excel's QUARTILE.INC.
    ([1, 2, 3, 4], (1, 1.75, 2.5, 3.25, 4)),
    ([6, 7, 15, 36, 39, 40, 41, 42, 43, 47, 49], (6, 25.5, 40, 42.5, 49)),
    ([7, 15, 36, 39, 40, 41], (7, 20.25, 37.5, 39.75, 41)),
    ([1, 2, 4, 7, 8, 9, 10, 12], (1, 3.5, 7.5, 9.25, 12)),
    ([5], (5, 5, 5, 5, 5)),
    ([3, 1], (1, 1.5, 2, 2.5, 3)),
])
def test_known_quartiles(values, five):
    assert summary(values) == Summary(len(values), *five)
    assert summary([Decimal(value) for value in values]) == Summary(len(values), *five)


def test_nothing_has_no_quartiles():
    assert summary([]) is None


@given(SOME)
def test_quartiles_lie_in_order_between_the_least_and_the_most(values):
    found = summary(values)
    assert min(values) == found.min <= found.q1 <= found.median <= found.q3 <= found.max == max(values)
    assert found.n == len(values)


@given(SOME, st.randoms(use_true_random=False))
def test_the_order_of_the_figures_does_not_matter(values, chance):
    shuffled = list(values)
    chance.shuffle(shuffled)
    assert summary(shuffled) == summary(values)


@given(SOME)
def test_the_median_parts_the_sorted_figures_in_the_middle(values):
    ordered, half = sorted(values), len(values) // 2
    middle = ordered[half] if len(values) % 2 else ordered[half - 1] + (ordered[half] - ordered[half - 1]) / 2
    assert quartile(values, 2) == middle


@given(AMOUNT, st.lists(AMOUNT, max_size=60))
def test_every_peer_is_worse_like_or_better(value, peers):
    high, low = standing(value, peers, HIGHER), standing(value, peers, LOWER)
    assert high.n == low.n == len(peers)
    assert high.equal == low.equal and high.better + low.better + high.equal == len(peers)


def test_lower_is_better_where_it_is():
    assert standing(3, [1, 3, 5, 7], HIGHER) == Standing(4, 1, 1)
    assert standing(3, [1, 3, 5, 7], LOWER) == Standing(4, 2, 1)


@given(SOME)
def test_places_lie_on_the_line(values):
    assert all(0 <= place(value, min(values), max(values)) <= 1 for value in values)


def test_alike_figures_stand_in_the_middle():
    assert place(4, 4, 4) == 0.5
