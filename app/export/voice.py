"""How an export speaks: in the language of who made it, with their times."""

from contextlib import contextmanager
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time, get_datetime_format
from flask import g
from flask_babel import force_locale
from markupsafe import Markup

from app.people.models import Person
from app.presentation import RIGHT_TO_LEFT, known_timezones


class Voice:
    """The language, writing direction and time zone of a person."""

    def __init__(self, person: Person) -> None:
        self.locale = person.locale
        self.zone = person.timezone if person.timezone in known_timezones else "UTC"
        self.direction = "rtl" if self.locale.split("_")[0].split("-")[0] in RIGHT_TO_LEFT else "ltr"
        self._zone = ZoneInfo(self.zone)

    @property
    def language(self) -> str:
        """As HTML names it."""
        return self.locale.replace("_", "-")

    @contextmanager
    def speaking(self):
        """Inside, translations and figures are in this language."""
        with force_locale(self.locale.replace("-", "_")):
            g.pop("translations", None)
            try:
                yield
            finally:
                g.pop("translations", None)

    def moment(self, moment: datetime | None) -> Markup:
        """A moment in the person's zone, in UTC for machines."""
        if moment is None:
            return Markup("")
        here = self.here(moment)
        day, time = format_date(here, "medium", locale=self._babel), format_time(here, "short", locale=self._babel)
        together = str(get_datetime_format("medium", locale=self._babel))
        shown = together.replace("'", "").replace("{0}", time).replace("{1}", day)
        return Markup('<time datetime="{}">{}</time>').format(self.utc(moment), shown)

    def day(self, day: date | None) -> str:
        """A day as people write it."""
        return format_date(day, "long", locale=self._babel) if day else ""

    def month(self, moment: datetime) -> str:
        """The month of a moment in the person's zone."""
        return format_datetime(moment, "LLLL y", tzinfo=self._zone, locale=self._babel)

    def here(self, moment: datetime) -> datetime:
        """A moment in the person's zone."""
        return moment.astimezone(self._zone)

    @staticmethod
    def utc(moment: datetime) -> str:
        """A moment for machines."""
        return moment.isoformat().replace("+00:00", "Z")

    @property
    def _babel(self) -> str:
        return self.locale.replace("-", "_")
