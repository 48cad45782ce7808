"""What the search box offers while somebody types: people, spaces, and titles that begin like that."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, or_, select

from app.access import LARGEST_KEY, entry_clause, home_of, person_clause, space_clause
from app.entries.models import Entry
from app.extensions import db
from app.people.models import Person
from app.spaces.models import Space

EACH = 5
PICKED = 50


@dataclass(frozen=True)
class Suggestion:
    """Where it leads and what it is called; `icon` names its drawing."""

    url: str
    title: str
    hint: str
    icon: str


def suggest(person: Person, text: str) -> list[Suggestion]:
    """At most fifteen, in three statements, only what `person` may know of."""
    return [*_people(person, text), *_spaces(person, text), *_titles(person, text)]


def named(person: Person, text: str) -> list[Suggestion]:
    """The people and spaces that are called so, in two statements."""
    return [*_people(person, text), *_spaces(person, text)]


def _begins(column, text: str):
    lowered = func.lower(column)
    return or_(lowered.startswith(text.lower(), autoescape=True), lowered.contains(f" {text.lower()}", autoescape=True))


def _people(person: Person, text: str) -> list[Suggestion]:
    named = or_(_begins(Person.name, text), _begins(Person.handle, text.removeprefix("@")))
    query = select(Person).where(person_clause(person), Person.deactivated_at.is_(None), named)
    return [Suggestion(each.url, each.name, each.title, "users")
            for each in db.session.scalars(query.order_by(Person.name).limit(EACH))]


def _spaces(person: Person, text: str) -> list[Suggestion]:
    query = select(Space).where(space_clause(person), _begins(Space.name, text)).order_by(Space.name).limit(EACH)
    icons = {"project": "folders", "account": "building", "community": "world"}
    return [Suggestion(each.url, each.name, "", icons[each.kind]) for each in db.session.scalars(query)]


def _place(person: Person, entry: Entry) -> str:
    home = home_of(person, entry)
    return home.name if home else ""


def _titles(person: Person, text: str) -> list[Suggestion]:
    """The newest entries whose title begins like that; posts and comments have none and are left to the search."""
    icons = {"review": "presentation", "learning": "bulb", "asset": "files", "decision": "gavel", "task": "list-check",
             "handoff": "heart-handshake", "conversation": "messages", "sending": "send", "news": "rss"}
    return [Suggestion(each.url, each.title, _place(person, each), icons[each.kind])
            for each in titled(person, text, icons)]


def titled(person: Person, text: str, kinds: Iterable[str], *, but: Iterable[int] = ()) -> list[Entry]:
    """The newest entries of these kinds whose title has a word that begins like that, of those `person` may see."""
    recent = select(Entry).where(Entry.kind.in_(kinds), entry_clause(person), Entry.deleted_at.is_(None),
                                 _begins(Entry.title, text), Entry.id.not_in(list(but)))
    return list(db.session.scalars(recent.order_by(Entry.id.desc()).limit(EACH)))


def seen_among(person: Person, ids: Iterable[int]) -> list[Entry]:
    """Those of the entries with these ids that `person` may see, in this order."""
    ids = [key for key in dict.fromkeys(ids) if 0 < key <= LARGEST_KEY]
    query = select(Entry).where(Entry.id.in_(ids), entry_clause(person), Entry.deleted_at.is_(None))
    found = {each.id: each for each in db.session.scalars(query)} if ids else {}
    return [found[key] for key in ids if key in found]
