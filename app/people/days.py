"""Which day it is for somebody."""

from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.db import now
from app.people.models import Person


def zone_of(person: Person) -> ZoneInfo:
    """The zone in which `person` works; UTC where theirs is none."""
    try:
        return ZoneInfo(person.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def today_for(person: Person, moment: datetime | None = None) -> date:
    """The day it is where `person` works, now or at a moment; in UTC where their zone is none."""
    return (moment or now()).astimezone(zone_of(person)).date()
