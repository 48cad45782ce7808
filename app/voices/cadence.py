"""How often a feed is asked for: as often as it likes to be, and less and less often while it does not answer.

Pure functions on plain values; `spread`, between 0 and 1, keeps feeds from being asked for at the same moment.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

USUAL = timedelta(hours=1)
SHORTEST, LONGEST = timedelta(minutes=30), timedelta(days=1)
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,9})")
_NO_CACHE = re.compile(r"no-cache|no-store")


def _within(span: timedelta, spread: float) -> timedelta:
    return min(max(span, SHORTEST) * (1 + spread / 10), LONGEST)


def after_success(headers: Mapping[str, str], minutes: int | None, spread: float) -> timedelta:
    """Until when its publisher says that nothing changes (`max-age`, or `minutes` of the feed), else an hour; never
    under half an hour, never over a day.
    """
    told = timedelta(minutes=min(minutes or 0, 10**6))
    cache = headers.get("cache-control", "").lower()
    if (age := _MAX_AGE.search(cache)) and not _NO_CACHE.search(cache):
        told = max(told, timedelta(seconds=int(age[1])))
    return _within(told or USUAL, spread)


def after_failure(failures: int, headers: Mapping[str, str], spread: float, now: datetime) -> timedelta:
    """Twice as long each time, up to a day; and not before the moment that the server asks for (`Retry-After`)."""
    span = SHORTEST * 2 ** min(max(failures - 1, 0), 10)
    return _within(max(span, _asked_for(headers.get("retry-after", "").strip(), now)), spread)


def _asked_for(told: str, now: datetime) -> timedelta:
    if re.fullmatch(r"\d{1,9}", told):
        return timedelta(seconds=int(told))
    try:
        moment = parsedate_to_datetime(told)
        return max((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now, timedelta(0))
    except (ValueError, TypeError, OverflowError, IndexError):
        return timedelta(0)
