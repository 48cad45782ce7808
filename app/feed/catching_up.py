"""What is new to somebody, by weight: what was decided, what all should see, reviews, learnings, and space by space.

New is what others wrote in their spaces and they have not read: the same that the navigation counts. Everything new is
told once, where it weighs most; a part that was caught up with is told no more.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Select, case, func, or_, select, true
from sqlalchemy.orm import joinedload

from app.access import Anyone, built_once
from app.accounts.models import Account
from app.db import insert_missing
from app.entries.actions import mark_all_read, mark_read
from app.entries.models import Entry
from app.extensions import db
from app.feed import streams
from app.feed.catch_up_models import PARTS, CatchUpMark
from app.people.models import Person
from app.spaces.models import Space

COUNTED = 500
"""Of so many of the newest unread entries is told what they are; of more, that there are more."""
SHOWN = 5
"""So many entries of a part are shown."""


@dataclass(frozen=True)
class Piece:
    """An unread entry, as far as it is counted."""

    id: int
    kind: str
    space_id: int
    comment_count: int
    created_at: datetime
    part: str | None


@dataclass
class Group:
    """New entries that are told of together: a `part`, or what else there is in a space (`space_id`)."""

    part: str | None
    space_id: int | None
    ids: list[int] = field(default_factory=list)
    top_id: int | None = None
    is_mine: bool = False

    @property
    def newest(self) -> int:
        """Up to where it is read once it was looked at."""
        return self.ids[0]


@dataclass(frozen=True)
class News:
    """What is new: `groups`, the weightiest first, since the moment of the oldest of it. `newest` is the newest unread
    entry of all; `more`: there are more than were counted.
    """

    groups: list[Group]
    since: datetime | None
    newest: int
    more: bool

    def count(self, part: str) -> int:
        """How many entries of a part are new."""
        return sum(len(each.ids) for each in self.groups if each.part == part)

    @property
    def parts(self) -> list[Group]:
        return [each for each in self.groups if each.part]

    @property
    def spaces(self) -> list[Group]:
        return [each for each in self.groups if each.space_id]


def news(person: Person, owned: Iterable[int] = ()) -> News:
    """What is new to `person`, in one statement. `owned` are spaces whose account they own: those come first."""
    rows = db.session.execute(*_unread(person)).all()
    told = [row for row in rows[:COUNTED] if not row.part or row.id > row.mark]
    pieces = [Piece(*row[:5], row.part) for row in told]
    since = min((each.created_at for each in pieces), default=None)
    return News(_groups(pieces, set(owned)), since, rows[0].id if rows else 0, len(rows) > COUNTED)


@built_once
def _unread(anyone: Anyone) -> Select:
    part = case((Entry.kind == "decision", "decision"), (Entry.important_at.is_not(None), "important"),
                *((Entry.kind == each, each) for each in ("review", "learning"))).label("part")
    marks = select(*(func.coalesce(func.max(case((CatchUpMark.part == each, CatchUpMark.entry_id))), 0).label(each)
                     for each in PARTS)).where(CatchUpMark.person_id == anyone.id).subquery()
    mark = case(*((part == each, marks.c[each]) for each in PARTS), else_=0).label("mark")
    query = select(Entry.id, Entry.kind, Entry.space_id, Entry.comment_count, Entry.created_at, part, mark)
    newest = streams.unread(anyone).order_by(Entry.id.desc()).limit(COUNTED + 1).subquery()
    query = query.join(newest, newest.c.id == Entry.id).join(marks, true())
    return query.order_by(Entry.id.desc())


def _groups(pieces: list[Piece], owned: set[int]) -> list[Group]:
    """The groups of some pieces, which are the newest first: the parts, accounts of one's own, the fullest spaces."""
    parts = {each: Group(each, None) for each in PARTS}
    spaces: dict[int, Group] = {}
    talk = Counter()
    for piece in pieces:
        if piece.part:
            parts[piece.part].ids.append(piece.id)
            continue
        group = spaces.setdefault(piece.space_id, Group(None, piece.space_id, is_mine=piece.space_id in owned))
        group.ids.append(piece.id)
        if group.top_id is None or piece.comment_count > talk[piece.space_id]:
            group.top_id, talk[piece.space_id] = piece.id, piece.comment_count
    by_size = sorted(spaces.values(), key=lambda each: (not each.is_mine, -len(each.ids), each.space_id))
    return [*(each for each in parts.values() if each.ids), *by_size]


def owned_spaces(person: Person) -> list[int]:
    """The groups of the accounts that `person` owns, for marketing or for sales."""
    mine = or_(Account.marketing_owner_id == person.id, Account.sales_owner_id == person.id)
    return list(db.session.scalars(select(Account.space_id).where(mine)))


def entries_of(found: News) -> dict[int, Entry]:
    """The entries that are shown of each group, by id: the newest of a part, the most talked of in a space."""
    ids = [key for group in found.groups for key in ([group.top_id] if group.top_id else group.ids[:SHOWN])]
    query = select(Entry).where(Entry.id.in_(ids)).options(joinedload(Entry.author), joinedload(Entry.space))
    return {each.id: each for each in db.session.scalars(query)} if ids else {}


def catch_up(person: Person, up_to: int, *, part: str | None = None, space: Space | None = None) -> None:
    """What is new up to an entry was looked at: of a part, in a space, or without either everywhere. A mark never goes
    back.
    """
    if space is not None:
        mark_read(space, up_to, actor=person)
    elif part is None:
        mark_all_read(up_to, actor=person)
    else:
        insert_missing(db.session, CatchUpMark, [{"person_id": person.id, "part": part, "entry_id": 0}])
        mark = db.session.get(CatchUpMark, (person.id, part), with_for_update=True, populate_existing=True)
        mark.entry_id = max(mark.entry_id, up_to)
        if not (left := news(person)).groups and not left.more:
            # Nothing is left that would be told of: no count says otherwise.
            mark_all_read(left.newest, actor=person)
