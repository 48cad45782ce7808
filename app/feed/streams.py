"""Which entries a feed holds: ids only, newest first, bounded by keys; cards.py loads what is shown of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Select, func, select, union_all

from app.access import entry_clause
from app.activity.rules import unmuted
from app.entries.models import QUIET, Entry, Share
from app.entries.reference_models import AccountMention, EntryTag
from app.extensions import db
from app.people.models import Follow, Person
from app.spaces.models import ROOM, Membership, Space
from app.web import PAGE_SIZE

UNREAD_TOLD = 200
"""Of so many unread entries is told what they are; of more, that there are more."""
LIVING = (Entry.thread_id.is_(None), Entry.deleted_at.is_(None))
ROOTS = (*LIVING, Entry.kind != QUIET)


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


VIEWS = ("for-you", "following", "accounts", "reviews", "unread")


def home(person: Person, window: Window, view: str = "for-you") -> tuple[list[int], int | None]:
    """My spaces, and the people, tags, spaces and accounts I follow; or one side of that. Only what I may see,
    and nothing I muted.

    Two statements: what I follow, then one union in which each branch is bounded by itself.
    """
    if view == "unread":
        return window.cut(list(db.session.scalars(window.of(unread(person)))))
    return of_branches(branches_of(person, view), window)


def of_branches(branches: Iterable[Select], window: Window) -> tuple[list[int], int | None]:
    """The stretch of a feed that has these sources."""
    key = merged(branches, window)
    if key is None:
        return [], None
    return window.cut(list(db.session.scalars(select(key).distinct().order_by(key.desc()).limit(window.limit + 1))))


def merged(branches: Iterable[Select], window: Window):
    """The column of the ids of these sources inside the window, some twice; None: there is no source."""
    branches = [window.of(query, query.selected_columns[0]) for query in branches]
    return union_all(*(select(branch.subquery()) for branch in branches)).subquery().c[0] if branches else None


def _mine(person: Person) -> Select:
    """Ids of the spaces `person` belongs to; the rooms of their drafts are no part of any feed."""
    return select(Membership.space_id).join(Membership.space).where(
        Membership.person_id == person.id, Space.kind != ROOM
    )


def branches_of(person: Person, view: str) -> Iterator[Select]:
    """The sources of a view of the home feed, each a query of entry ids."""
    mine = _mine(person)
    people, tags, spaces = _followed(person)
    only = (*ROOTS, unmuted(person), *([Entry.kind == "review"] if view == "reviews" else []))
    if view == "accounts":
        accounts = select(Space.id).where(Space.kind == "account", Space.id.in_(mine) | Space.id.in_(spaces))
        yield from sources(person, [], [], accounts, only)
        return
    if view != "following":
        yield select(Entry.id).where(Entry.space_id.in_(mine), *only)
    yield from sources(person, people, tags, spaces, only)


def sources(person: Person, people: list[int], tags: list[int], spaces, only=ROOTS) -> Iterator[Select]:
    """What these people wrote, what carries these tags, what is in these spaces or names their accounts; as far as
    `person` may see it. `spaces` may be a query of ids.
    """
    allowed = entry_clause(person)
    if people:
        yield select(Entry.id).where(Entry.author_id.in_(people), *only, allowed)
    if not isinstance(spaces, list) or spaces:
        naming = select(AccountMention.entry_id).join(Entry, Entry.id == AccountMention.entry_id).where(*only, allowed)
        yield select(Entry.id).where(Entry.space_id.in_(spaces), *only, allowed)
        yield naming.where(AccountMention.space_id.in_(spaces))
    if tags:
        tagged = select(EntryTag.entry_id).join(Entry, Entry.id == EntryTag.entry_id)
        yield tagged.where(EntryTag.tag_id.in_(tags), *only, allowed)


def _followed(person: Person) -> tuple[list[int], list[int], list[int]]:
    rows = db.session.execute(
        select(Follow.followed_id, Follow.tag_id, Follow.space_id).where(Follow.person_id == person.id)
    ).all()
    return tuple([row[column] for row in rows if row[column]] for column in range(3))


def unread(person: Person) -> Select:
    """Ids of what others wrote in my living spaces since I last read there: the same that the navigation counts.

    They come out of the index of streams alone; whoever wants more of the newest asks for it by their ids.
    """
    newer = (Membership.space_id == Entry.space_id) & (Entry.id > Membership.read_entry_id)
    return select(Entry.id).join(Membership, newer).join(Membership.space).where(
        Membership.person_id == person.id, Space.kind != ROOM, Space.archived_at.is_(None), *ROOTS,
        Entry.author_id != person.id, unmuted(person))


def unread_kinds(person: Person) -> dict[str, int]:
    """How many entries of each kind are among the newest unread ones, the most first."""
    newest = unread(person).order_by(Entry.id.desc()).limit(UNREAD_TOLD).subquery()
    count = func.count()
    kinds = select(Entry.kind, count).join(newest, newest.c.id == Entry.id).group_by(Entry.kind)
    kinds = kinds.order_by(count.desc(), Entry.kind)
    return dict(db.session.execute(kinds).all())


def of_space(space: Space, window: Window, *conditions) -> tuple[list[int], int | None]:
    """What was written into a space; narrowed to a kind by `conditions`, also what is shared into it."""
    home, roots = Entry.space_id == space.id, LIVING if conditions else ROOTS
    if conditions:
        home = home | Entry.id.in_(select(Share.entry_id).where(Share.space_id == space.id))
    return window.cut(list(db.session.scalars(window.of(select(Entry.id).where(home, *conditions, *roots)))))


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
