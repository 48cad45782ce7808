"""Collections as somebody may see them, and the files in them."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.access import entry_clause, readable_clause, visible
from app.assets.listing import listed
from app.assets.models import Asset
from app.extensions import db
from app.library.models import Collected, Collection
from app.people.models import Person
from app.reuse.uses import Thing, things_using
from app.spaces.models import Space
from app.web import Page, paged

OFFERED = 200
"""So many collections one can choose from, the newest."""


@dataclass(frozen=True)
class Shown:
    """A collection and how many of its files the reader may see."""

    collection: Collection
    count: int


def collections(person: Person, *, before: int | None = None, limit: int = 20) -> Page:
    """Those `person` may see, newest first, with counts: two statements."""
    query = visible(person, Collection).options(joinedload(Collection.space), joinedload(Collection.author))
    page = paged(query, Collection.id, before=before, limit=limit)
    counts = _counts(person, [each.id for each in page.items])
    return Page([Shown(each, counts.get(each.id, 0)) for each in page.items], page.next)


def _counts(person: Person, ids: list[int]) -> dict[int, int]:
    seen = select(Collected.collection_id, func.count()).join(Asset, Asset.id == Collected.asset_id).where(
        Collected.collection_id.in_(ids), *_living(person)).group_by(Collected.collection_id)
    return dict(db.session.execute(seen).all()) if ids else {}


def _living(person: Person) -> tuple:
    return entry_clause(person, Asset), Asset.deleted_at.is_(None)


def asset_ids(collection: Collection, person: Person) -> list[int]:
    """The ids of its files in their order, of those that `person` may see."""
    query = select(Collected.asset_id).join(Asset, Asset.id == Collected.asset_id).where(
        Collected.collection_id == collection.id, *_living(person))
    return list(db.session.scalars(query.order_by(Collected.position, Collected.asset_id)))


def files(collection: Collection, person: Person) -> list[Asset]:
    """The same, as they are shown."""
    return listed(asset_ids(collection, person), person)


def open_to(person: Person, spaces: list[Space]) -> list[Collection]:
    """Those in `spaces`, into which `person` may put something."""
    query = visible(person, Collection).where(Collection.space_id.in_([each.id for each in spaces]))
    query = query.options(joinedload(Collection.space)).order_by(Collection.id.desc()).limit(OFFERED)
    return list(db.session.scalars(query))


def _holding(asset: Asset, person: Person) -> list[Thing]:
    query = select(Collection).join(Collected, Collected.collection_id == Collection.id).join(Collection.space)
    found = query.where(Collected.asset_id == asset.id, readable_clause(person)).order_by(Collection.name).limit(40)
    return [Thing("collection", each.name, each.url) for each in db.session.scalars(found)]


things_using.append(_holding)
