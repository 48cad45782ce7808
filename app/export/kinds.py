"""What happens to exports."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.activity.kinds import Kind
from app.extensions import db
from app.spaces.models import Membership


class _Quiet:
    """Nobody's page changes, only bells ring."""

    icon = "download"

    @classmethod
    def rooms(cls, activity):
        return []


class _Ended(_Quiet):
    """Who asked for it should know."""

    @classmethod
    def recipients(cls, activity):
        return [(activity.person_id, "request")]

    @classmethod
    def url(cls, activity):
        """To where it is downloaded."""
        return f"/exports/{activity.data['export_id']}"


class ExportAsked(_Quiet, Kind):
    """Somebody takes a copy of a whole space; who else owns it should know."""

    name = "export.asked"
    sentence = _l("%(actor)s exports %(space)s with all its files")

    @classmethod
    def recipients(cls, activity):
        query = select(Membership.person_id).where(Membership.space_id == activity.space_id, Membership.role == "owner")
        return [(person_id, "owner") for person_id in db.session.scalars(query)]


class ExportReady(_Ended, Kind):
    """The archive can be downloaded."""

    name = "export.ready"
    sentence = _l("Your export of %(space)s is ready")


class ExportFailed(_Ended, Kind):
    """There is no archive."""

    name = "export.failed"
    icon = "alert-triangle"
    sentence = _l("Your export of %(space)s could not be made")
