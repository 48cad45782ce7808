"""Finding learnings: the library with its filters and its order, what suits me, and what suits a campaign."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_

from app.access import entry_clause
from app.db import now
from app.extensions import db
from app.feed.streams import Window
from app.learnings.models import DIMENSIONS, Learning, Scope
from app.people.models import Person
from app.reviews.models import Review

STANDING_CLAUSES = {
    "proven": and_(Learning.worked >= 2, Learning.failed == 0),
    "contested": and_(Learning.failed > 0, Learning.failed <= Learning.worked),
    "promising": and_(Learning.failed == 0, Learning.worked < 2, Learning.worked + Learning.mixed > 0),
    "untested": Learning.worked + Learning.mixed + Learning.failed == 0,
    "refuted": Learning.failed > Learning.worked,
}
"""The same words as `strength.standing`, in SQL."""
ORDERS = ("strength", "newest")
MY_REVIEWS = 20
RELATED = 4
LIVING = (Learning.deleted_at.is_(None), Learning.superseded_by_id.is_(None))


@dataclass(frozen=True)
class Shelf:
    """Which part of the library, and in which order. `scopes` maps dimensions to a value, `columns` columns."""

    scopes: dict[str, str] = field(default_factory=dict)
    standing: str | None = None
    stale: bool = False
    order: str = "strength"
    columns: dict[str, int] = field(default_factory=dict)


def browse(person: Person, shelf: Shelf, window: Window) -> tuple[list[int], int | None]:
    """Ids of the learnings on a shelf that `person` may see, paged by key in either order."""
    query = select(Learning.id).where(entry_clause(person, Learning), *LIVING, *_conditions(shelf))
    if shelf.order == "newest":
        return window.cut(list(db.session.scalars(window.of(query, Learning.id))))
    key = tuple_(Learning.strength, Learning.id)
    if window.before is not None:
        last = select(Learning.strength).where(Learning.id == window.before).scalar_subquery()
        query = query.where(key < tuple_(last, window.before))
    ids = db.session.scalars(query.order_by(Learning.strength.desc(), Learning.id.desc()).limit(window.limit + 1))
    return window.cut(list(ids))


def _conditions(shelf: Shelf) -> list[ColumnElement[bool]]:
    found = [Learning.id.in_(_in_scope(and_(Scope.dimension == name, Scope.value == value)))
             for name, value in shelf.scopes.items()]
    found += [getattr(Learning, name) == value for name, value in shelf.columns.items()]
    if shelf.standing:
        found.append(STANDING_CLAUSES[shelf.standing])
    if shelf.stale:
        found.append(Learning.review_by < now().date())
    return found


def _in_scope(condition):
    return select(Scope.learning_id).where(condition)


def choices(person: Person) -> dict[str, list[str]]:
    """The values each filter offers: those of learnings `person` may see. One statement."""
    seen = select(Scope.dimension, Scope.value).join(Learning, Learning.id == Scope.learning_id)
    rows = db.session.execute(seen.where(entry_clause(person, Learning), *LIVING).distinct().order_by(Scope.value))
    found: dict[str, list[str]] = {name: [] for name in DIMENSIONS}
    for dimension, value in rows:
        found[dimension].append(value)
    return found


def suiting(
    person: Person, narrowed_to: dict[str, Iterable[str]], *, limit: int = RELATED, without: int | None = None
) -> list[int]:
    """Ids of learnings that share most with where something takes place, the best proven first; failures too."""
    matching = [and_(Scope.dimension == name, Scope.value.in_(list(values)))
                for name, values in narrowed_to.items() if any(values)]
    if not matching:
        return []
    shared = func.count()
    query = (
        select(Learning.id).join(Scope, Scope.learning_id == Learning.id)
        .where(or_(*matching), entry_clause(person, Learning), *LIVING, Learning.id != (without or 0))
        .group_by(Learning.id, Learning.strength)
        .order_by(shared.desc(), func.abs(Learning.strength).desc(), Learning.id.desc()).limit(limit)
    )
    return list(db.session.scalars(query))


def in_order(ids: list[int]) -> list[Learning]:
    """These learnings with their records, for lists that show no more: two statements."""
    found = {each.id: each for each in db.session.scalars(select(Learning).where(Learning.id.in_(ids)))} if ids else {}
    return [found[key] for key in ids if key in found]


def for_me(person: Person, *, limit: int = RELATED) -> list[int]:
    """Learnings of others that suit the campaigns I reviewed last."""
    mine = select(Review.channels, Review.region, Review.segment).where(
        Review.author_id == person.id, Review.deleted_at.is_(None)
    )
    rows = db.session.execute(mine.order_by(Review.id.desc()).limit(MY_REVIEWS)).all()
    places = {
        "channel": {channel for row in rows for channel in row.channels},
        "region": {row.region for row in rows if row.region}, "segment": {row.segment for row in rows if row.segment},
    }
    return suiting(person, places, limit=limit)
