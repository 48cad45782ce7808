"""Labels as decks write them, one by one."""

from datetime import date
from decimal import Decimal

import pytest

from app.reviews.figures import AMOUNTS, COUNTS
from app.reviews.models import Review
from app.reviews.proposals import proposal, vocabulary
from app.reviews.proposals.labels import read_fact, read_heading, read_label, simplified
from app.reviews.proposals.periods import find_days, find_quarters, find_span
from app.reviews.proposals.units import Unit, read_unit


@pytest.mark.parametrize("text, field, aspect", [
    ("Cost (k€)", "cost", ""), ("Actual cost", "cost", "actual"), ("Ist-Kosten", "cost", "actual"),
    ("Kosten in T€", "cost", ""),
    ("实际成本", "cost", "actual"), ("花费", "cost", ""), ("Total spend", "cost", ""),
    ("Total Cost of Project", "cost", ""),
    ("Budget", "budget", ""), ("预算（万元）", "budget", ""), ("Planned cost", "budget", ""), ("# Leads", "leads", ""),
    ("Number of leads", "leads", ""), ("Leads / 线索", "leads", ""), ("线索数", "leads", ""),
    ("目标线索", "leads", "plan"),
    ("Leads target", "leads", "plan"), ("Lead-Ziel", "leads", "plan"), ("Leads Q3 2026", "leads", ""),
    ("Leads %", "leads", "other"),
    ("MQL", "mqls", ""), ("Marketing Qualified Leads (MQL)", "mqls", ""), ("MQL rate", "mqls", "other"),
    ("SQLs (Vorjahr)", "sqls", "other"), ("Verkaufschancen", "opportunities", ""), ("商机", "opportunities", ""),
    ("Pipeline €", "pipeline", ""), ("商机金额", "pipeline", ""), ("Umsatz gewonnen", "won", ""),
    ("赢单金额", "won", ""),
    ("Closed-won", "won", ""), ("Deckungsbeitrag", "margin", ""), ("毛利", "margin", ""),
    ("Neukunden", "new_customers", ""),
    ("Cost per lead", "cost", "other"), ("Expected responses", "expected_responses", ""), ("E-mails sent", "sent", ""),
    ("Plan", "", "plan"), ("Ist", "", "actual"), ("Δ", "", "other"), ("vs. plan", "", "other"), ("YTD", "", "other"),
])
def test_labels_that_are_known(text, field, aspect):
    label = read_label(text)
    assert (label.field, label.aspect, label.rest) == (field, aspect, "")


@pytest.mark.parametrize("text", [
    "CPL", "Labor cost", "Media cost", "Leads (DACH)", "Qualified leads", "Lead time", "Customers", "Revenue", "Visits",
    "MQLs / SQLs", "Leads from webinars", "SQL Server", "Reisekosten", "单条线索成本", "x" * 200,
])
def test_labels_that_are_no_figures_of_a_review(text):
    assert not read_label(text).field


def test_customers_are_new_ones_in_a_funnel():
    assert read_label("Customers", in_funnel=True).field == "new_customers"


def test_totals_periods_and_units_of_labels():
    assert read_label("Total").is_total and read_label("合计").is_total and not read_label("Subtotal").is_total
    assert read_label("Leads Q3 2026").period == "2026-Q3" and read_label("2025").period == "2025"
    assert read_label("Pipeline (Mio. €)").unit == Unit("EUR", Decimal(1_000_000))


@pytest.mark.parametrize("text, currency, scale", [
    ("k€", "EUR", 1000), ("in T€", "EUR", 1000), ("TEUR", "EUR", 1000), ("Mio. €", "EUR", 1_000_000),
    ("万元", "CNY", 10_000),
    ("单位：万元", "CNY", 10_000), ("USD", "USD", 1), ("All amounts in kEUR", "EUR", 1000),
    ("EUR in thousands", "EUR", 1000),
    ("$000s", "USD", 1000), ("百万美元", "USD", 1_000_000), ("in thousands", "", 1000),
])
def test_units(text, currency, scale):
    assert read_unit(text) == Unit(currency, Decimal(scale))


@pytest.mark.parametrize("text", ["", "pieces", "days", "k m", "in Germany"])
def test_words_that_are_no_units(text):
    assert read_unit(text) is None


@pytest.mark.parametrize("text", [
    "Q3 2026", "2026 Q3", "2026-Q3", "3. Quartal 2026", "III. Quartal 2026", "third quarter of 2026", "2026年第三季度",
    "2026年三季度", "Jul-Sep 2026", "July – September 2026", "Juli bis September 2026", "2026年7-9月", "Q3/26",
    "Q3 '26", "3Q26",
])
def test_ways_to_write_a_quarter(text):
    assert find_quarters(f"Campaign review {text}") == ["2026-Q3"]


@pytest.mark.parametrize("text", ["FY26 Q3", "Q3 FY2026", "GJ 2026 Q3", "Q3", "2026", "Aug-Oct 2026", "H2 2026",
    "Q5 2026", "iQ3 2026x"])
def test_what_names_no_calendar_quarter(text):
    assert find_quarters(text) == []


@pytest.mark.parametrize("text", [
    "1 July 2026 – 30 Sep 2026", "1 July – 30 September 2026", "July 1 – September 30, 2026",
    "01.07.2026 bis 30.09.2026",
    "01.07. – 30.09.2026", "2026-07-01 to 2026-09-30", "2026年7月1日至9月30日", "2026年7月1日至2026年9月30日",
])
def test_spans_of_days(text):
    assert find_span(text) == (date(2026, 7, 1), date(2026, 9, 30))


def test_days_that_can_be_read_in_two_ways_are_none():
    assert find_days("07/01/2026") == [] and find_days("31/12/2026") == [date(2026, 12, 31)]
    assert find_days("31.02.2026") == [] and find_span("30.09.2026 – 01.07.2026") is None


def test_headings_and_facts():
    assert read_heading("What worked (2/2)") == "what_worked"
    assert read_heading("Was nicht funktioniert hat") == "what_did_not"
    assert read_heading("下一步：") == "next_steps" and read_heading("What worked in China last year") == ""
    assert read_fact("Zielgruppe") == "segment" and read_fact("渠道") == "channels" and read_fact("Owner") == ""


def test_the_vocabulary_names_fields_of_a_review_and_each_word_once():
    assert set(vocabulary.LABELS) == {*AMOUNTS, *COUNTS} == set(proposal.FIGURES)
    assert all(hasattr(Review, name) for name in proposal.FIELDS)
    words = [simplified(word) for group in vocabulary.LABELS.values() for word in group]
    assert len(words) == len(set(words))
