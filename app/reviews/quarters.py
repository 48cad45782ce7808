"""Quarters of the year, written "2026-Q3", as reviews and digests name them."""

import re
from datetime import UTC, datetime

PATTERN = re.compile(r"(\d{4})-Q([1-4])")


def quarter_of(moment: datetime) -> str:
    """The quarter of a moment, in the moment's own time zone."""
    return f"{moment.year:04d}-Q{(moment.month - 1) // 3 + 1}"


def spoken(quarter: str) -> str:
    """As people say it: "Q3 2026". What is no quarter, in a draft, stays as it was typed."""
    year, _dash, number = quarter.partition("-")
    return f"{number} {year}" if PATTERN.fullmatch(quarter) else quarter


def bounds(quarter: str) -> tuple[datetime, datetime]:
    """Its first moment and the first after it, in UTC. Raises ValueError for anything but a quarter."""
    found = PATTERN.fullmatch(quarter)
    if not found or not 1 <= int(found[1]) < 9999:
        raise ValueError(f"{quarter!r} is no quarter")
    year, number = int(found[1]), int(found[2])
    start = datetime(year, 3 * number - 2, 1, tzinfo=UTC)
    return start, datetime(year + number // 4, 3 * number % 12 + 1, 1, tzinfo=UTC)


def neighbour(quarter: str, step: int) -> str:
    """The quarter so many before (negative) or after."""
    found = PATTERN.fullmatch(quarter)
    place = int(found[1]) * 4 + int(found[2]) - 1 + step
    return f"{place // 4:04d}-Q{place % 4 + 1}"
