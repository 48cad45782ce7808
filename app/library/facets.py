"""What each filter of the library offers, with how many files."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import CTE, Select, String, cast, func, literal, select, union_all

from app.access import person_clause, readable_spaces, space_clause
from app.assets.models import Asset
from app.entries.models import Share
from app.entries.reference_models import EntryTag, Tag
from app.extensions import db
from app.library.shelf import AGES, STATES, Shelf, conditions, decks, of_age, of_state
from app.people.models import Person
from app.reuse.models import DIMENSIONS, AssetPlace
from app.reviews.models import Review
from app.spaces.models import Space

COUNTED = 5000
"""So many of the newest files are counted for each filter."""
OFFERED = 40
"""So many values of a filter are offered, those with the most files."""


@dataclass(frozen=True)
class Choice:
    """A value of a filter, what people call it, and how many files it would show."""

    value: str
    label: str
    count: int


@dataclass
class Facets:
    """By filter, what can be chosen; each ignores itself, so that it offers what else could be."""

    choices: dict[str, list[Choice]] = field(default_factory=dict)
    total: int = 0
    is_more: bool = False


def facets(person: Person, shelf: Shelf) -> Facets:
    """Three statements, whatever the library holds."""
    rows = db.session.execute(union_all(*_counts(person, shelf))).all()
    found: dict[str, dict[str, int]] = {}
    for name, value, count in rows:
        if value and count:
            found.setdefault(name, {})[value] = count
    total = found.pop("", {}).get("total", 0)
    names = {"space": _spaces(person, found.get("space", {})), "owner": _owners(person, found.get("owner", {}))}
    choices = {
        name: sorted((Choice(names[name][value].handle if name == "owner" else value,
                             names[name][value].name if name in names else value, count)
                      for value, count in counts.items() if name not in names or value in names[name]),
                     key=lambda each: (-each.count, each.label))[:OFFERED]
        for name, counts in found.items()
    }
    return Facets(choices, total, total >= COUNTED)


def _counts(person: Person, shelf: Shelf) -> Iterator[Select]:
    """A query for each filter: its name, a value, how many. All that are not set count the same files."""
    every = _newest(person, shelf, "every")
    of = {name: _newest(person, shelf, name) for name in shelf.narrowed_by}

    def counted(name: str, value, query: Select) -> Select:
        return query.with_only_columns(literal(name), cast(value, String), func.count()).group_by(value)

    yield select(literal(""), literal("total"), func.count()).select_from(every)
    for name, column in (("kind", "media_kind"), ("language", "language"), ("approval", "approval"),
                         ("owner", "author_id")):
        files = of.get(name, every)
        yield counted(name, files.c[column], select(files))
    files = of.get("space", every)
    shared = select(files.c.id, Share.space_id).join(Share, Share.entry_id == files.c.id)
    lives = select(files.c.id, files.c.space_id).union(
        shared.where(Share.space_id.in_(readable_spaces(person)))).subquery()
    yield counted("space", lives.c.space_id, select(lives))
    for name in DIMENSIONS:
        files = of.get(name, every)
        there = select(files).join(AssetPlace, AssetPlace.asset_id == files.c.id).where(AssetPlace.dimension == name)
        yield counted(name, AssetPlace.value, there)
    files = of.get("tag", every)
    tagged = select(files).join(EntryTag, EntryTag.entry_id == files.c.id).join(Tag, Tag.id == EntryTag.tag_id)
    yield counted("tag", Tag.name, tagged)
    files = of.get("programme", every)
    shown = decks(person).add_columns(Review.programme).distinct().subquery()
    yield counted("programme", shown.c.programme, select(files).join(shown, shown.c.deck_id == files.c.id))
    for name, values, condition in (("state", STATES, of_state), ("age", (*AGES, "older"), of_age)):
        files = of.get(name, every)
        for value in values:
            yield select(literal(name), literal(value), func.count()).select_from(files).where(
                condition(person, files.c, value))


def _newest(person: Person, shelf: Shelf, without: str) -> CTE:
    """The files that are counted for a filter, with what they are counted by."""
    columns = (Asset.id, Asset.media_kind, Asset.language, Asset.space_id, Asset.author_id, Asset.status,
               Asset.approval, Asset.usable_from, Asset.usable_until, Asset.origin_id, Asset.origin_changed,
               Asset.created_at)
    query = select(*columns).where(*conditions(person, shelf, without=without))
    return query.order_by(Asset.id.desc()).limit(COUNTED).cte(f"without_{without}")


def _spaces(person: Person, counts: dict[str, int]) -> dict[str, Space]:
    """Those the person may know of; what is shared out of another one is counted where they read it."""
    known = select(Space).where(Space.id.in_(map(int, counts)), space_clause(person))
    return {str(each.id): each for each in db.session.scalars(known)}


def _owners(person: Person, counts: dict[str, int]) -> dict[str, Person]:
    known = select(Person).where(Person.id.in_(map(int, counts)), person_clause(person))
    return {str(each.id): each for each in db.session.scalars(known)}
