"""What a company has besides talk: key accounts are worked, tags and people followed, notifications come."""

from datetime import timedelta

from sqlalchemy import insert

from app.activity.models import Activity, Notification
from app.conversations.models import Conversation, Promise
from app.db import now
from app.decisions.models import Decision
from app.entries.models import Post, Reaction
from app.entries.reference_models import AccountMention, EntryTag, Tag
from app.extensions import db
from app.handoffs.models import Handoff
from app.handoffs.queue_models import Queue, QueueSeat
from app.lists.models import FeedList, ListItem
from app.people.models import Follow, Team
from app.reviews.models import Review
from app.sendings.models import Sending
from app.voices.models import News

TABLES = {"post": Post, "handoff": Handoff, "conversation": Conversation, "sending": Sending, "news": News,
          "decision": Decision, "review": Review}
TAGS = 200
TEAMS = 4
QUEUES = 8
CLOCK = {"due_at": now() + timedelta(days=2), "warn_at": now() + timedelta(days=1)}


def kind_of(key: int, space_id: int) -> str:
    """What the root entry with this key is: in the group of an account half of them are work with the customer."""
    kinds = ("handoff", "conversation", "sending", "news", "conversation", "decision")
    if not is_account(space_id):
        return "post" if key // 3 % 10 else "review"
    return kinds[key // 3 % 6] if key % 2 else "post"


def is_account(space_id: int) -> bool:
    """One space of three is an account's group, which has the same key as its account."""
    return space_id % 3 == 1


def people_around() -> None:
    """Teams, tags, and what the reader, person 1, follows and keeps as a list."""
    db.session.execute(insert(Team), [{"id": key, "name": f"Team {key}"} for key in range(1, TEAMS + 1)])
    db.session.execute(insert(Queue), [{"id": key, "name": f"Queue {key}"} for key in range(1, QUEUES + 1)])
    db.session.execute(insert(Tag), [{"id": key, "name": f"tag{key}"} for key in range(1, TAGS + 1)])


def followed() -> None:
    """Twenty people, ten tags, ten spaces, and a list."""
    db.session.execute(insert(Follow), [
        {"person_id": 1, "followed_id": None, "tag_id": None, "space_id": None} | {name: key}
        for name, most in (("followed_id", 20), ("tag_id", 10), ("space_id", 10)) for key in range(2, most + 2)])
    db.session.execute(insert(FeedList), [{"id": 1, "person_id": 1, "name": "Mine"}])
    db.session.execute(insert(QueueSeat), [{"queue_id": 1 + key % QUEUES, "person_id": key} for key in range(1, 60)])
    db.session.execute(insert(ListItem), [{"list_id": 1, "member_id": key} for key in range(2, 8)])


def write(roots: list[dict]) -> None:
    """The rows below some root entries, by kind, and what hangs on them."""
    by_kind: dict[str, list[int]] = {}
    for root in roots:
        by_kind.setdefault(root["kind"], []).append(root["id"])
    for kind, keys in by_kind.items():
        accounts = {root["id"]: root["space_id"] for root in roots}
        rows = [{"id": key} | ROWS.get(kind, lambda *_: {})(key, accounts[key]) for key in keys]
        db.session.execute(insert(TABLES[kind].__table__), rows)
    talks = by_kind.get("conversation", [])
    _insert(Promise, [{"conversation_id": key, "side": "ours", "position": 0, "text": "Send the offer",
                       "owner_id": _person(key), "due_on": now().date()} for key in talks if key % 5 == 0])
    ids = [root["id"] for root in roots]
    nth = {key: key // 3 for key in ids}
    _insert(EntryTag, [{"entry_id": key, "tag_id": 1 + nth[key] * 7 % TAGS} for key in ids if nth[key] % 4 == 0])
    _insert(AccountMention, [{"entry_id": key, "space_id": 1 + nth[key] % 66 * 3} for key in ids if nth[key] % 9 == 0])
    _insert(Reaction, [{"entry_id": key, "person_id": _person(key), "emoji": "👍"} for key in ids if nth[key] % 3 == 0])
    told = [root for root in roots if root["id"] % 10 == 0]
    _insert(Activity, [{"id": root["id"], "kind": "entry.posted", "actor_id": root["author_id"],
                        "entry_id": root["id"], "space_id": root["space_id"], "delivered_at": now()} for root in told])
    _insert(Notification, [
        {"person_id": person, "activity_id": root["id"], "reason": "space", "thread_id": root["id"],
         "read_at": now() if root["id"] % 500 else None}
        for root in told for person in (1, _person(root["id"]) + 1)])


def _person(key: int) -> int:
    return 1 + key * 13 % 399


def _handoff(key: int, _space_id: int) -> dict:
    is_queued = key // 3 % 2
    told = {"person_id": None if is_queued else _person(key), "queue_id": 1 + key % QUEUES if is_queued else None,
            "state": "waiting", "taker_id": None, "outcome": None, "contact_name": "Anna"}
    if key % 10:
        return told | {"state": "accepted", "taker_id": _person(key), "outcome": "meeting", "due_at": None,
                       "warn_at": None}
    return told | CLOCK


ROWS = {
    "handoff": _handoff,
    "conversation": lambda key, _space_id: {"channel": "call"},
    "sending": lambda key, _space_id: {"channel": "mail"},
    "review": lambda key, _space_id: {"quarter": "2026-Q3", "programme": f"Programme {key % 20}"},
    "news": lambda key, space_id: {"account_id": space_id, "source": "Their news"},
    "decision": lambda key, _space_id: {"choice": "Yes" if key % 4 else "",
                                        "decided_on": now().date() if key % 4 else None},
}


def _insert(model, rows: list[dict]) -> None:
    if rows:
        db.session.execute(insert(model), rows)

