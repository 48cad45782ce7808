"""Making lists and filters of one's own. Nobody else is told of them, so nothing is recorded."""

from urllib.parse import parse_qsl, urlencode

from sqlalchemy import delete, func, select

from app.db import insert_missing
from app.entries.reference_models import Tag
from app.extensions import db
from app.lists.models import MOST_ITEMS, FeedList, ListItem, SavedFilter
from app.people.models import Person
from app.spaces.models import Space

PLACES = ("/search", "/assets", "/reviews", "/learnings")
"""The pages whose filters can be saved."""
PAGING = {"cursor", "before", "after", "run", "unfolded"}
"""What of an address says where somebody had read to, and is no part of a filter."""
QUERY_LENGTH = 2000


class NameTaken(ValueError):
    """They have one of this name."""


class ListFull(ValueError):
    """A list holds `MOST_ITEMS` at most."""


class NoFilter(ValueError):
    """The address narrows nothing, or is none that can be kept."""


def _expect_free(model, actor: Person, name: str, but: int | None = None) -> str:
    name = name.strip()
    taken = select(model.id).where(model.person_id == actor.id, func.lower(model.name) == name.lower())
    if db.session.scalar(taken.where(model.id != but) if but else taken):
        raise NameTaken(name)
    return name


def begin_list(name: str, *, actor: Person) -> FeedList:
    """An empty list. Raises NameTaken."""
    made = FeedList(person_id=actor.id, name=_expect_free(FeedList, actor, name))
    db.session.add(made)
    db.session.flush()
    return made


def rename(found: FeedList, name: str, *, actor: Person) -> None:
    """Call it differently. Raises NameTaken."""
    found.name = _expect_free(FeedList, actor, name, found.id)


def put(found: FeedList, *, person: Person | None = None, tag: Tag | None = None, space: Space | None = None) -> bool:
    """Put a colleague, a tag or a space on it; False if it stands there. Raises ListFull."""
    if db.session.scalar(select(func.count()).where(ListItem.list_id == found.id)) >= MOST_ITEMS:
        raise ListFull
    [target] = [{name: thing.id} for name, thing in (("member_id", person), ("tag_id", tag), ("space_id", space))
                if thing is not None]
    return bool(insert_missing(db.session, ListItem, [{"list_id": found.id, **target}]))


def take_off(found: FeedList, item_id: int) -> None:
    """Take something off it; nothing happens if it does not stand there."""
    db.session.execute(delete(ListItem).where(ListItem.list_id == found.id, ListItem.id == item_id))


def discard(thing: FeedList | SavedFilter) -> None:
    """Delete a list or a filter."""
    db.session.delete(thing)


def tidy_query(query: str) -> str:
    """What of the part of an address behind “?” narrows a page, in one way of writing. Raises NoFilter."""
    parts = [(name, value) for name, value in parse_qsl(query.removeprefix("?"), max_num_fields=60)
             if name not in PAGING and "\x00" not in name + value]
    if not parts or len(tidied := urlencode(parts)) > QUERY_LENGTH:
        raise NoFilter
    return tidied


def save_filter(name: str, place: str, query: str, *, actor: Person) -> SavedFilter:
    """Keep the address of a page that was narrowed. Raises NameTaken and NoFilter."""
    if place not in PLACES:
        raise NoFilter
    try:
        tidied = tidy_query(query)
    except ValueError:
        raise NoFilter from None
    made = SavedFilter(person_id=actor.id, name=_expect_free(SavedFilter, actor, name), place=place, query=tidied)
    db.session.add(made)
    db.session.flush()
    return made
