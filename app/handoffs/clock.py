"""Working time: when something is due that may take so many working hours, and how much of them is left.

Pure functions on plain values. All moments are aware; what comes out is in UTC, whose differences are elapsed time. A
moment is working time when the clock on the wall of the place shows a time in the hours of a working day, whatever its
offset from UTC is just then. So an hour that is skipped in spring is nobody's working time, and one that comes twice in
autumn counts twice. Nights that cross midnight are no hours of ours: `opens` comes before `closes`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from app.people.days import zone_of

NOTHING = timedelta(0)
DAY = timedelta(days=1)
MONDAY_TO_FRIDAY = (0, 1, 2, 3, 4)
FURTHEST = 3660
"""Days after which we give up looking for working time."""


class NoWorkingTime(ValueError):
    """In these hours nobody works for years."""


@dataclass(frozen=True)
class Hours:
    """When somebody works: from minute `opens` to minute `closes` (exclusive) of the `days` of a week (Monday is 0),
    where `zone` is, except on holidays. Both minutes count from midnight, at most 1440.
    """

    zone: str = "UTC"
    days: tuple[int, ...] = MONDAY_TO_FRIDAY
    opens: int = 9 * 60
    closes: int = 17 * 60
    holidays: frozenset[date] = frozenset()

    @property
    def day_length(self) -> timedelta:
        """The working time of a usual day."""
        return timedelta(minutes=self.closes - self.opens)

    def works_on(self, day: date) -> bool:
        """Whether anybody works on this day of the place."""
        return day.weekday() in self.days and day not in self.holidays


def is_working(hours: Hours, moment: datetime) -> bool:
    """Whether this moment is working time: what everything else here must agree with."""
    there = moment.astimezone(zone_of(hours.zone))
    return hours.works_on(there.date()) and hours.opens <= there.hour * 60 + there.minute < hours.closes


@lru_cache(maxsize=4096)
def shifts(hours: Hours, day: date) -> tuple[tuple[datetime, datetime], ...]:
    """The working time of one day of the place as stretches in UTC, in order; [from, to). Two where the offset changes
    within the hours; none where the whole day is skipped.
    """
    if not hours.works_on(day):
        return ()
    zone, midnight = zone_of(hours.zone), datetime.combine(day, time())
    walls = [midnight + timedelta(minutes=each) for each in (hours.opens, hours.closes)]
    offsets = {wall.replace(tzinfo=zone, fold=fold).utcoffset() for wall in walls for fold in (0, 1)}
    opens, closes = (wall.replace(tzinfo=UTC) for wall in walls)
    if len(offsets) == 1:
        [offset] = offsets
        return ((opens - offset, closes - offset),)
    first, last = opens - max(offsets), closes - min(offsets)
    change = _change(zone, first, last)
    before, after = first.astimezone(zone).utcoffset(), last.astimezone(zone).utcoffset()
    parts = (opens - before, min(closes - before, change)), (max(opens - after, change), closes - after)
    return tuple((start, end) for start, end in parts if start < end)


def _change(zone, first: datetime, last: datetime) -> datetime:
    """The first moment (to the second) between two at which the offset is no longer that of the first."""
    offset, low, high = first.astimezone(zone).utcoffset(), 0, int((last - first).total_seconds())
    while low < high:
        middle = (low + high) // 2
        if (first + timedelta(seconds=middle)).astimezone(zone).utcoffset() == offset:
            low = middle + 1
        else:
            high = middle
    return first + timedelta(seconds=low)


def _from(hours: Hours, moment: datetime, step: int) -> Iterator[tuple[datetime, datetime]]:
    """The stretches that end after `moment` in their order, or with a `step` of -1 those that begin before, backwards.

    Raises NoWorkingTime once none has come for ten years.
    """
    day, idle = moment.astimezone(zone_of(hours.zone)).date(), 0
    while idle < FURTHEST:
        for start, end in shifts(hours, day)[::step]:
            if (end > moment) if step > 0 else (start < moment):
                idle = 0
                yield start, end
        day, idle = day + step * DAY, idle + 1
    raise NoWorkingTime(hours)


def due(hours: Hours, start: datetime, amount: timedelta) -> datetime:
    """The moment at which `amount` of working time has passed since `start`; before it where `amount` is negative.

    It lies in the hours, their end included (and for negative amounts their beginning); of no time at all it is `start`
    itself, or the next beginning. Raises NoWorkingTime.
    """
    start, left = start.astimezone(UTC), abs(amount)
    if amount < NOTHING:
        for begins, ends in _from(hours, start, -1):
            here = min(ends, start) - begins
            if left <= here:
                return min(ends, start) - left
            left -= here
    for begins, ends in _from(hours, start, 1):
        here = ends - max(begins, start)
        if left <= here:
            return max(begins, start) + left
        left -= here
    raise NoWorkingTime(hours)


def worked(hours: Hours, start: datetime, end: datetime) -> timedelta:
    """The working time between two moments; negative where `end` is before `start`."""
    if end < start:
        return -worked(hours, end, start)
    start, end, total = start.astimezone(UTC), end.astimezone(UTC), NOTHING
    zone = zone_of(hours.zone)
    day, last = start.astimezone(zone).date(), end.astimezone(zone).date()
    while day <= last:
        for begins, ends in shifts(hours, day):
            total += max(min(ends, end) - max(begins, start), NOTHING)
        day += DAY
    return total
