"""Everything that touched a customer, the newest first: what is said in the account's group and, as far as the reader
may see it, of it in other places; what is shared into it, as the post that says so; what changed in its record.

One union whose branches are each read by an index and bounded by themselves, paged by the moment and the row.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Select, and_, literal, or_, select, union_all
from sqlalchemy.orm import joinedload

from app.access import entry_clause, space_clause
from app.accounts.models import Account, AccountChange
from app.accounts.words import STAGE_NAMES
from app.entries.cards import cards
from app.entries.models import QUIET, Entry
from app.entries.reference_models import AccountMention
from app.extensions import db
from app.people.models import Person
from app.spaces.models import Space

SHOWN = 30
ENTRY, CHANGE = 1, 0
KINDS = ("conversation", "sending", "handoff", "review", "asset", "post", "comment", "decision", "learning", "news",
         "record")
"""What a timeline can be narrowed to: kinds of entries, and what changed in the record."""
_CURSOR = re.compile(r"(\d{1,18})-([01])-(\d{1,18})")


@dataclass(frozen=True)
class Spot:
    """Where a stretch of a timeline goes on: below this row."""

    at: datetime
    source: int
    key: int

    def __str__(self) -> str:
        return f"{round(self.at.timestamp() * 1_000_000)}-{self.source}-{self.key}"

    @classmethod
    def read(cls, text: str | None) -> "Spot | None":
        """What an address says; None if that is no spot."""
        found = _CURSOR.fullmatch(text or "")
        try:
            at = datetime.fromtimestamp(int(found[1]) / 1_000_000, UTC) if found else None
        except (OverflowError, ValueError, OSError):
            return None
        return cls(at, int(found[2]), int(found[3])) if found else None


@dataclass(frozen=True)
class Touch:
    """One line: an entry with all that its card needs, or a change of the record (`was` and `now` in words)."""

    at: datetime
    person: Person
    entry: Entry | None = None
    change: AccountChange | None = None
    was: str = ""
    now: str = ""

    @property
    def kind(self) -> str:
        return self.entry.kind if self.entry else "record"


def timeline(
    account: Account, reader: Person, *, parts: Iterable[Account] = (), kind: str = "", person: Person | None = None,
    below: Spot | None = None, limit: int = SHOWN,
) -> tuple[list[Touch], Spot | None]:
    """A stretch of the timeline and where it goes on; for who may read the account's group, and those of `parts`
    (`accounts.family.parts_of`), which stand on it as well.
    """
    every = union_all(*(
        _bounded(branch, below, limit) for each in (account, *parts) for branch in _branches(each, reader, kind, person)
    )).subquery()
    newest = select(every).order_by(every.c.at.desc(), every.c.source.desc(), every.c.key.desc()).limit(limit + 1)
    spots = [Spot(*row) for row in db.session.execute(newest.distinct())]
    return _loaded(spots[:limit], reader), spots[limit - 1] if len(spots) > limit else None


def _branches(account: Account, reader: Person, kind: str, person: Person | None):
    """Each a query of (at, source, key), with the columns that it is ordered by."""
    living = [Entry.deleted_at.is_(None), Entry.kind == kind if kind else Entry.kind != QUIET]
    if person:
        living.append(Entry.author_id == person.id)
    here = Entry.space_id == account.space_id
    if kind != "record":
        yield Entry.happened_at, Entry.id, select(Entry.happened_at, literal(ENTRY), Entry.id).where(
            here, Entry.thread_id.is_(None), *living)
        mention = AccountMention
        yield mention.happened_at, mention.entry_id, select(
            mention.happened_at, literal(ENTRY), mention.entry_id).join(Entry, Entry.id == mention.entry_id).where(
            mention.space_id == account.space_id, ~and_(here, Entry.thread_id.is_(None)), entry_clause(reader), *living)
    if kind in ("", "record"):
        changed = [AccountChange.account_id == account.id]
        if person:
            changed.append(AccountChange.by_id == person.id)
        yield AccountChange.created_at, AccountChange.id, select(
            AccountChange.created_at, literal(CHANGE), AccountChange.id).where(*changed)


def _bounded(branch, below: Spot | None, limit: int) -> Select:
    at, key, query = branch
    source = CHANGE if key is AccountChange.id else ENTRY
    if below is not None:
        later = key < below.key if source == below.source else literal(source < below.source)
        query = query.where(or_(at < below.at, and_(at == below.at, later)))
    rows = query.order_by(at.desc(), key.desc()).limit(limit + 1).subquery()
    return select(rows.c[0].label("at"), rows.c[1].label("source"), rows.c[2].label("key"))


def _loaded(spots: list[Spot], reader: Person) -> list[Touch]:
    entries = {each.id: each for each in cards([spot.key for spot in spots if spot.source == ENTRY], reader)}
    changes = _changes([spot.key for spot in spots if spot.source == CHANGE], reader)
    found = []
    for spot in spots:
        if spot.source == CHANGE:
            found.append(changes[spot.key])
        elif entry := entries.get(spot.key):
            found.append(Touch(spot.at, entry.author, entry))
    return found


def _changes(ids: list[int], reader: Person) -> dict[int, Touch]:
    query = select(AccountChange).where(AccountChange.id.in_(ids)).options(
        joinedload(AccountChange.by), joinedload(AccountChange.account))
    return {touch.change.id: touch for touch in in_words(db.session.scalars(query) if ids else (), reader)}


def in_words(changes, reader: Person) -> list[Touch]:
    """Changes as `reader` may know them: an account that they do not know of has no name."""
    changes = list(changes)
    ids = {int(said) for each in changes if each.field == "parent_id" for said in (each.old, each.new) if said}
    names = {}
    if ids:
        known = select(Account.id, Space.name).join(Account.space).where(Account.id.in_(ids), space_clause(reader))
        names = {str(key): name for key, name in db.session.execute(known)}

    def told(change: AccountChange, said: str) -> str:
        if change.field == "parent_id":
            return names.get(said, "…" if said else "")
        return str(STAGE_NAMES.get(said, said)) if change.field == "stage" else said

    return [Touch(each.created_at, each.by, change=each, was=told(each, each.old), now=told(each, each.new))
            for each in changes]
