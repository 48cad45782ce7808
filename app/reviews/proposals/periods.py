"""Quarters, and the days a campaign ran, as decks write them."""

import re
import unicodedata
from datetime import date

_MONTHS = {
    1: "january januar jan jänner", 2: "february februar feb", 3: "march märz mar mär mrz", 4: "april apr",
    5: "may mai", 6: "june juni jun", 7: "july juli jul", 8: "august aug", 9: "september sept sep",
    10: "october oktober oct okt", 11: "november nov", 12: "december dezember dec dez",
}
_MONTH_OF = {name: number for number, names in _MONTHS.items() for name in names.split()}
_MONTH = "(" + "|".join(sorted(_MONTH_OF, key=len, reverse=True)) + r")\.?"
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "erstes": 1,
             "zweites": 2, "drittes": 3, "viertes": 4, "i.": 1, "ii.": 2, "iii.": 3, "iv.": 4,
             "一": 1, "二": 2, "三": 3, "四": 4,
             "1.": 1, "2.": 2, "3.": 3, "4.": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_ORDINAL = "(" + "|".join(re.escape(each) for each in sorted(_ORDINALS, key=len, reverse=True)) + ")"
_YEAR = r"((?:19|20)\d\d)(?!\d)"
_DASH = r"\s*(?:-|–|—|to|bis|through|until|至|到|~)\s*"
# Fiscal quarters are no calendar quarters until somebody says when the year starts.
_FISCAL = re.compile(r"\b(?:fy|fiscal|gj|geschäftsjahr)|财年|财政年度", re.I)
_QUARTERS = (
    (re.compile(rf"(?<![a-z0-9])q([1-4])\s*[-/,]?\s*{_YEAR}", re.I), "qy"),
    (re.compile(r"(?<![a-z0-9])q([1-4])\s?(?:/|['’])\s?(\d\d)(?!\d)", re.I), "qy"),
    (re.compile(r"(?<![a-z0-9])([1-4])q\s?['’]?((?:20)?\d\d)(?!\d)", re.I), "qy"),
    (re.compile(rf"(?<!\d){_YEAR}\s*年?[-/,]?\s*q([1-4])(?!\d)", re.I), "yq"),
    (re.compile(rf"(?<![a-z0-9]){_ORDINAL}\s*quart(?:al|er)(?:\s+of|\s+des\s+jahres)?\s*,?\s*{_YEAR}", re.I), "qy"),
    (re.compile(rf"(?<!\d){_YEAR}\s*年\s*第?\s*([一二三四1-4])\s*季度?"), "yq"),
)
_MONTH_RANGE = re.compile(rf"(?<![a-zäöü]){_MONTH}{_DASH}{_MONTH}\s*,?\s*{_YEAR}", re.I)
_MONTH_RANGE_ZH = re.compile(rf"(?<!\d){_YEAR}\s*年\s*(\d\d?)\s*月?\s*[-–—至到~]\s*(\d\d?)\s*月")
_DAY_FORMS = (
    (re.compile(rf"(?<!\d){_YEAR}-(\d\d)-(\d\d)(?!\d)"), "ymd"),
    (re.compile(rf"(?<!\d){_YEAR}\s*年\s*(\d\d?)\s*月\s*(\d\d?)\s*[日号]"), "ymd"),
    (re.compile(rf"(?<![\d.])(\d\d?)\.\s?(\d\d?)\.\s?{_YEAR}"), "dmy"),
    (re.compile(rf"(?<![\d.])(\d\d?)(?:\.|st|nd|rd|th)?\s+{_MONTH}\s*,?\s+{_YEAR}", re.I), "dmy"),
    (re.compile(rf"(?<![a-zäöü]){_MONTH}\s+(\d\d?)(?:st|nd|rd|th)?\s*,?\s+{_YEAR}", re.I), "mdy"),
    (re.compile(rf"(?<![\d/])(\d\d?)/(\d\d?)/{_YEAR}"), "slashes"),
)
_YEARLESS = re.compile(rf"(?<![\d.])(\d\d?)\.(?:\s?(\d\d?)\.|\s*{_MONTH})?{_DASH}(?=\d)", re.I)
_YEARLESS_EN = re.compile(rf"(?<![\d.])(\d\d?)\s+{_MONTH}{_DASH}(?=\d)", re.I)
_YEARLESS_US = re.compile(rf"(?<![a-zäöü]){_MONTH}\s+(\d\d?){_DASH}(?={_MONTH})", re.I)
_YEARLESS_ZH = re.compile(r"日\s*[-–—至到~]\s*(\d\d?)\s*月\s*(\d\d?)\s*[日号]")


def find_quarters(text: str) -> list[str]:
    """The calendar quarters that a text names, as "2026-Q3", each once; fiscal ones are not taken for them."""
    text = unicodedata.normalize("NFKC", text[:600])
    found: dict[str, None] = {}
    for pattern, order in () if _FISCAL.search(text) else _QUARTERS:
        for one, other in pattern.findall(text):
            quarter, year = (one, other) if order == "qy" else (other, one)
            year = year if len(year) == 4 else f"20{year}"
            found[f"{year}-Q{_ORDINALS[quarter.lower()]}"] = None
    ranges = [(_month(one), _month(other), year) for one, other, year in _MONTH_RANGE.findall(text)]
    ranges += [(int(one), int(other), year) for year, one, other in _MONTH_RANGE_ZH.findall(text)]
    for first, last, year in ranges:
        if last - first == 2 and first in (1, 4, 7, 10):
            found[f"{year}-Q{(first + 2) // 3}"] = None
    return list(found)


def without_quarters(text: str) -> str:
    """The text with the names of quarters taken out."""
    for pattern in (*(each for each, _ in _QUARTERS), _MONTH_RANGE, _MONTH_RANGE_ZH):
        text = pattern.sub(" ", text)
    return text


def find_days(text: str) -> list[date]:
    """The full dates of a text in order. "07/01/2026" is none: it may be July or January."""
    text, found = unicodedata.normalize("NFKC", text[:600]), []
    for pattern, order in _DAY_FORMS:
        found += [(match.start(), day) for match in pattern.finditer(text) if (day := _day(match.groups(), order))]
    return [day for _, day in sorted(found)]


def find_span(text: str) -> tuple[date, date] | None:
    """First and last day of "1 July 2026 – 30 Sep 2026", "01.07. – 30.09.2026" or "2026年7月1日至9月30日"."""
    days = find_days(text)
    if len(days) == 1 and (other := _yearless(unicodedata.normalize("NFKC", text[:600]), days[0])):
        days = sorted([*days, other])
    return (days[0], days[1]) if len(days) == 2 and days[0] <= days[1] else None


def _yearless(text: str, end: date) -> date | None:
    """The other day of a span that writes the year once: at its end, in Chinese at its start."""
    if match := _YEARLESS_ZH.search(text):
        return _real(end.year, int(match[1]), int(match[2]))
    if match := _YEARLESS_US.search(text):
        return _real(end.year, _month(match[1]), int(match[2]))
    if match := _YEARLESS.search(text):
        day, month, name = match.groups()
        number = int(month) if month else _month(name) if name else end.month
        return _real(end.year, number, int(day))
    if match := _YEARLESS_EN.search(text):
        return _real(end.year, _month(match[2]), int(match[1]))
    return None


def _day(parts: tuple[str, ...], order: str) -> date | None:
    one, two, three = parts
    if order == "ymd":
        return _real(int(one), int(two), int(three))
    if order == "slashes":
        first, second = int(one), int(two)
        if first > 12 >= second:
            return _real(int(three), second, first)
        return _real(int(three), first, second) if second > 12 >= first else None
    day, month = (one, two) if order == "dmy" else (two, one)
    return _real(int(three), int(month) if month.isdigit() else _month(month), int(day))


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(name: str) -> int:
    return _MONTH_OF[name.lower().rstrip(".")]
