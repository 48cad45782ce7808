"""What people do about files that are alike: use the one that is there, or say that both are wanted."""

from sqlalchemy import delete

from app.activity.recording import record
from app.assets.models import Asset
from app.db import insert_missing
from app.entries.actions import share
from app.entries.attachments import Upload
from app.extensions import db
from app.people.models import Person
from app.radar import kinds
from app.radar.models import MeantTwo
from app.spaces.models import Space


def lives_in(asset: Asset, space_id: int) -> bool:
    """Whether an asset is read in this space already."""
    return space_id in {asset.space_id, *(each.space_id for each in asset.shares)}


def use_instead(upload: Upload, asset: Asset, space: Space, *, actor: Person) -> bool:
    """Share what is there already into `space`, and let go of what was sent; False if it lived there already."""
    is_new = share(asset, space, actor=actor) is not None
    db.session.delete(upload)
    return is_new


def mean_two(one: Asset, other: Asset, *, actor: Person) -> bool:
    """Both are wanted: no report names them as copies of each other again. False if that was said before."""
    pair = dict(zip(("one_id", "other_id"), sorted((one.id, other.id)), strict=True))
    new = insert_missing(db.session, MeantTwo, [pair | {"by_id": actor.id}])
    if new:
        record(kinds.MeantToBeTwo, actor=actor, entry=one)
    return bool(new)


def mean_one(one: Asset, other: Asset, *, actor: Person) -> bool:
    """Take that back; False if it was not said."""
    smaller, larger = sorted((one.id, other.id))
    said = delete(MeantTwo).where(MeantTwo.one_id == smaller, MeantTwo.other_id == larger)
    gone = db.session.execute(said).rowcount
    if gone:
        record(kinds.NotMeantToBeTwo, actor=actor, entry=one)
    return bool(gone)
