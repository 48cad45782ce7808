"""Numbers out of text: what they are worth, in which unit, and whether they can be trusted to be exact."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from app.reviews.numerals import plain_number
from app.reviews.proposals.units import (
    CURRENCY_PATTERN,
    PERCENT_PATTERN,
    SCALE_PATTERN,
    alternatives,
    currency_of,
    scale_of,
)

MOST_CHARACTERS = 600
"""No figure is read from a longer line; this also bounds the work of the patterns."""

_SPACE = r"[ \u00a0\u202f\u2009]"
_ABOUT = ("~", "≈", "∼", "ca.", "ca", "circa", "about", "around", "approx.", "approx", "approximately", "roughly",
          "nearly", "almost", "rund", "etwa", "knapp", "fast", "gut", "约", "大约", "近", "接近")
_BOUNDS = ("<", ">", "≥", "≤", "over", "more than", "less than", "up to", "at least", "under", "below", "above", "über",
           "unter", "mehr als", "weniger als", "bis zu", "mindestens", "超过", "超", "逾", "不到", "至少", "最多")
_DIGITS = re.compile(
    r"(?<![0-9])(?:\d{1,3}(?P<sep>[.,'’ \u00a0\u202f\u2009])\d{3}(?:(?P=sep)\d{3})*(?:(?P<sign>[.,])\d{1,2})?"
    r"|\d{1,15}(?:[.,]\d{1,6})?)(?!\d)"
)
_LEFT = re.compile(
    rf"(?:(?<![A-Za-zÀ-ÿ])(?:(?P<about>{alternatives(_ABOUT)})|(?P<bound>{alternatives(_BOUNDS)})){_SPACE}?)?(?P<sign>[-−–+±]{_SPACE}?)?"
    rf"(?:(?P<scale>[TtKkMm]?)(?P<currency>{CURRENCY_PATTERN}){_SPACE}{{0,2}})?(?P<sign2>[-−–])?$", re.I)
_RIGHT = re.compile(
    rf"(?P<more>\+)?(?:{_SPACE}?(?P<percent>{PERCENT_PATTERN})"
    rf"|(?:{_SPACE}?(?P<scale>{SCALE_PATTERN}|T(?=€|EUR|USD|CHF|GBP)))?(?:{_SPACE}?(?P<currency>{CURRENCY_PATTERN}))?)"
    r"(?![A-Za-zÀ-ÿ0-9]|[.,:/]\d|[-–/:]\w|[×x] ?\d)", re.I)
_NOT_BEFORE = re.compile(r"[A-Za-zÀ-ÿ0-9.,:/#_\\^-]$")
_RANGE = re.compile(rf"{_SPACE}*(?:[-–—~～]|to|bis|至|到|and|und){_SPACE}*", re.I)
_CHANGE_BEHIND = re.compile(
    rf"{_SPACE}*[(（]{_SPACE}*[-+−–±▲▼↑↓]?{_SPACE}*\d+(?:[.,]\d+)?{_SPACE}*[%％]{_SPACE}*[)）]$")
_BRACKETED = re.compile(r"\(([\d.,' ]+)\)")
_MINUS = ("-", "−", "–")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Number:
    """A number in a text.

    `value` is as written times its scale; `step` is what one of its last written digit stands for ("1.2M": 100000).
    `currency` is as in `Unit`. `is_exact` is false for "ca. 300"; `is_range` is true of "200–300", "1,200+" and "> 40",
    which are no values. `start` and `end` are where it stands, its unit included.
    """

    value: Decimal
    step: Decimal
    currency: str
    is_scaled: bool
    is_percent: bool
    is_exact: bool
    is_signed: bool
    is_spaced: bool
    is_year: bool
    start: int
    end: int
    is_range: bool = False


def read_number(text: str) -> Number | None:
    """The number that `text` consists of, unit and "(1,200)" for negatives included; None for anything else.

    A change behind it in brackets, as in "1,240 (+12 %)", is no part of it.
    """
    text = _CHANGE_BEHIND.sub("", text.strip())
    bracketed = _BRACKETED.fullmatch(text)
    found = find_numbers(bracketed[1] if bracketed else text)
    if len(found) != 1 or found[0].start > 0 or found[0].end < len(bracketed[1] if bracketed else text.rstrip("*†.")):
        return None
    [number] = found
    return replace(number, value=-number.value, is_signed=True, end=len(text)) if bracketed else number


def find_numbers(text: str) -> list[Number]:
    """All numbers of a line in order. No dates, times, versions, ordinals, ids, fractions, or parts of words."""
    if len(text) > MOST_CHARACTERS:
        return []
    numbers = [number for match in _DIGITS.finditer(text) if (number := _number(text, match))]
    for at, (one, other) in enumerate(zip(numbers, numbers[1:], strict=False)):
        if _RANGE.fullmatch(text, one.end, other.start) and not re.search(r"and|und", text[one.end : other.start]):
            numbers[at], numbers[at + 1] = replace(one, is_range=True), replace(other, is_range=True)
    return numbers


def _number(text: str, match: re.Match) -> Number | None:
    left, right = _LEFT.search(text[: match.start()][-40:]), _RIGHT.match(text, match.end())
    start = match.start() - len(left[0])
    if not right or _NOT_BEFORE.search(text[:start]):
        return None
    scale = scale_of(left["scale"] or right["scale"] or "", before_currency=True)
    if scale != 1 and left["scale"] and right["scale"]:
        return None
    value = _value(match, is_scaled=scale != 1)
    if value is None:
        return None
    end = right.end()
    sign = left["sign"] or left["sign2"] or ""
    if sign.strip() != sign and text[:start].strip():  # "Leads – 21": a dash between label and number
        start, sign = start + left.end("sign") - left.start(), ""
    sign = sign.strip()
    places = max(0, -value.as_tuple().exponent)
    return Number(
        value=(-value if sign in _MINUS else value) * scale, step=scale / 10**places,
        currency=currency_of(left["currency"] or right["currency"] or ""), is_scaled=scale != 1,
        is_percent=bool(right["percent"]), is_exact=not left["about"],
        is_signed=bool(sign), is_spaced=match["sep"] == " ",
        is_year=bool(_YEAR.fullmatch(match[0])) and end == match.end() and start == match.start(), start=start, end=end,
        is_range=bool(left["bound"] or right["more"] or sign == "±"),
    )


def _value(match: re.Match, *, is_scaled: bool) -> Decimal | None:
    """What the digits say; None where they can be read in two ways."""
    digits, separator = match[0], match["sep"]
    if re.match(r"0\d", digits) or (separator and match["sign"] == separator):
        return None
    if re.fullmatch(r"\d{1,3}[.,]\d{3}", digits):
        if digits.startswith("0"):
            return Decimal(digits.replace(",", "."))
        if is_scaled:  # "1.200 Mio." may be a million and a bit, or a thousand millions
            return None
    return Decimal(plain_number(digits))
