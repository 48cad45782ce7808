"""Which files stand on a shelf of the library, in which order, and what each filter offers with how many.

Everything is narrowed to what the reader may see; counts too.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, Select, Subquery, exists, func, or_, select, tuple_, union_all
from sqlalchemy.orm import aliased

from app.access import entry_clause, readable_spaces
from app.assets.copies import findable
from app.assets.models import Asset
from app.db import now
from app.entries.models import Entry, Share
from app.entries.reference_models import EntryTag, Tag
from app.extensions import db
from app.feed.streams import Window
from app.learnings.models import Evidence, Learning
from app.people.models import Person
from app.reuse.models import DIMENSIONS, AssetPlace, Derivation, folded
from app.reviews.models import Review
from app.search.engine import engine_of
from app.search.language import read
from app.search.query import Match

ORDERS = ("newest", "reuse", "name")
AGES = {"week": 7, "month": 30, "quarter": 91, "year": 365}
"""Days since it was shared, at most; what is older than the last of them is "older"."""
STATES = ("ready", "pending", "failed", "expired", "early", "stale")


@dataclass(frozen=True)
class Shelf:
    """A part of the library. `programme` is one of reviews whose deck a file is; `owner` a handle; `space` an id."""

    q: str = ""
    kind: str = ""
    space: int | None = None
    programme: str = ""
    region: str = ""
    channel: str = ""
    industry: str = ""
    stage: str = ""
    language: str = ""
    approval: str = ""
    state: str = ""
    age: str = ""
    tag: str = ""
    owner: str = ""
    order: str = ORDERS[0]

    @property
    def narrowed_by(self) -> dict[str, str | int]:
        """The filters that are set."""
        return {name: value for name, value in vars(self).items() if value and name != "order"}


def conditions(person: Person, shelf: Shelf, *, without: str = "") -> list[ColumnElement[bool]]:
    """What the files of a shelf are, in SQL; `without` names a filter that is passed over."""
    wanted = {name: value for name, value in shelf.narrowed_by.items() if name != without}
    return [findable(person, Asset), *(_FILTERS[name](person, value) for name, value in wanted.items())]


def _words(_person, text: str) -> ColumnElement[bool]:
    """Those whose words, or those of one of their pages, are found; everything where nothing is asked."""
    request, engine = read(text), engine_of(db.session)
    if request.wanted is None:
        return Asset.id.is_not(None)
    hits = engine.matches(Match(request.wanted, tuple(request.unwanted)), [Asset.kind == "asset"]).subquery()
    return Asset.id.in_(select(hits.c.entry_id))


def _lives_in(person: Person, space_id: int) -> ColumnElement[bool]:
    shared = select(Share.entry_id).where(Share.space_id == space_id, Share.space_id.in_(readable_spaces(person)))
    return or_(Asset.space_id == space_id, Asset.id.in_(shared))


def decks(person: Person) -> Select:
    """Reviews that show a file as their deck, as far as `person` may see them."""
    return select(Review.deck_id).where(Review.deck_id.is_not(None), Review.deleted_at.is_(None),
                                        entry_clause(person, Review))


def of_state(person: Person, files, state: str) -> ColumnElement[bool]:
    """True, in SQL, for those of `files` (assets, or their columns) that are in a state; stale are those whose origin
    `person` sees as well.
    """
    today, origin = now().date(), aliased(Entry)
    seen = exists().where(origin.id == files.origin_id, entry_clause(person, origin))
    return {"expired": files.usable_until < today, "early": files.usable_from > today,
            "stale": files.origin_changed & seen}.get(state, files.status == state)


def of_age(_person, files, age: str) -> ColumnElement[bool]:
    """True, in SQL, for those of `files` that are as old as that."""
    if age in AGES:
        return files.created_at >= now() - timedelta(days=AGES[age])
    return files.created_at < now() - timedelta(days=max(AGES.values()))


def _place(dimension: str):
    def narrowed(_person, value: str) -> ColumnElement[bool]:
        there = select(AssetPlace.asset_id).where(AssetPlace.dimension == dimension, AssetPlace.key == folded(value))
        return Asset.id.in_(there)
    return narrowed


_FILTERS = {
    "q": _words,
    "kind": lambda _person, value: Asset.media_kind == value,
    "space": _lives_in,
    "programme": lambda person, value: Asset.id.in_(decks(person).where(Review.programme == value)),
    **{name: _place(name) for name in DIMENSIONS},
    "language": lambda _person, value: Asset.language == value,
    "approval": lambda _person, value: Asset.approval == value,
    "state": lambda person, value: of_state(person, Asset, value),
    "age": lambda person, value: of_age(person, Asset, value),
    "tag": lambda _person, value: Asset.id.in_(
        select(EntryTag.entry_id).join(Tag, Tag.id == EntryTag.tag_id).where(Tag.name == value)),
    "owner": lambda _person, value: Asset.author_id.in_(select(Person.id).where(Person.handle == value)),
}
"""Each filter by its name in addresses: who asks and the value, as a condition."""


def reuse(person: Person) -> Subquery:
    """How often each file is used where `person` may see it: shared, adapted, shown as a deck, rested on."""
    copy = aliased(Asset)
    copies = select(Derivation.origin_id).join(copy, copy.id == Derivation.asset_id)
    grounds = select(Evidence.entry_id).join(Learning, Learning.id == Evidence.learning_id)
    used = union_all(
        select(Share.entry_id.label("asset_id")).where(Share.space_id.in_(readable_spaces(person))),
        copies.where(entry_clause(person, copy), copy.deleted_at.is_(None)),
        decks(person),
        grounds.where(entry_clause(person, Learning), Learning.deleted_at.is_(None)),
    ).subquery()
    return select(used.c.asset_id, func.count().label("times")).group_by(used.c.asset_id).subquery()


def times_used(person: Person, asset_ids: list[int]) -> dict[int, int]:
    """How often each of these is used, of those that are."""
    used = reuse(person)
    found = select(used.c.asset_id, used.c.times).where(used.c.asset_id.in_(asset_ids))
    return dict(db.session.execute(found).all()) if asset_ids else {}


def browse(person: Person, shelf: Shelf, window: Window) -> tuple[list[int], int | None]:
    """Ids of the files on a shelf that `person` may see, paged by key in any order; and where to go on."""
    query = select(Asset.id).where(*conditions(person, shelf))
    if shelf.order == "newest":
        return window.cut(list(db.session.scalars(window.of(query, Asset.id))))
    if shelf.order == "reuse":
        return window.cut(_most_used_first(person, query, window))
    key = func.lower(Asset.title)
    if window.before is not None:
        standing = aliased(Asset)
        last = select(func.lower(standing.title)).where(standing.id == window.before).scalar_subquery()
        query = query.where(tuple_(key, Asset.id) > tuple_(last, window.before))
    return window.cut(list(db.session.scalars(query.order_by(key, Asset.id).limit(window.limit + 1))))


def _most_used_first(person: Person, query: Select, window: Window) -> list[int]:
    """Those that are used, then, only where they do not fill the page, the newest of the others."""
    used = reuse(person)
    before, last = window.before, None
    if before is not None:
        last = times_used(person, [before]).get(before, 0)
    found = []
    if last != 0:
        there = query.join(used, used.c.asset_id == Asset.id).order_by(used.c.times.desc(), Asset.id.desc())
        if last is not None:
            there = there.where(or_(used.c.times < last, (used.c.times == last) & (Asset.id < before)))
        found = list(db.session.scalars(there.limit(window.limit + 1)))
        before = None
    rest = query.where(Asset.id.not_in(select(used.c.asset_id)))
    missing = window.limit + 1 - len(found)
    return found + (list(db.session.scalars(
        Window(before=before, limit=missing - 1).of(rest, Asset.id))) if missing else [])
