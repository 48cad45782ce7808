"""Moments and lengths as feeds write them, which is in every way there is."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from dateutil import parser
from dateutil.tz import UTC as UNKNOWN_ZONE

EARLIEST, LATEST = 1990, 2200
_A_DAY = re.compile(r"\d{4}|\d{1,2}[-/.]\d{1,2}[-/.]\d{1,2}")
_WEEKDAY = re.compile(r"^\s*[^\W\d_]{2,12}\.?,\s*")
_LENGTH = re.compile(r"(?:(\d{1,3}):)?(\d{1,4}):(\d{1,2})(?:\.\d+)?|(\d{1,6})(?:\.\d+)?")
_MOST_SECONDS = 7 * 24 * 3600


def moment(text: str) -> datetime | None:
    """The moment that is meant, in UTC; None if none can be made out. Without a zone it is taken to be in UTC."""
    text = " ".join(text.split())[:80]
    if not _A_DAY.search(text):
        return None
    for read in (parsedate_to_datetime, datetime.fromisoformat, parser.isoparse, _loosely):
        try:
            found = read(text)
            found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
        except (ValueError, TypeError, OverflowError, IndexError, AttributeError, ArithmeticError):
            continue
        return found if EARLIEST <= found.year < LATEST else None
    return None


def _loosely(text: str) -> datetime:
    # Names of zones mean different things in different places: known are those of mail alone, which were tried before.
    return parser.parse(_WEEKDAY.sub("", text), default=datetime(EARLIEST - 1, 1, 1),
                        tzinfos=lambda _name, offset: UNKNOWN_ZONE if offset is None else offset)


def seconds(text: str) -> int | None:
    """A length: "1:02:03", "62:03" or seconds."""
    found = _LENGTH.fullmatch(text.strip())
    if not found:
        return None
    hours, minutes, rest, alone = (int(each or 0) for each in found.groups())
    total = hours * 3600 + minutes * 60 + rest + alone
    return total if 0 < total <= _MOST_SECONDS else None
