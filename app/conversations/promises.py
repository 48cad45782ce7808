"""What was promised: written as lines, kept as rows, settled one by one."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Date, and_, case, literal, select
from sqlalchemy.orm import contains_eager, joinedload

from app.access import visible
from app.activity.recording import record
from app.conversations import kinds
from app.conversations.models import Conversation, Promise
from app.db import now
from app.entries.actions import after_removal
from app.entries.lines import Line
from app.entries.markdown import beginning
from app.entries.models import Entry
from app.entries.places import rooted_in
from app.extensions import db
from app.people.days import zone_of
from app.people.models import Person
from app.spaces.models import Space

WORDS = 200
SHOWN = 30


class Said(NamedTuple):
    """A promise as it is written: by which side, what, who of us owns it, until when."""

    side: str
    text: str
    owner: Person | None = None
    due_on: object = None

    @classmethod
    def of(cls, side: str, line: Line, owner: Person | None) -> "Said":
        return cls(side, line.text, owner, line.due_on)


def write(conversation: Conversation, said: Sequence[Said], *, actor: Person) -> None:
    """The promises of a conversation are these; rows that read the same keep what came of them. New owners are told."""
    before = {(each.id, each.owner_id) for each in conversation.promises if each.is_open}
    left, rows = list(conversation.promises), []
    for each in said:
        row = next((row for row in left if (row.side, row.text) == (each.side, each.text)), None)
        if row is not None:
            left.remove(row)
        rows.append(row)
    for place, each in enumerate(said):
        # A line whose words changed is the one that stood there, as long as nothing came of it.
        if rows[place] is None and (row := next((row for row in left if row.side == each.side and row.is_open), None)):
            left.remove(row)
            rows[place] = row
    kept = [row or Promise() for row in rows]
    for place, (row, each) in enumerate(zip(kept, said, strict=True)):
        if row.due_on != each.due_on:
            row.reminded_on = None
        row.position, row.side, row.text, row.due_on = place, each.side, each.text, each.due_on
        row.owner, row.owner_id = each.owner, each.owner.id if each.owner else None
    conversation.promises = kept
    db.session.flush()
    for row in kept:
        if row.is_open and row.owner_id and (row.id, row.owner_id) not in before:
            record(kinds.PromiseMade, actor=actor, entry=conversation, person=row.owner,
                   what=beginning(row.text, WORDS))


def settle(promise: Promise, outcome: str, *, actor: Person, note: str = "") -> Promise:
    """Say what came of it: kept, broken, or dropped because nobody wants it any more. May be corrected."""
    _lock(promise)
    promise.outcome, promise.note = outcome, note.strip()
    promise.settled_at, promise.settled_by = now(), actor
    return _told(promise, kinds.PromiseSettled, actor, outcome=outcome)


def reopen(promise: Promise, *, actor: Person) -> Promise:
    """Nothing came of it so far, after all."""
    _lock(promise)
    if promise.is_open:
        return promise
    promise.outcome = promise.settled_at = promise.settled_by = promise.reminded_on = None
    promise.note = ""
    return _told(promise, kinds.PromiseReopened, actor)


def _lock(promise: Promise) -> None:
    """Whoever settles it at the same time waits, and then sees what we made of it."""
    db.session.execute(select(Promise.id).where(Promise.id == promise.id).with_for_update())
    db.session.refresh(promise, ["outcome"])


def _told(promise: Promise, kind, actor: Person, **data) -> Promise:
    db.session.flush()
    record(kind, actor=actor, entry=promise.conversation, person=promise.owner, what=beginning(promise.text, WORDS),
           **data)
    return promise


def open_in(space: Space, reader: Person) -> list[Promise]:
    """What is open on both sides with the customer of a space, the most urgent first."""
    query = visible(reader, Promise).where(
        rooted_in(space.id, Conversation), Promise.outcome.is_(None), Conversation.deleted_at.is_(None)
    ).options(contains_eager(Promise.conversation), joinedload(Promise.owner))
    return list(db.session.scalars(query.order_by(Promise.due_on.is_(None), Promise.due_on, Promise.id).limit(SHOWN)))


def late(moment: datetime, owner=Person):
    """True, in SQL, for what `Promise.is_late` calls late; `owner` is joined outside. One statement: whose day is over
    depends on where they work.
    """
    today = moment.date()
    zones = db.session.scalars(select(Person.timezone).distinct())
    days = {zone: moment.astimezone(zone_of(zone)).date() for zone in zones}
    there = {day: [zone for zone in days if days[zone] == day] for day in set(days.values()) - {today}}
    ends = case(*((owner.timezone.in_(zones), literal(day, Date)) for day, zones in there.items()),
                else_=literal(today, Date)) if there else literal(today, Date)
    return and_(Promise.outcome.is_(None), Promise.due_on <= today, Promise.due_on < ends)


@after_removal
def let_go(entry: Entry) -> None:
    """A conversation that was withdrawn promises nothing."""
    if isinstance(entry, Conversation):
        entry.promises = []
        entry.contacts = []
