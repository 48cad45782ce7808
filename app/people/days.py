"""Which day it is for somebody."""

from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.db import now
from app.people.models import Person


def today_for(person: Person, moment: datetime | None = None) -> date:
    """The day it is where `person` works, now or at a moment; in UTC where their zone is none."""
    try:
        zone = ZoneInfo(person.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    return (moment or now()).astimezone(zone).date()
