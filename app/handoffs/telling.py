"""The clock of a hand-off in words, in the reader's language and time zone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from babel.dates import get_day_names
from flask_babel import format_date, format_time, get_locale, to_user_timezone
from flask_babel import gettext as _

from app.db import now
from app.handoffs.clock import worked
from app.handoffs.models import Handoff
from app.handoffs.queue_models import Queue

NAMED_BY_WEEKDAY = timedelta(days=6)
WHOLE_MINUTES = 60


@dataclass(frozen=True)
class Told:
    """What is owed and how long there is, in a sentence; `is_late` and `is_paused` say how it should look."""

    sentence: str
    is_late: bool = False
    is_paused: bool = False


def told(handoff: Handoff, moment: datetime | None = None) -> Told | None:
    """What the clock of a hand-off says; None where nothing is owed."""
    if handoff.state == "asked":
        return _paused(timedelta(seconds=handoff.remaining), handoff.hours.day_length)
    if handoff.due_at is None:
        return None
    moment = moment or now()
    left = worked(handoff.hours, moment, handoff.due_at)
    words = {"time": duration(abs(left), handoff.hours.day_length), "moment": day_and_time(handoff.due_at, moment)}
    owes_outcome = handoff.state == "accepted"
    if handoff.due_at > moment:
        return Told(_("outcome by %(moment)s · %(time)s working time left", **words) if owes_outcome
                    else _("answer by %(moment)s · %(time)s working time left", **words))
    return Told(_("outcome overdue since %(moment)s · %(time)s working time", **words) if owes_outcome
                else _("answer overdue since %(moment)s · %(time)s working time", **words), is_late=True)


def _paused(left: timedelta, day: timedelta) -> Told:
    if left < timedelta(0):
        return Told(_("stopped until marketing answers · overdue by %(time)s working time", time=duration(-left, day)),
                    is_paused=True)
    return Told(_("stopped until marketing answers · %(time)s working time left", time=duration(left, day)),
                is_paused=True)


def duration(span: timedelta, day: timedelta) -> str:
    """Working time in words, "2 h 10 min" or "3 d 2 h", where a day is a working day, as long as `day`."""
    if span >= day:
        days, rest = divmod(span, day)
        parts = [_("%(days)s d", days=days)]
        minutes = int(rest.total_seconds()) // WHOLE_MINUTES // 60 * 60
    else:
        parts, minutes = [], int(span.total_seconds()) // WHOLE_MINUTES
    hours, minutes = divmod(minutes, 60)
    if hours:
        parts.append(_("%(hours)s h", hours=hours))
    if minutes or not parts:
        parts.append(_("%(minutes)s min", minutes=minutes))
    return " ".join(parts)


def working_time(seconds: float) -> str:
    """Seconds of working time in hours and minutes, for a table."""
    return duration(timedelta(seconds=seconds), timedelta(days=3660))


def queue_hours(queue: Queue) -> str:
    """When the people of a queue work: "Mon, Tue, Wed, 9:00–17:00, Europe/Berlin"."""
    names = get_day_names("abbreviated", locale=get_locale())
    days = ", ".join(names[int(each)] for each in queue.days)
    opens, closes = (f"{minutes // 60}:{minutes % 60:02d}" for minutes in (queue.opens, queue.closes))
    return f"{days}, {opens}–{closes}, {queue.timezone}"


def day_and_time(moment: datetime, near: datetime | None = None) -> str:
    """A moment as people say it: a weekday within the week, else a date; in the reader's zone."""
    days = to_user_timezone(moment).date() - to_user_timezone(near or now()).date()
    if days == timedelta(0):
        day = _("today")
    else:
        day = format_date(to_user_timezone(moment), "EEEE" if abs(days) < NAMED_BY_WEEKDAY else "d MMMM", rebase=False)
    return _("%(day)s %(time)s", day=day, time=format_time(moment, "HH:mm"))
