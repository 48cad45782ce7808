"""Each figure of a campaign against its formula, and why it is missing when it is."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.reviews.figures import METRICS
from app.reviews.kpis import kpis
from app.reviews.numerals import plain_number

FULL = {"budget": 20000, "cost": 12000, "expected_responses": 500, "sent": 8000, "responses": 400, "leads": 300,
        "mqls": 120, "sqls": 40, "opportunities": 12, "pipeline": 90000, "won": 30000, "margin": 18000,
        "new_customers": 3}


def values(**changes) -> dict:
    return {kpi.name: kpi for kpi in kpis(FULL | changes)}


def test_the_formulas():
    found = values()
    assert found["cpl"].value == 40
    assert found["cac"].value == 4000
    assert found["romi"].value == Decimal("0.5")
    assert round(found["mql_to_sql"].value, 4) == Decimal("0.3333")
    assert found["response_rate"].value == Decimal("0.05")
    assert found["budget_use"].value == Decimal("0.6")
    assert found["pipeline_per_cost"].value == Decimal("7.5")


def test_a_loss_is_negative():
    assert values(margin=-6000)["romi"].value == Decimal("-1.5")


@pytest.mark.parametrize(("changes", "name", "missing"), [
    ({"leads": None}, "cpl", ("leads",)),
    ({"leads": 0}, "cpl", ("leads = 0",)),
    ({"margin": None, "cost": None}, "romi", ("margin", "cost")),
    ({"cost": 0}, "romi", ("cost = 0",)),
])
def test_a_missing_input_and_a_division_by_zero_say_why(changes, name, missing):
    kpi = values(**changes)[name]
    assert kpi.value is None and kpi.missing == missing


@given(st.dictionaries(st.sampled_from(METRICS), st.none() | st.integers(0, 10**12) | st.decimals(0, 10**12, places=2)))
def test_no_figures_ever_break_them(metrics):
    for kpi in kpis(metrics):
        assert (kpi.value is None) == bool(kpi.missing)


@pytest.mark.parametrize(("typed", "plain"), [
    ("1200", "1200"), ("1,200", "1200"), ("1.200", "1200"), ("1.200.000", "1200000"), ("1,200.50", "1200.50"),
    ("1.200,50", "1200.50"), ("1 200,5", "1200.5"), ("12,5", "12.5"), ("0.75", "0.75"), ("€ 1.200,00", "1200.00"),
    ("1'200.50", "1200.50"), ("1 200", "1200"), ("-5,5", "-5.5"),
])
def test_figures_as_people_write_them(typed, plain):
    assert plain_number(typed) == plain
