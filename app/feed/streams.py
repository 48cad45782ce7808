"""Which entries a feed holds: ids only, newest first, bounded by keys; cards.py loads what is shown of them."""

from dataclasses import dataclass

from sqlalchemy import Select, select, union_all

from app.access import entry_clause
from app.entries.models import AccountMention, Entry, EntryTag, Share
from app.extensions import db
from app.people.models import Follow, Person
from app.spaces.models import Membership, Space
from app.web import PAGE_SIZE

ROOTS = (Entry.thread_id.is_(None), Entry.deleted_at.is_(None))


@dataclass(frozen=True)
class Window:
    """A stretch of a stream: below `before`, above `after`, at most `limit`."""

    before: int | None = None
    after: int | None = None
    limit: int = PAGE_SIZE

    def of(self, query: Select, key=Entry.id) -> Select:
        """The newest `limit` + 1 of `query` inside the window; one more tells whether there is an older page."""
        if self.before is not None:
            query = query.where(key < self.before)
        if self.after is not None:
            query = query.where(key > self.after)
        return query.order_by(key.desc()).limit(self.limit + 1)

    def cut(self, ids: list[int]) -> tuple[list[int], int | None]:
        """The ids to show and the key of the next older page, if there is one."""
        return ids[: self.limit], ids[self.limit - 1] if len(ids) > self.limit else None


def home(person: Person, window: Window) -> tuple[list[int], int | None]:
    """My spaces, and the people, tags, spaces and accounts I follow; only what I may see.

    Two statements: what I follow, then one union in which each branch is bounded by itself.
    """
    mine = select(Membership.space_id).where(Membership.person_id == person.id)
    branches = [window.of(select(Entry.id).where(Entry.space_id.in_(mine), *ROOTS))]
    people, tags, spaces = _followed(person)
    allowed = entry_clause(person)
    if people:
        branches.append(window.of(select(Entry.id).where(Entry.author_id.in_(people), *ROOTS, allowed)))
    if spaces:
        branches.append(window.of(select(Entry.id).where(Entry.space_id.in_(spaces), *ROOTS, allowed)))
        naming = select(AccountMention.entry_id).join(Entry, Entry.id == AccountMention.entry_id)
        branches.append(window.of(naming.where(AccountMention.space_id.in_(spaces), *ROOTS, allowed)))
    if tags:
        tagged = select(EntryTag.entry_id).join(Entry, Entry.id == EntryTag.entry_id)
        branches.append(window.of(tagged.where(EntryTag.tag_id.in_(tags), *ROOTS, allowed), EntryTag.entry_id))
    merged = union_all(*(select(branch.subquery()) for branch in branches)).subquery()
    key = merged.c[0]
    ids = db.session.scalars(select(key).distinct().order_by(key.desc()).limit(window.limit + 1))
    return window.cut(list(ids))


def _followed(person: Person) -> tuple[list[int], list[int], list[int]]:
    rows = db.session.execute(
        select(Follow.followed_id, Follow.tag_id, Follow.space_id).where(Follow.person_id == person.id)
    ).all()
    return tuple([row[column] for row in rows if row[column]] for column in range(3))


def of_space(space: Space, window: Window, *, kind: str | None = None) -> tuple[list[int], int | None]:
    """What was written into a space, or is shared into it when one kind is asked for."""
    condition = Entry.space_id == space.id
    if kind:
        shared = select(Share.entry_id).where(Share.space_id == space.id)
        condition = (condition | Entry.id.in_(shared)) & (Entry.kind == kind)
    return window.cut(list(db.session.scalars(window.of(select(Entry.id).where(condition, *ROOTS)))))


def of_kind(person: Person, model, window: Window, *conditions) -> tuple[list[int], int | None]:
    """All entries of one kind that the person may see."""
    query = select(model.id).where(entry_clause(person, model), model.deleted_at.is_(None), *conditions)
    return window.cut(list(db.session.scalars(window.of(query, model.id))))


def naming_account(person: Person, space: Space, window: Window) -> tuple[list[int], int | None]:
    """Entries anywhere that name the account, for who may see them where they live."""
    query = select(AccountMention.entry_id).join(Entry, Entry.id == AccountMention.entry_id).where(
        AccountMention.space_id == space.id, Entry.deleted_at.is_(None), entry_clause(person)
    )
    return window.cut(list(db.session.scalars(window.of(query, AccountMention.entry_id))))


def tagged(person: Person, tag_id: int, window: Window) -> tuple[list[int], int | None]:
    """Entries that carry a tag."""
    query = select(EntryTag.entry_id).join(Entry, Entry.id == EntryTag.entry_id).where(
        EntryTag.tag_id == tag_id, Entry.deleted_at.is_(None), entry_clause(person)
    )
    return window.cut(list(db.session.scalars(window.of(query, EntryTag.entry_id))))
