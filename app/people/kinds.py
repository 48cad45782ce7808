"""What happens to people: they join, they are followed."""

from flask_babel import lazy_gettext as _l

from app.activity.kinds import Kind


class PersonJoined(Kind):
    """Somebody accepted an invitation; who invited them should know."""

    name = "person.joined"
    icon = "user-plus"
    sentence = _l("%(actor)s accepted your invitation")

    @classmethod
    def recipients(cls, activity):
        return [(activity.data["invited_by"], "invitation")] if activity.data.get("invited_by") else []


class Followed(Kind):
    """Somebody wants a colleague's entries in their home feed."""

    name = "person.followed"
    icon = "user-check"
    sentence = _l("%(actor)s follows you")

    @classmethod
    def recipients(cls, activity):
        return [(activity.person_id, "follow")]
