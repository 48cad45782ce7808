"""Making collections and keeping them in order."""

from collections.abc import Iterable

from sqlalchemy import delete, func, select, update

from app.activity.recording import record
from app.assets.models import Asset
from app.db import insert_missing
from app.entries.actions import expect_usable
from app.extensions import db
from app.library import kinds
from app.library.models import Collected, Collection
from app.people.models import Person
from app.spaces.models import Space

MOST = 500
"""Files in one collection."""


class CollectionFull(ValueError):
    """A collection holds `MOST` files at most."""


def begin_collection(space: Space, name: str, *, actor: Person, note: str = "") -> Collection:
    """Begin a collection that is everybody's who reads in `space`."""
    collection = Collection(space=space, author=actor, name=name.strip(), note=note.strip())
    db.session.add(collection)
    db.session.flush()
    record(kinds.CollectionMade, actor=actor, space=space, collection_id=collection.id)
    return collection


def change_collection(
    collection: Collection, *, actor: Person, name: str | None = None, note: str | None = None
) -> None:
    """Call it differently, or say something else of it; what is left out stays."""
    collection.name = collection.name if name is None else name.strip()
    collection.note = collection.note if note is None else note.strip()
    _changed(collection, actor)


def collect(collection: Collection, assets: Iterable[Asset], *, actor: Person) -> int:
    """Put files at the end of a collection; how many were not in it. Raises NotUsable and CollectionFull."""
    assets = list(assets)
    for each in assets:
        expect_usable(each)
    _lock(collection)
    count, last = db.session.execute(select(func.count(), func.coalesce(func.max(Collected.position), 0)).where(
        Collected.collection_id == collection.id)).one()
    if count + len(assets) > MOST:
        raise CollectionFull
    new = insert_missing(db.session, Collected, [
        {"collection_id": collection.id, "asset_id": each.id, "position": last + at}
        for at, each in enumerate(assets, start=1)])
    if new:
        _changed(collection, actor)
    return new


def take_out(collection: Collection, asset: Asset, *, actor: Person) -> bool:
    """The file is no longer in the collection; False if it was not."""
    gone = db.session.execute(delete(Collected).where(
        Collected.collection_id == collection.id, Collected.asset_id == asset.id)).rowcount
    if gone:
        _changed(collection, actor)
    return bool(gone)


def arrange(collection: Collection, asset_ids: list[int], *, actor: Person) -> None:
    """Put those of its files that are named into this order, into the places they have between them.

    The others, such as those `actor` does not see, stay where they are.
    """
    _lock(collection)
    rows = db.session.execute(select(Collected.asset_id, Collected.position).where(
        Collected.collection_id == collection.id, Collected.asset_id.in_(asset_ids)).order_by(
        Collected.position, Collected.asset_id)).all()
    there = {asset_id for asset_id, _position in rows}
    order = [key for key in dict.fromkeys(asset_ids) if key in there]
    for asset_id, (_was, position) in zip(order, rows, strict=True):
        db.session.execute(update(Collected).where(
            Collected.collection_id == collection.id, Collected.asset_id == asset_id).values(position=position))
    _changed(collection, actor)


def discard(collection: Collection, *, actor: Person) -> None:
    """Delete a collection; its files are where they were."""
    db.session.delete(collection)
    record(kinds.CollectionDeleted, actor=actor, space=collection.space, collection_id=collection.id)


def _changed(collection: Collection, actor: Person) -> None:
    record(kinds.CollectionChanged, actor=actor, space=collection.space, collection_id=collection.id)


def _lock(collection: Collection) -> None:
    """Two who put files into it at once get places one after the other."""
    db.session.execute(select(Collection.id).where(Collection.id == collection.id).with_for_update())
