"""The filters people type, as conditions on entries."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import ColumnElement, and_, false, func, or_, select

from app.entries.models import Entry, Share
from app.entries.reference_models import AccountMention, EntryTag, Tag
from app.people.models import Person
from app.reviews.models import Review
from app.search.language import Filter, moment
from app.spaces.models import Space


def conditions(filters: list[Filter], known: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    """What an entry must be: one of the values for each field, and none of the negated ones.

    `known` is true for the spaces the person may know of: a shared entry must not tell the name of its secret home.
    """
    found: list[ColumnElement[bool]] = []
    for field in dict.fromkeys(one.field for one in filters):
        wanted = [_BY_FIELD[field](one.value, known) for one in filters if one.field == field and not one.negated]
        if wanted:
            # Two dates of the same side are both meant; of two kinds or people either is.
            found.append(and_(*wanted) if field in ("after", "before") else or_(*wanted))
        found += [~_BY_FIELD[field](one.value, known) for one in filters if one.field == field and one.negated]
    return found


def _kind(value: str, _known) -> ColumnElement[bool]:
    name = value.lower()
    return Entry.kind.in_([name, name.removesuffix("s")])


def _named(value: str) -> ColumnElement[bool]:
    """A space by its slug, or by a part of its name."""
    slug = "-".join(value.lower().split())
    return or_(Space.slug == slug, func.lower(Space.name).contains(value.lower(), autoescape=True))


def lives_in(*which: ColumnElement[bool]) -> ColumnElement[bool]:
    """At home in or shared into one of these spaces."""
    spaces = select(Space.id).where(*which)
    shared = select(Share.entry_id).where(Share.space_id.in_(spaces))
    return or_(Entry.space_id.in_(spaces), func.coalesce(Entry.thread_id, Entry.id).in_(shared))


def _in(value: str, known) -> ColumnElement[bool]:
    """In such a space, or about such a region."""
    regional = select(Review.__table__.c.id).where(func.lower(Review.__table__.c.region) == value.lower())
    return or_(lives_in(known, _named(value)), Entry.id.in_(regional))


def _account(value: str, known) -> ColumnElement[bool]:
    """In the account's group, or mentioning the account."""
    spaces = select(Space.id).where(known, Space.kind == "account", _named(value))
    mentioning = select(AccountMention.entry_id).where(AccountMention.space_id.in_(spaces))
    return or_(Entry.space_id.in_(spaces), Entry.id.in_(mentioning))


def _by(value: str, _known) -> ColumnElement[bool]:
    name = value.lower()
    people = select(Person.id).where(
        or_(func.lower(Person.handle) == name, func.lower(Person.name) == name,
            func.lower(Person.name).startswith(f"{name} ", autoescape=True))
    )
    return Entry.author_id.in_(people)


def _tag(value: str, _known) -> ColumnElement[bool]:
    tagged = select(EntryTag.entry_id).join(Tag, Tag.id == EntryTag.tag_id).where(Tag.name == value.lower())
    return Entry.id.in_(tagged)


def since(start: datetime | None) -> ColumnElement[bool]:
    """Written then or later."""
    return Entry.created_at >= start if start else false()


def until(end: datetime | None) -> ColumnElement[bool]:
    """Written before then."""
    return Entry.created_at < end if end else false()


_BY_FIELD: dict[str, Callable[[str, ColumnElement[bool]], ColumnElement[bool]]] = {
    "kind": _kind,
    "in": _in,
    "account": _account,
    "by": _by,
    "tag": _tag,
    "after": lambda value, _known: since(moment(value)),
    "before": lambda value, _known: until(moment(value)),
}
