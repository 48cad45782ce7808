"""Archiving a space and taking it out again. An archived space is read and found; nothing in it changes."""

from app.activity.recording import record
from app.db import now
from app.people.models import Person
from app.spaces import kinds
from app.spaces.models import Space


def archive(space: Space, *, actor: Person) -> bool:
    """Make a record of a space; False if it was one."""
    if space.is_archived:
        return False
    space.archived_at = now()
    record(kinds.SpaceArchived, actor=actor, space=space)
    return True


def restore(space: Space, *, actor: Person) -> bool:
    """Bring a space back to life; False if it was alive."""
    if not space.is_archived:
        return False
    space.archived_at = None
    record(kinds.SpaceRestored, actor=actor, space=space)
    return True
