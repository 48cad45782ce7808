"""What happens when files are adapted, change their rights, or their origin moves on."""

from datetime import date

from flask_babel import format_date
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.access import who_may_see
from app.activity.kinds import Kind
from app.assets.models import Asset
from app.extensions import db
from app.reuse.models import Derivation


def _origin(activity) -> Asset | None:
    query = select(Asset).join(Derivation, Derivation.origin_id == Asset.id)
    return db.session.scalar(query.where(Derivation.asset_id == activity.entry_id))


class Adapted(Kind):
    """Somebody made their own of a file; who shared that one should know, if they may see what came of it."""

    name = "asset.adapted"
    icon = "git-fork"
    sentence = _l("%(actor)s adapted a file of yours: “%(title)s”")

    @classmethod
    def recipients(cls, activity):
        origin = _origin(activity)
        return [(origin.author_id, "adapted")] if origin else []


class OriginChanged(Kind):
    """What a file was adapted from has a newer version. Its owner is told who may see that one; it is not named."""

    name = "asset.origin_changed"
    icon = "git-fork"
    sentence = _l("What “%(title)s” was adapted from has a newer version")

    @classmethod
    def recipients(cls, activity):
        origin, owner = _origin(activity), activity.entry.author_id
        return [(owner, "stale")] if origin and who_may_see(origin, [owner]) else []


class OriginSettled(Kind):
    """Somebody looked at the newer version of the origin and said what it means for their own."""

    name = "asset.origin_settled"
    icon = "check"
    sentence = _l("%(actor)s brought “%(title)s” in step with what it was adapted from")
    tells_author = "author"


class RightsChanged(Kind):
    """Where, by whom and until when a file may be used is said anew."""

    name = "asset.rights_changed"
    icon = "license"
    sentence = _l("%(actor)s changed what “%(title)s” may be used for")
    tells_author = "author"


class RightsEnding(Kind):
    """The rights to a file end soon, or today."""

    name = "asset.rights_ending"
    icon = "clock"
    sentence = _l("“%(title)s” may be used until %(until)s")
    tells_author = "expiry"

    @classmethod
    def details(cls, activity):
        return {"until": format_date(date.fromisoformat(activity.data["until"]), "d MMMM y")}
