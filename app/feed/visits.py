"""What changed in a space since somebody was there last."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from app.activity.models import Activity
from app.db import insert_missing, now
from app.entries.models import Entry
from app.extensions import db
from app.feed.visit_models import Visit
from app.people.models import Person
from app.spaces.models import Space

LASTS = timedelta(minutes=30)
"""Who looks again within that time is still on the same visit."""
COUNTED = 2000
"""So many of the newest events are looked through."""
NAMES = {"asset.version_added": "version", "decision.taken": "decision", "task.done": "task"}
"""What an event counts as that is not about a new entry."""
NEW = ("entry.posted", "entry.commented", "discussion.opened", "decision.asked", "handoff.given")
"""The events by which an entry comes into the world; they count as what it is."""


@dataclass(frozen=True)
class Since:
    """What others did since a moment, by what it is: {"comment": 9, "version": 2}."""

    moment: datetime
    counts: dict[str, int]


def look(space: Space, person: Person) -> None:
    """The person looks at the space now."""
    newest = db.session.scalar(select(func.max(Activity.id)).where(Activity.space_id == space.id)) or 0
    visit = db.session.get(Visit, (person.id, space.id), with_for_update=True)
    if visit is None:
        # Two tabs that are opened at once may both be the first.
        insert_missing(db.session, Visit, [{"person_id": person.id, "space_id": space.id, "looked_at": now(),
                                            "known_id": newest, "before_at": now(), "before_id": newest}])
        return
    if now() - visit.looked_at > LASTS:
        visit.before_at, visit.before_id = visit.looked_at, visit.known_id
    visit.looked_at, visit.known_id = now(), newest


def last_visit(space: Space, person: Person) -> Visit | None:
    """Their visit to the space that lasts or was the last one."""
    return db.session.get(Visit, (person.id, space.id))


def is_first(visit: Visit | None) -> bool:
    """Whether they have never been there before, or only within the last half hour."""
    return visit is None or now() - visit.before_at <= LASTS


def since(visit: Visit | None) -> Since | None:
    """What others did since the visit before this one; None for the first, and when nothing happened."""
    if visit is None:
        return None
    is_new = now() - visit.looked_at > LASTS
    moment, known = (visit.looked_at, visit.known_id) if is_new else (visit.before_at, visit.before_id)
    newer = select(Activity.kind, Entry.kind).join(Entry, Entry.id == Activity.entry_id).where(
        Activity.space_id == visit.space_id, Activity.id > known, Activity.actor_id != visit.person_id,
        Entry.deleted_at.is_(None))
    rows = db.session.execute(newer.order_by(Activity.id.desc()).limit(COUNTED)).all()
    counts = Counter(name for kind, entry_kind in rows if (name := entry_kind if kind in NEW else NAMES.get(kind)))
    return Since(moment, dict(counts)) if counts else None
