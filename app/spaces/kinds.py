"""What happens to spaces and the people in them."""

from flask_babel import lazy_gettext as _l

from app.activity.kinds import Kind


class SpaceCreated(Kind):
    """A new place to talk."""

    name = "space.created"
    icon = "door"
    sentence = _l("%(actor)s opened %(space)s")


class SpaceChanged(Kind):
    """Name, description or access changed."""

    name = "space.changed"
    icon = "settings"
    sentence = _l("%(actor)s changed %(space)s")


class MemberAdded(Kind):
    """Somebody was taken into a space; they should know."""

    name = "space.member_added"
    icon = "user-plus"
    sentence = _l("%(actor)s invited %(person)s into %(space)s")

    @classmethod
    def recipients(cls, activity):
        return [(activity.person_id, "invitation")]


class MemberRemoved(Kind):
    """Somebody left a space, or had to."""

    name = "space.member_removed"
    icon = "user-minus"
    sentence = _l("%(person)s left %(space)s")
