"""Loading entries the way cards and threads show them: all a template needs, in a bounded number of statements."""

from collections.abc import Iterable
from functools import cache

from flask_login import current_user
from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import joinedload, selectinload, with_polymorphic
from sqlalchemy.orm.attributes import set_committed_value

from app.access import entry_clause
from app.entries.models import Bookmark, Comment, Entry, Reaction, Share
from app.extensions import db
from app.people.models import Person

# What a card shows of another entry: relationship by relationship, with the column that names it.
RELATED = {"quoted": "quoted_id", "review": "review_id", "deck": "deck_id", "about": "about_id",
           "superseded_by": "superseded_by_id"}


@cache
def _whole():
    """Entries with the columns of every kind; made once, since mapping a dozen tables costs more than reading them."""
    return with_polymorphic(Entry, "*")


@cache
def _as_cards() -> Select:
    whole = _whole()
    return select(whole).where(whole.id.in_(bindparam("ids", expanding=True))).options(
        joinedload(whole.author), joinedload(whole.space),
        selectinload(whole.reactions).joinedload(Reaction.person),
        selectinload(whole.shares).joinedload(Share.space),
        joinedload(whole.Comment.question), joinedload(whole.Comment.answered_question),
    )


def cards(ids: Iterable[int], reader: Person | None = None) -> list[Entry]:
    """The entries with these ids in this order, ready to be shown to `reader` (default: who asks)."""
    ids, reader = list(ids), reader or current_user
    loaded = {entry.id: entry for entry in db.session.scalars(_as_cards(), {"ids": ids})} if ids else {}
    _load_related(list(loaded.values()), reader)
    return [loaded[key] for key in ids if key in loaded]


def _load_related(entries: list[Entry], reader: Person) -> None:
    """What the entries quote, rest on or show, in one statement; what `reader` may not see is not there for them."""
    links = [
        (entry, name, key) for entry in entries for name, column in RELATED.items()
        if (key := getattr(entry, column, None)) is not None
    ]
    found: dict[int, Entry] = {}
    if links:
        whole = _whole()
        wanted = (whole.id.in_({key for *_, key in links}), entry_clause(reader, whole), whole.deleted_at.is_(None))
        query = select(whole).where(*wanted).options(joinedload(whole.author), joinedload(whole.space))
        found = {entry.id: entry for entry in db.session.scalars(query)}
    for entry, name, key in links:
        set_committed_value(entry, name, found.get(key))


def bookmarked(entries: Iterable[Entry], reader: Person | None = None) -> set[int]:
    """Which of these the reader keeps for later."""
    reader = reader or current_user
    ids = [entry.id for entry in entries]
    kept = select(Bookmark.entry_id).where(Bookmark.person_id == reader.id, Bookmark.entry_id.in_(ids))
    return set(db.session.scalars(kept)) if ids else set()


def thread(root: Entry, *conditions) -> list[Comment]:
    """The comments of a thread, oldest first; `conditions` narrow it, say to one slide."""
    query = select(Comment).where(Comment.thread_id == root.id, *conditions).order_by(Comment.id)
    return list(db.session.scalars(query.options(
        joinedload(Comment.author), joinedload(Comment.space),
        joinedload(Comment.question), joinedload(Comment.answered_question),
        selectinload(Comment.reactions).joinedload(Reaction.person),
    )))
