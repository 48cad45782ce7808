"""Which day it is for somebody, and when it will be a certain hour."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.db import now
from app.people.models import Person


def zone_of(name: str) -> ZoneInfo:
    """The time zone of this name; UTC where it is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def today_for(person: Person, moment: datetime | None = None) -> date:
    """The day it is where `person` works, now or at a moment; in UTC where their zone is none."""
    return (moment or now()).astimezone(zone_of(person.timezone)).date()


def next_time(person: Person, hour: int, weekday: int | None = None, moment: datetime | None = None) -> datetime:
    """When it is this hour next where `person` works, on whatever day or on a weekday (0: Monday); in UTC.

    Always later than now, or than `moment`. An hour that a change of clocks leaves out is the one after it.
    """
    zone, moment = zone_of(person.timezone), moment or now()
    day = moment.astimezone(zone).date()
    for ahead in range(9):
        on = day + timedelta(days=ahead)
        found = datetime.combine(on, time(hour), zone).astimezone(UTC)
        if found > moment and weekday in (None, on.weekday()):
            return found
    raise ValueError(f"{weekday} is no day of the week")
