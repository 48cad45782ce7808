"""What stands on somebody's lists, as far as they may still know of it, and what they made."""

from dataclasses import dataclass

from sqlalchemy import String, cast, func, literal, or_, select, union_all
from sqlalchemy.orm import contains_eager

from app.access import person_clause, space_clause
from app.entries.reference_models import Tag
from app.extensions import db
from app.feed import streams
from app.lists.models import FeedList, ListItem, SavedFilter
from app.people.models import Person
from app.spaces.models import Space


@dataclass(frozen=True)
class Own:
    """A list or a filter of somebody's, as the rail shows it."""

    kind: str
    id: int
    name: str
    url: str


def own(person: Person) -> list[Own]:
    """The lists and filters of `person` by name, in one statement."""
    lists = select(literal("list"), FeedList.id, FeedList.name, literal("/lists/") + cast(FeedList.id, String))
    filters = select(literal("filter"), SavedFilter.id, SavedFilter.name, SavedFilter.place + "?" + SavedFilter.query)
    every = union_all(lists.where(FeedList.person_id == person.id), filters.where(SavedFilter.person_id == person.id))
    rows = db.session.execute(select(*every.subquery().c)).all()
    return sorted((Own(*row) for row in rows), key=lambda each: (each.kind != "list", each.name.casefold()))


def items_of(found: FeedList, reader: Person) -> list[ListItem]:
    """What stands on it: tags, and the people and spaces that `reader` may know of."""
    query = select(ListItem).outerjoin(ListItem.member).outerjoin(ListItem.tag).outerjoin(ListItem.space)
    known = or_(ListItem.tag_id.is_not(None), ListItem.member_id.is_not(None) & person_clause(reader),
                ListItem.space_id.is_not(None) & space_clause(reader))
    query = query.where(ListItem.list_id == found.id, known).order_by(ListItem.id)
    return list(db.session.scalars(query.options(
        contains_eager(ListItem.member), contains_eager(ListItem.tag), contains_eager(ListItem.space))).unique())


def branches_of(items: list[ListItem], reader: Person) -> list:
    """The sources of a list's stream."""
    ids = ([getattr(each, name) for each in items if getattr(each, name)] for name in (
        "member_id", "tag_id", "space_id"))
    return list(streams.sources(reader, *ids))


def named(text: str, reader: Person):
    """The colleague, tag or space that “@handle”, “#tag”, “$account” or the name of a space means, as an argument of
    `actions.put`; None: nothing that `reader` may know of.
    """
    text = text.strip()
    sign, name = text[:1], text[1:].lower()
    if sign == "@":
        found = {"person": db.session.scalar(select(Person).where(Person.handle == name, person_clause(reader)))}
    elif sign == "#":
        found = {"tag": known_tag(name, reader)}
    else:
        wanted = Space.slug == name if sign == "$" else func.lower(Space.name) == text.lower()
        found = {"space": db.session.scalars(
            select(Space).where(wanted, space_clause(reader)).order_by(Space.id)).first()}
    return found if all(found.values()) else None


def known_tag(name: str, reader: Person) -> Tag | None:
    """The tag, if an entry that `reader` may see carries it."""
    tag = db.session.scalar(select(Tag).where(Tag.name == name))
    return tag if tag and streams.tagged(reader, tag.id, streams.Window(limit=1))[0] else None
