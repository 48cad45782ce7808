"""How far a learning can be relied on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.learnings.strength import STANDINGS, standing, strength, wilson_lower

COUNTS = st.integers(0, 50)


def test_wilson_lower_bound_of_a_published_case():
    # 8 of 10 at 95 %: Brown, Cai, DasGupta, "Interval estimation for a binomial proportion" (2001): 0.490–0.943.
    assert wilson_lower(8, 10, 1.96) == pytest.approx(0.490, abs=0.001)
    assert wilson_lower(0, 0) == 0 and wilson_lower(0, 5) == pytest.approx(0)


def test_what_others_replicated_outranks_what_was_tried_once():
    assert strength(3, 0, 1) > strength(1, 0, 0) > strength(0, 0, 0) == 0 > strength(0, 0, 1) > strength(0, 0, 4)


@given(COUNTS, COUNTS, COUNTS)
def test_one_more_success_never_weakens_and_one_more_failure_never_strengthens(worked, mixed, failed):
    here = strength(worked, mixed, failed)
    assert -1000 <= here <= 1000
    assert strength(worked + 1, mixed, failed) >= here >= strength(worked, mixed, failed + 1)


@pytest.mark.parametrize(("record", "word"), [
    ((0, 0, 0), "untested"), ((1, 0, 0), "promising"), ((0, 2, 0), "promising"), ((2, 0, 0), "proven"),
    ((3, 1, 1), "contested"), ((1, 0, 1), "contested"), ((1, 0, 2), "refuted"), ((0, 0, 1), "refuted"),
])
def test_a_record_in_a_word(record, word):
    assert standing(*record) == word and word in STANDINGS
