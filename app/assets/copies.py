"""Where the very bytes of a file are shared already."""

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import contains_eager

from app.access import entry_clause, home_of
from app.assets.models import Asset, Version
from app.entries.models import Entry
from app.extensions import db
from app.people.models import Person
from app.spaces.models import ROOM, Space

MOST = 60


def findable(person: Person, entry=Entry) -> ColumnElement:
    """True, in SQL, for what may be shown to a person as existing already: what they may see; no deck of a draft."""
    rooms = select(Space.id).where(Space.kind == ROOM)
    return entry_clause(person, entry) & entry.deleted_at.is_(None) & entry.space_id.not_in(rooms)


def copies(sha256: str, *, seen: ColumnElement, besides: int | None = None) -> list[Version]:
    """Versions with these bytes of assets for which `seen` is true, the newest first."""
    query = select(Version).join(Version.asset).where(Version.sha256 == sha256, seen)
    if besides is not None:
        query = query.where(Version.asset_id != besides)
    query = query.options(contains_eager(Version.asset).joinedload(Asset.space))
    return list(db.session.scalars(query.order_by(Version.id.desc()).limit(MOST)))


def said_of(version: Version, person: Person) -> str:
    """A sentence on what a new version is an exact copy of, for who added it; "" if of nothing they may see."""
    older = select(Version.number).where(
        Version.asset_id == version.asset_id, Version.sha256 == version.sha256, Version.number < version.number)
    if number := db.session.scalar(older.order_by(Version.number.desc()).limit(1)):
        return _("It is the same file as version %(number)s.", number=number)
    if others := copies(version.sha256, seen=findable(person, Asset), besides=version.asset_id):
        asset = others[0].asset
        return _("It is the same file as “%(title)s” in %(space)s.", title=asset.title,
                 space=home_of(person, asset).name)
    return ""
