"""A post with words of one's own about an entry, whose card it carries for those who may see it."""

from collections.abc import Iterable

from sqlalchemy import func, select

from app.access import entry_clause
from app.entries import kinds
from app.entries.actions import publish
from app.entries.models import Entry, Post
from app.extensions import db
from app.people.models import Person
from app.spaces.models import Space


class NothingToQuote(ValueError):
    """What was deleted has no words that could be quoted."""


def quote(entry: Entry, space: Space, body: str, *, actor: Person) -> Post:
    """Write into a space about an entry. Nobody may see the entry who could not before. Raises NothingToQuote."""
    if entry.is_deleted:
        raise NothingToQuote
    post = Post(space=space, title="", body=body.strip(), quoted=entry, is_quote=True)
    return publish(post, actor=actor, kind=kinds.Quoted)


def times_quoted(entries: Iterable[Entry], reader: Person) -> dict[int, int]:
    """How often each of these is quoted in posts that `reader` may see; what is not quoted is left out.

    One statement, none without entries.
    """
    ids = [each.id for each in entries]
    if not ids:
        return {}
    query = select(Post.quoted_id, func.count()).where(
        Post.quoted_id.in_(ids), Post.is_quote, Post.deleted_at.is_(None), entry_clause(reader, Post))
    return dict(db.session.execute(query.group_by(Post.quoted_id)).all())


def quotes_of(entry: Entry, reader: Person):
    """A query for the ids of the posts that quote it and that `reader` may see."""
    return select(Post.id).where(
        Post.quoted_id == entry.id, Post.is_quote, Post.deleted_at.is_(None), entry_clause(reader, Post))
