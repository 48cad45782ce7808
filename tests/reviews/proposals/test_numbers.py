"""Numbers as decks write them, one by one."""

from decimal import Decimal

import pytest

from app.reviews.proposals.numbers import find_numbers, read_number


@pytest.mark.parametrize("text, value, currency", [
    ("$1.2M", 1_200_000, "USD"), ("€ 1.2 Mio.", 1_200_000, "EUR"), ("1,2 Mio. EUR", 1_200_000, "EUR"),
    ("1.200.000 €", 1_200_000, "EUR"), ("1,200,000", 1_200_000, ""), ("1 200", 1200, ""), ("1\u00a0200", 1200, ""),
    ("12k", 12_000, ""), ("1.2万", 12_000, ""), ("3亿", 300_000_000, ""), ("54.8万元", 548_000, "CNY"),
    ("(1,200)", -1200, ""), ("−5 €", -5, "EUR"), ("-€5,000", -5000, "EUR"), ("CHF 1'200", 1200, "CHF"),
    ("CHF 1’200.50", Decimal("1200.50"), "CHF"), ("T€ 41", 41_000, "EUR"), ("41 T€", 41_000, "EUR"),
    ("TEUR 41,2", 41_200, "EUR"),
    ("41 k€", 41_000, "EUR"), ("850 Tsd. €", 850_000, "EUR"), ("1,2 Mrd. €", 1_200_000_000, "EUR"),
    ("$3.4bn", 3_400_000_000, "USD"),
    ("US$ 3.4m", 3_400_000, "USD"), ("£96k", 96_000, "GBP"), ("¥120,000", 120_000, "¥"), ("A$5k", 5000, "other"),
    ("RMB 548,000", 548_000, "CNY"), ("人民币54.8万", 548_000, "CNY"), ("0.375", Decimal("0.375"), ""),
    ("1,240*", 1240, ""),
    ("1,240 (+12 %)", 1240, ""), ("1.240 (▲ 12,5 %)", 1240, ""), ("1,234.5", Decimal("1234.5"), ""),
    ("1.2 million", 1_200_000, ""),
    ("120万美元", 1_200_000, "USD"), ("0", 0, ""),
])
def test_numbers_that_are_read(text, value, currency):
    number = read_number(text)
    assert (number.value, number.currency, number.is_percent, number.is_range) == (value, currency, False, False)


@pytest.mark.parametrize("text", [
    "12.03.2026", "2026-07-01", "14:30", "#7", "84/88", "10-15", "10 – 15", "1.2.3", "48h", "5lbs", "F6", "TG-40", "01",
    "007",
    "12,34,567", "1.200 Mio. €", "€1,200k", "1.200,50.3", "3x", "1st", "12-hour", "n/a", "–", "", "Leads 5", "5 people",
    "10:1",
    "41 of 96", "+49 7121 123456", "1e5",
])
def test_what_is_no_number_or_can_be_read_in_two_ways(text):
    assert read_number(text) is None


@pytest.mark.parametrize("text, flag", [
    ("34,5 %", "is_percent"), ("12％", "is_percent"), ("8 Prozent", "is_percent"), ("3 pp", "is_percent"),
    ("2026", "is_year"),
    ("+12", "is_signed"), ("1 240", "is_spaced"), ("> 40", "is_range"), ("1,200+", "is_range"),
    ("über 300", "is_range"),
    ("超过300", "is_range"),
])
def test_numbers_with_a_caveat(text, flag):
    assert getattr(read_number(text), flag)


@pytest.mark.parametrize("text", ["~300", "ca. 300", "about 300", "rund 300", "约300", "≈ 300"])
def test_approximate_numbers_say_so(text):
    assert not read_number(text).is_exact and read_number(text).value == 300


@pytest.mark.parametrize("text, step", [("1.2M", 100_000), ("1,204,300", 1), ("12k", 1000), ("12.25", Decimal("0.01"))])
def test_the_last_digit_says_how_fine_a_number_is(text, step):
    assert read_number(text).step == step


@pytest.mark.parametrize("text, values", [
    ("In 13 weeks 57 leads, of which 38 became MQLs (67 %)", [13, 57, 38, 67]), ("线索1240条，商机12个", [1240, 12]),
    ("Leads – 21", [21]), ("Leads -21", [-21]), ("Since 1998 ISO-9001, v2.1.4", [1998]), ("x" * 700 + " 5", []),
])
def test_numbers_in_a_line(text, values):
    assert [number.value for number in find_numbers(text)] == values
