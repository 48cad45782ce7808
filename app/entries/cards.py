"""Loading entries the way cards and threads show them: all a template needs, in a bounded number of statements."""

from collections.abc import Iterable

from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload, with_polymorphic
from sqlalchemy.orm.attributes import set_committed_value

from app.access import entry_clause
from app.entries.models import Bookmark, Comment, Entry, Post, Reaction, Share
from app.extensions import db
from app.people.models import Person


def cards(ids: Iterable[int], reader: Person | None = None) -> list[Entry]:
    """The entries with these ids in this order, ready to be shown to `reader` (default: who asks)."""
    ids, reader = list(ids), reader or current_user
    loaded = {entry.id: entry for entry in db.session.scalars(_whole_entries(ids))}
    _load_quoted([entry for entry in loaded.values() if isinstance(entry, Post) and entry.quoted_id], reader)
    return [loaded[key] for key in ids if key in loaded]


def _whole_entries(ids: list[int]):
    whole = with_polymorphic(Entry, "*")
    return (
        select(whole)
        .where(whole.id.in_(ids))
        .options(
            joinedload(whole.author), joinedload(whole.space),
            selectinload(whole.reactions).joinedload(Reaction.person),
            selectinload(whole.shares).joinedload(Share.space), selectinload(whole.Review.deck),
        )
    )


def _load_quoted(posts: list[Post], reader: Person) -> None:
    """A quoted entry shows only to who may see it; for everybody else the quotation is empty."""
    if not posts:
        return
    wanted = [post.quoted_id for post in posts]
    whole = with_polymorphic(Entry, "*")
    query = select(whole).where(whole.id.in_(wanted), entry_clause(reader, whole), whole.deleted_at.is_(None))
    found = {entry.id: entry for entry in db.session.scalars(
        query.options(joinedload(whole.author), joinedload(whole.space))
    )}
    for post in posts:
        set_committed_value(post, "quoted", found.get(post.quoted_id))


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
        selectinload(Comment.reactions).joinedload(Reaction.person),
    )))
