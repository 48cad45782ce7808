"""How times of a letter are told in the reader's zone."""

from datetime import date, datetime

from flask_babel import format_date, format_datetime, format_time

from app.conversations.routes import conversations


@conversations.app_template_filter("meeting_time")
def meeting_time(meeting: dict) -> str:
    """From when to when a meeting is: "3 Nov 2026, 10:00 – 11:00"; days alone for one that takes all day."""
    starts, ends = _moment(meeting["starts"]), _moment(meeting["ends"])
    if not isinstance(starts, datetime):
        return format_date(starts, "d MMM y") if starts else ""
    # A time without a zone is the same hand of the clock everywhere.
    rebase = starts.tzinfo is not None
    first = format_datetime(starts, "d MMM y, HH:mm", rebase=rebase)
    if not isinstance(ends, datetime):
        return first
    if ends.date() == starts.date():
        return f"{first} – {format_time(ends, 'HH:mm', rebase=rebase)}"
    return f"{first} – {format_datetime(ends, 'd MMM y, HH:mm', rebase=rebase)}"


def _moment(text: str) -> datetime | date | None:
    if not text:
        return None
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
