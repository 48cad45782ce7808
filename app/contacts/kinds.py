"""What happens to the people on the customer's side. Nobody is notified: who works the account sees them there."""

from flask_babel import lazy_gettext as _l

from app.activity.kinds import Kind


class ContactAdded(Kind):
    """We know somebody more at a customer."""

    name = "contact.added"
    icon = "user-plus"
    sentence = _l("%(actor)s added %(contact)s to the people at %(space)s")


class ContactChanged(Kind):
    """What we know of them changed: `fields` names what."""

    name = "contact.changed"
    icon = "edit"
    sentence = _l("%(actor)s changed what we know of %(contact)s at %(space)s")


class ContactRemoved(Kind):
    """They are no longer kept; what they said stays."""

    name = "contact.removed"
    icon = "trash"
    sentence = _l("%(actor)s removed %(contact)s from the people at %(space)s")
