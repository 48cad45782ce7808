"""One class per kind of event says everything about it: its sentence, whom it concerns, whom it pings.

Features declare their own in `<feature>/kinds.py`. Adding a kind touches that one file.
"""

from collections.abc import Iterable
from typing import ClassVar

from app.access import can
from app.activity.models import Activity
from app.entries.models import Share
from app.extensions import db
from app.people.models import Person

REGISTRY: dict[str, type["Kind"]] = {}
NEW_ENTRY = "entry"


class Kind:
    """What an event means. Subclasses are never instantiated; `name` is what the activity row stores."""

    name: ClassVar[str]
    icon: ClassVar[str] = "message"
    # A lazy translation with %(actor)s and, where there is one, %(title)s, %(space)s, %(person)s.
    sentence: ClassVar[object]
    # Most events concern who wrote the entry and nobody else: then this is the reason to tell them.
    tells_author: ClassVar[str | None] = None
    # What it is told as to who was away: NEW_ENTRY for a new entry of whatever kind, a word of its own, or nothing.
    counts_as: ClassVar[str] = ""
    # Whether it tells of a space what everybody may hear who knows of it. All else is for who reads there.
    at_the_door: ClassVar[bool] = False

    def __init_subclass__(cls) -> None:
        REGISTRY[cls.name] = cls

    @classmethod
    def recipients(cls, activity: Activity) -> Iterable[tuple[int, str]]:
        """People to notify with the reason, the strongest reason first. Who may not see the entry is dropped later."""
        return [(activity.entry.author_id, cls.tells_author)] if cls.tells_author else ()

    @classmethod
    def url(cls, activity: Activity) -> str | None:
        """Where a notification of it leads: to the entry where it lives, or else to the space."""
        if activity.entry_id:
            return f"/e/{activity.entry_id}"
        return activity.space.url if activity.space else None

    @classmethod
    def details(cls, activity: Activity) -> dict:
        """What else the sentence names, in the reader's language."""
        return activity.data

    @classmethod
    def rooms(cls, activity: Activity) -> list[str]:
        """Socket rooms to ping: the spaces the entry lives in, and its thread."""
        rooms = {f"space-{activity.space_id}"} if activity.space_id else set()
        if entry := activity.entry:
            shares = db.session.scalars(db.select(Share.space_id).where(Share.entry_id == entry.root_id))
            rooms |= {f"space-{entry.space_id}", f"entry-{entry.root_id}", *(f"space-{key}" for key in shares)}
        return sorted(rooms)

    @classmethod
    def ping(cls, activity: Activity) -> dict:
        """What the sockets carry: which thing changed, never its content."""
        if entry := activity.entry:
            return {"kind": entry.kind, "id": entry.id, "space_id": entry.space_id, "thread_id": entry.thread_id}
        return {"kind": "space", "id": activity.space_id, "space_id": activity.space_id, "thread_id": None}

    @classmethod
    def payload(cls, activity: Activity) -> dict:
        """What a webhook is sent, content-free as well: the receiver fetches the entry with its own token."""
        return {"event": cls.name, "actor_id": activity.actor_id, "at": activity.created_at.isoformat(),
                **cls.ping(activity)}


def describe(activity: Activity, reader: Person) -> str:
    """The sentence of an activity in the reader's language; a space that they do not know of has no name."""
    kind, space = REGISTRY[activity.kind], activity.space or (activity.entry.space if activity.entry else None)
    return str(kind.sentence) % {
        "actor": activity.actor.name if activity.actor else "",
        "title": activity.entry.headline if activity.entry else "",
        "space": (space.name if can(reader, "see", space) else "…") if space else "",
        "person": activity.person.name if activity.person else "",
        **kind.details(activity),
    }
