"""Campaigns side by side, on plain values: what is compared, the best and the worst, the order, groups, CSV."""

import csv
import io
from decimal import Decimal

import pytest

from app.reviews.comparison import COLUMNS, Row, compare, grouped
from app.reviews.figures import METRICS
from app.reviews.sheet import harmless, sheet

CPL, RATE, BUDGET_USE = COLUMNS["cpl"], COLUMNS["response_rate"], COLUMNS["budget_use"]


def row(key: int, *, currency: str = "EUR", channels=("webinar",), region: str = "EMEA", title: str = "", **metrics):
    return Row(key, title or f"Campaign {key}", "2026-Q3", "", region, "", tuple(channels), currency,
               dict.fromkeys(METRICS) | {name: Decimal(value) for name, value in metrics.items()})


CHEAP, DEAR, DOLLARS, UNKNOWN = (
    row(1, cost=100, leads=10), row(2, cost=300, leads=10), row(3, cost=1, leads=10, currency="USD"), row(4, cost=5),
)


def test_money_is_compared_in_one_currency_and_what_is_in_another_counts_nowhere():
    found = compare([CHEAP, DEAR, DOLLARS, UNKNOWN])
    assert found.currency == "EUR" and found.left_out == [DOLLARS]
    assert found.summary(CPL).n == 2 and found.summary(CPL).median == 20
    assert found.is_left_out(DOLLARS, CPL) and found.highlight(DOLLARS, CPL) is None
    assert compare([CHEAP, DEAR, DOLLARS], "USD").summary(CPL).n == 1
    assert compare([CHEAP, DOLLARS, DEAR], "JPY").currency == "EUR"


def test_ratios_are_compared_whatever_the_currency():
    found = compare([row(1, sent=10, responses=1), row(2, sent=10, responses=3, currency="USD")])
    assert found.summary(RATE).n == 2 and found.summary(RATE).max == Decimal("0.3")


def test_where_lower_is_better_the_least_is_the_best():
    found = compare([CHEAP, DEAR, DOLLARS, UNKNOWN])
    assert [found.highlight(each, CPL) for each in found.rows] == ["best", "worst", None, None]
    rates = compare([row(1, sent=10, responses=1), row(2, sent=10, responses=3)])
    assert [rates.highlight(each, RATE) for each in rates.rows] == ["worst", "best"]


def test_neither_is_better_where_all_are_alike_or_the_figure_has_no_direction():
    used = compare([row(1, budget=10, cost=5), row(2, budget=10, cost=9)])
    assert {used.highlight(each, BUDGET_USE) for each in used.rows} == {None}
    alike = compare([CHEAP, row(5, cost=100, leads=10)])
    assert {alike.highlight(each, CPL) for each in alike.rows} == {None}


@pytest.mark.parametrize(("descending", "order"), [(False, [1, 2, 3, 4]), (True, [2, 1, 3, 4])])
def test_other_currencies_and_missing_figures_come_last_in_either_order(descending, order):
    found = compare([UNKNOWN, DOLLARS, DEAR, CHEAP])
    assert [each.id for each in found.ordered("cpl", descending)] == order


def test_titles_sort_whatever_their_case():
    found = compare([row(1, title="beta"), row(2, title="Alpha"), row(3, title="Gamma")])
    assert [each.id for each in found.ordered("title", False)] == [2, 1, 3]


def test_the_spread_of_peers_is_told_without_the_one_they_are_peers_of():
    found = compare([CHEAP, DEAR, row(5, cost=200, leads=10)], "EUR", CHEAP)
    assert found.summary(CPL).n == 2 and found.summary(CPL).min == 20
    assert found.highlight(CHEAP, CPL) == "best"


def test_groups_count_a_campaign_in_each_of_its_channels():
    whole = compare([row(1, channels=("webinar", "e-mail")), row(2), row(3, channels=(), region="DACH")])
    assert [(group.names, [each.id for each in group.comparison.rows]) for group in grouped(whole, ("channel",))] == [
        (("webinar",), [1, 2]), (("",), [3]), (("e-mail",), [1])
    ]
    assert {group.names for group in grouped(whole, ("channel", "region"))} == {
        ("webinar", "EMEA"), ("e-mail", "EMEA"), ("", "DACH")
    }
    assert [len(group.comparison.rows) for group in grouped(whole, ("region",))] == [2, 1]


@pytest.mark.parametrize("text", ["=1+1", "+49", "-2", "@SUM(A1)", "＝1", "\t=1", "\r=1"])
def test_text_that_a_spreadsheet_would_run_is_quoted(text):
    assert harmless(text) == f"'{text}"


def test_the_sheet_has_a_row_for_each_review_with_raw_figures():
    data = sheet([row(7, title="=cmd()", cost=100, leads=3, margin=-50, currency="USD"), DEAR])
    assert data.startswith(b"\xef\xbb\xbf")
    first, second = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert (first["id"], first["title"], first["currency"]) == ("7", "'=cmd()", "USD")
    assert (first["cost"], first["margin"], first["cpl"], first["romi"]) == ("100", "-50", "33.333333", "-1.5")
    assert (first["sqls"], first["mql_to_sql"], second["cpl"]) == ("", "", "30")
