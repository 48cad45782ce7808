"""Settling what a discussion or a comment asks for, and taking it up again. Actions take their actor, never commit.

Nothing becomes unread by it, and only those who take part are told.
"""

from app.activity.recording import record
from app.db import now
from app.entries import kinds
from app.entries.models import Entry
from app.people.models import Person


def resolve(entry: Entry, *, actor: Person) -> bool:
    """It is settled, with all that answers it; False if it was."""
    if entry.is_resolved:
        return False
    entry.resolved_at, entry.resolved_by = now(), actor
    record(kinds.Resolved, actor=actor, entry=entry)
    return True


def reopen(entry: Entry, *, actor: Person) -> bool:
    """It is open again; False if it was."""
    if not entry.is_resolved:
        return False
    entry.resolved_at = entry.resolved_by = None
    record(kinds.Reopened, actor=actor, entry=entry)
    return True
