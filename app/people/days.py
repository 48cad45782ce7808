"""Which day it is for somebody: days are theirs, moments are everybody's."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.db import now
from app.people.models import Person


def today_for(person: Person, moment: datetime | None = None) -> date:
    """The day it is where `person` works, at `moment` (default: now); in UTC where nobody knows their zone."""
    moment = moment or now()
    try:
        return moment.astimezone(ZoneInfo(person.timezone)).date()
    except (KeyError, ValueError, OSError):
        return moment.date()
