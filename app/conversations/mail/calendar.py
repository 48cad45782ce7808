"""Invitations (text/calendar): who, when and where."""

from datetime import UTC, date, datetime
from urllib.parse import unquote

from icalendar import Calendar

from app.conversations.mail.charsets import tidy
from app.conversations.mail.message import Invitation

MOST_BYTES = 1_000_000
MOST_PEOPLE = 60


def read(data: bytes | str) -> Invitation | None:
    """The first event of a calendar; None where there is none that can be read."""
    text = (data if isinstance(data, str) else data.decode("utf-8", "replace"))[:MOST_BYTES]
    try:
        calendar = Calendar.from_ical(text)
        event = next(iter(calendar.walk("VEVENT")), None)
        return _invitation(calendar, event) if event is not None else None
    except Exception:  # a hostile calendar may make its parser raise anything; the file itself is kept
        return None


def _invitation(calendar, event) -> Invitation:
    people = event.get("ATTENDEE", [])
    people = people if isinstance(people, list) else [people]
    return Invitation(
        summary=_text(event.get("SUMMARY")), place=_text(event.get("LOCATION")),
        starts=_moment(event.get("DTSTART")), ends=_moment(event.get("DTEND")),
        organiser=_person(event.get("ORGANIZER")), people=[_person(each) for each in people[:MOST_PEOPLE]],
        method=_text(calendar.get("METHOD")).upper()[:20],
    )


def _text(value) -> str:
    return " ".join(tidy(str(value)).split())[:300] if value is not None else ""


def _moment(value) -> str:
    found = getattr(value, "dt", None)
    if isinstance(found, datetime):
        # A time without a zone means the same hand of the clock everywhere: it is told as it stands.
        return found.astimezone(UTC).isoformat() if found.tzinfo else found.isoformat()
    return found.isoformat() if isinstance(found, date) else ""


def _person(value) -> str:
    if value is None:
        return ""
    name = getattr(value, "params", {}).get("CN", "")
    return _text(name or unquote(str(value)).removeprefix("mailto:").removeprefix("MAILTO:"))
