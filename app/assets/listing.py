"""Files as lists, grids and tables show them."""

from collections.abc import Sequence

from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.assets.models import Asset
from app.entries.cards import load_related
from app.entries.models import Share
from app.extensions import db
from app.people.models import Person


def listed(ids: Sequence[int], reader: Person | None = None) -> list[Asset]:
    """The files with these ids in this order, with all that is said of them to `reader` (default: who
    asks): three statements at most.
    """
    query = select(Asset).where(Asset.id.in_(ids)).options(
        joinedload(Asset.space), joinedload(Asset.author), selectinload(Asset.shares).joinedload(Share.space))
    found = {each.id: each for each in db.session.scalars(query)} if ids else {}
    load_related(found.values(), reader or current_user)
    return [found[key] for key in ids if key in found]
