"""What happens to spaces and the people in them."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.activity.kinds import Kind
from app.extensions import db
from app.spaces.models import Membership


class _AtTheDoor:
    """Who knows of the space may hear of it."""

    at_the_door = True


class SpaceCreated(_AtTheDoor, Kind):
    """A new place to talk."""

    name = "space.created"
    icon = "door"
    sentence = _l("%(actor)s opened %(space)s")


class SpaceChanged(_AtTheDoor, Kind):
    """Name, description or access changed."""

    name = "space.changed"
    icon = "settings"
    sentence = _l("%(actor)s changed %(space)s")


class MemberAdded(_AtTheDoor, Kind):
    """Somebody was taken into a space; they should know."""

    name = "space.member_added"
    icon = "user-plus"
    sentence = _l("%(actor)s invited %(person)s into %(space)s")

    @classmethod
    def recipients(cls, activity):
        return [(activity.person_id, "invitation")]


class MemberRemoved(_AtTheDoor, Kind):
    """Somebody left a space, or had to."""

    name = "space.member_removed"
    icon = "user-minus"
    sentence = _l("%(person)s left %(space)s")


def _owners(activity):
    query = select(Membership.person_id).where(Membership.space_id == activity.space_id, Membership.role == "owner")
    return db.session.scalars(query)


class JoinRequested(_AtTheDoor, Kind):
    """Somebody asks to be taken into a closed space; its owners should know."""

    name = "space.join_requested"
    icon = "user-plus"
    sentence = _l("%(actor)s asks to join %(space)s")

    @classmethod
    def recipients(cls, activity):
        return [(person_id, "owner") for person_id in _owners(activity)]

    @classmethod
    def url(cls, activity):
        """To where it is answered."""
        return f"/spaces/{activity.space.slug}/people"

    @classmethod
    def rooms(cls, activity):
        """Nobody else's business: the bell of the owners rings, no page changes."""
        return []


class JoinRequestDeclined(_AtTheDoor, Kind):
    """An owner did not take them in; who asked should know."""

    name = "space.join_declined"
    icon = "user-minus"
    sentence = _l("%(actor)s declined your request to join %(space)s")

    @classmethod
    def recipients(cls, activity):
        return [(activity.person_id, "request")]

    @classmethod
    def rooms(cls, activity):
        return []


class SpaceArchived(_AtTheDoor, Kind):
    """A space is a record from now on; who runs it with the actor should know."""

    name = "space.archived"
    icon = "archive"
    sentence = _l("%(actor)s archived %(space)s")

    @classmethod
    def recipients(cls, activity):
        return [(person_id, "owner") for person_id in _owners(activity)]


class SpaceRestored(_AtTheDoor, Kind):
    """An archived space is alive again."""

    name = "space.restored"
    icon = "archive-off"
    sentence = _l("%(actor)s took %(space)s out of the archive")

    @classmethod
    def recipients(cls, activity):
        return [(person_id, "owner") for person_id in _owners(activity)]
