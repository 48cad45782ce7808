"""Dates as mail programs write them for people, above what is passed on: "lundi 2 novembre 2026 10:00", "11/2/26".

Nothing here ever raises.
"""

import re
from datetime import UTC, datetime, timedelta, timezone

SLACK = timedelta(days=1)
"""So much later than the letter that passes it on a message may say it is: clocks and zones differ."""
_MONTHS = (
    "jan|januar|janvier|enero|ene|gennaio|gen|styczn|sty|leden|ledna|janeiro|ocak|янв|tammi",
    "feb|februar|févr|fév|fevr|febbraio|luty|lutego|lut|únor|února|fevereiro|fev|şubat|фев|helmi",
    "mar|märz|mrz|mär|mars|marts|maart|mrt|marzo|marca|marzec|břez|março|mart|мар|maalis",
    "apr|april|avril|avr|abril|abr|aprile|kwie|dub|nisan|апр|huhti",
    "may|mai|maj|mei|mayo|maggio|mag|maio|květ|mayıs|мая|май|touko",
    "jun|juni|juin|junio|giugno|giu|czerw|červen|června|junho|haziran|июн|kesä",
    "jul|juli|juillet|juil|julio|luglio|lug|lip|červenec|července|julho|temmuz|июл|heinä",
    "aug|august|août|aout|agosto|ago|sierp|srp|ağustos|авг|elo",
    "sep|sept|september|septiembre|setiembre|settembre|set|wrze|září|zář|setembro|eylül|сен|syys",
    "oct|okt|oktober|octobre|octubre|ottobre|ott|paź|říj|outubro|out|ekim|окт|loka",
    "nov|november|novembre|noviembre|listopad|lis|novembro|kasım|ноя|marras",
    "dec|dez|des|december|décembre|déc|dicembre|dic|diciembre|grud|gru|pros|dezembro|aralık|дек|joulu",
)
_BY_NAME = sorted(((name, at) for at, names in enumerate(_MONTHS, 1) for name in names.split("|")),
                  key=lambda each: -len(each[0]))
_ISO = re.compile(r"(?P<y>\d{4})\s?[-/.年]\s?(?P<m>\d{1,2})\s?[-/.月]\s?(?P<d>\d{1,2})日?")
_NUMBERS = re.compile(r"(?<!\d)(?P<a>\d{1,2})[./-]\s?(?P<b>\d{1,2})[./-]\s?(?P<y>\d{4}|\d{2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?[\s-]*(?:de\s+|of\s+)?"
                        r"(?P<m>[^\W\d_]{3,12})\.?,?[\s-]*(?:de\s+|del\s+)?(?P<y>\d{4})")
_MONTH_FIRST = re.compile(r"(?P<m>[^\W\d_]{3,12})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})")
_TIME = re.compile(r"(?P<pm>上午|下午)?\s*(?<!\d)(?P<h>\d{1,2})\s?[:.h]\s?(?P<min>\d{2})(?:[:.](?P<s>\d{2}))?"
                   r"\s*(?P<half>[ap]\.?\s?m\b\.?)?")
_OFFSET = re.compile(r"(?:utc|gmt)?\s?(?P<sign>[+-])(?P<h>\d{1,2}):?(?P<min>\d{2})?\)?\s*$")
_ZONES = {"utc": 0, "gmt": 0, "z": 0, "mez": 60, "cet": 60, "met": 60, "mesz": 120, "cest": 120, "bst": 60, "eet": 120,
          "eest": 180, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480,
          "pdt": -420, "msk": 180, "jst": 540}
_LONGEST = 200


def written(text: str, *, passed_on: str = "", offset: int = 0) -> str:
    """The moment that `text` names, ISO 8601 in UTC; empty where it names none.

    `passed_on` is when it was passed on, in the same form: of two readings of "2/11/2026" the later one before it is
    right. `offset` is how many minutes the clock of who did it is ahead of UTC: the text seldom names a zone.
    """
    text = text[:_LONGEST].lower()
    limit = datetime.fromisoformat(passed_on) + SLACK if passed_on else datetime.max.replace(tzinfo=UTC)
    days, rest = _days(text)
    found = [moment for day in days if (moment := _at(day, rest, offset)) and moment <= limit]
    return max(found).isoformat() if found else ""


def _days(text: str) -> tuple[list[datetime], str]:
    """The days it may mean, and the text without them."""
    for pattern in (_ISO, _DAY_FIRST, _MONTH_FIRST, _NUMBERS):
        for match in pattern.finditer(text):
            year, parts = int(match["y"]), match.groupdict()
            if pattern is _NUMBERS:
                year += 2000 if year < 100 else 0
                tried = {(int(parts["b"]), int(parts["a"])), (int(parts["a"]), int(parts["b"]))}
                tried = {(int(parts["b"]), int(parts["a"]))} if "." in match[0] else tried
            else:
                tried = {(_month(parts["m"]), int(parts["d"]))}
            if days := [day for month, number in tried if (day := _day(year, month, number))]:
                return days, f"{text[: match.start()]} {text[match.end() :]}"
    return [], text


def _month(word: str) -> int:
    if word.isdigit():
        return int(word)
    return next((number for name, number in _BY_NAME if word.startswith(name)), 0)


def _day(year: int, month: int, number: int) -> datetime | None:
    try:
        return datetime(year, month, number, tzinfo=UTC) if 1980 <= year <= 2200 else None
    except ValueError:
        return None


def _at(day: datetime, rest: str, offset: int) -> datetime | None:
    """The moment on that day; midday where no time is told."""
    match = _TIME.search(rest)
    if not match:
        return day + timedelta(hours=12)
    hour, half = int(match["h"]), (match["half"] or match["pm"] or "")[:1]
    if half in ("p", "下") and hour < 12:
        hour += 12
    elif half in ("a", "上") and hour == 12:
        hour = 0
    try:
        local = day.replace(hour=hour, minute=int(match["min"]), second=int(match["s"] or 0))
        return local.replace(tzinfo=timezone(timedelta(minutes=_zone(rest[match.end() :], offset)))).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _zone(rest: str, offset: int) -> int:
    rest = rest.strip(" ,.()\t")
    if match := _OFFSET.search(rest):
        minutes = int(match["h"]) * 60 + int(match["min"] or 0)
        return minutes if match["sign"] == "+" else -minutes
    named = next((_ZONES[word] for word in re.findall(r"[a-z]+", rest) if word in _ZONES), None)
    return offset if named is None else named
