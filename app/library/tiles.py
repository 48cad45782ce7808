"""Files as the library shows them."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.assets.models import Asset
from app.entries.models import Share
from app.extensions import db


def in_order(ids: list[int]) -> list[Asset]:
    """The files with these ids, with what a tile says of them: two statements."""
    query = select(Asset).where(Asset.id.in_(ids)).options(
        joinedload(Asset.space), joinedload(Asset.author), selectinload(Asset.shares).joinedload(Share.space))
    found = {each.id: each for each in db.session.scalars(query)} if ids else {}
    return [found[key] for key in ids if key in found]
