"""How something to be done is written in a line: what, who and until when. "Translate the deck @jon 2026-12-15".

The last @handle of the line owes it and the last day in it is when it is due. What stands at either end of the line is
taken out of the text; what is part of the sentence stays in it. Days: 2026-12-15, 15.12.2026, 15 Dec 2026, and with
"until" or "by" in front also 15 Dec, which is the next one.
"""

import re
from datetime import date
from typing import NamedTuple

from flask_babel import lazy_gettext as _l

from app.entries.linking import Link, links

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
          r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?")
_DAY = re.compile(
    r"(?<![^\s(])(?:(?P<until>until|by)\s+)?(?:"
    r"(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"|(?P<dotted>[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4})"
    rf"|(?P<day>[0-9]{{1,2}})\s+{_MONTH.format('month')}\s+(?P<year>[0-9]{{4}})"
    rf"|(?(until)(?P<soon>[0-9]{{1,2}})\s+{_MONTH.format('soon_month')}|(?!))"
    r")(?![^\s.,;:!?)])", re.IGNORECASE,
)
_BEFORE, _AFTER, _AROUND = " \t,;:–—-(", " \t,;:–—-)", " \t,;:.–—-()"


class Line(NamedTuple):
    """What is to be done, as somebody wrote it: the owner is a handle that may be nobody's."""

    text: str
    handle: str | None = None
    due_on: date | None = None


class Unreadable(ValueError):
    """The line names a day that no calendar has, or nothing to do; says so in the reader's language."""


def read_line(line: str, today: date) -> Line:
    """What a line says. A day without a year is the next one from `today` on. Raises Unreadable."""
    text = " ".join(line.split())
    named = [each for each in links(text) if _names_somebody(each, text)][-1:]
    said = list(_DAY.finditer(text))[-1:]
    spans = [(each.start, each.end) for each in named] + [each.span() for each in said]
    rest = _without(text, sorted(spans))
    if not rest:
        raise Unreadable(_l("Say what is to be done: “%(line)s” names only who and when.", line=text))
    return Line(rest, named[0].reference[1] if named else None, _day(said[0], today) if said else None)


def _names_somebody(link: Link, text: str) -> bool:
    """Whether a link is a @handle that is a word of its own."""
    is_word = text[: link.start][-1:] in ("", " ", "(") and text[link.end :][:1] in ("", *" .,;:!?)")
    return is_word and link.reference is not None and link.reference[0] == "@"


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """The text without those of the spans that stand at one of its ends, nor the signs that joined them to it."""
    begin, end = 0, len(text)
    for start, stop in reversed(spans):
        if stop <= end and not text[stop:end].strip(_AROUND):
            end = start
    for start, stop in spans:
        if stop <= end and not text[begin:start].strip(_AROUND):
            begin = stop
    is_whole = (begin, end) == (0, len(text))
    return text if is_whole else text[begin:end].rstrip(_BEFORE).lstrip(_AFTER)


def _day(found: re.Match, today: date) -> date:
    try:
        if found["iso"]:
            return date.fromisoformat(found["iso"])
        if found["dotted"]:
            day, month, year = map(int, found["dotted"].split("."))
            return date(year, month, day)
        if found["day"]:
            return date(int(found["year"]), _month(found["month"]), int(found["day"]))
        return _next(_month(found["soon_month"]), int(found["soon"]), today)
    except ValueError:
        raise Unreadable(_l("No calendar has the day “%(day)s”.", day=found[0])) from None


def _month(name: str) -> int:
    return MONTHS.index(name[:3].lower()) + 1


def _next(month: int, day: int, today: date) -> date:
    """The next such day from today on. 29 February may be years away, and a 30th never comes: raises ValueError."""
    for year in range(today.year, today.year + 9):
        try:
            if (found := date(year, month, day)) >= today:
                return found
        except ValueError:
            continue
    raise ValueError


def write_line(line: Line, today: date) -> str:
    """A line that reads like this, and no longer than it needs to be: what `read_line` understands as the same."""
    who = f" @{line.handle}" if line.handle else ""
    when = f" {line.due_on.isoformat()}" if line.due_on else ""
    written = [f"{line.text}{more}" for more in ("", who, when, f"{who}{when}", f" –{who}{when}")]
    return next((each for each in written if _reads_as(each, line, today)), written[-1])


def _reads_as(text: str, line: Line, today: date) -> bool:
    try:
        return read_line(text, today) == line
    except Unreadable:
        return False


def lines_of(text: str) -> list[str]:
    """The lines of a text that hold something."""
    return [line.strip() for line in text.splitlines() if line.strip()]
