"""What people do with the versions of an asset besides adding one."""

from flask_babel import gettext as _
from sqlalchemy import select

from app.assets import kinds
from app.assets.actions import KeptFile, add_version
from app.assets.models import Asset, Version
from app.extensions import db
from app.people.models import Person


class AlreadyCurrent(ValueError):
    """The newest version has these very bytes: there is nothing to bring back."""


def restore(version: Version, *, actor: Person) -> Version:
    """Make an older version the newest again: a new version of the same bytes, which are stored once.

    Raises AlreadyCurrent.
    """
    asset = version.asset
    # Two who restore at once: the second finds it done.
    db.session.execute(select(Asset.id).where(Asset.id == asset.id).with_for_update(of=Asset.__table__))
    db.session.expire(asset, ["versions"])
    if asset.current.sha256 == version.sha256:
        raise AlreadyCurrent
    file = KeptFile(version.sha256, version.bytes, version.filename, version.media_type, version.media_kind)
    note = _("Version %(number)s again", number=version.number)
    return add_version(asset, file, actor=actor, note=note, kind=kinds.VersionRestored, restored=version.number)
