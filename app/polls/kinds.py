"""What happens to polls."""

from flask_babel import lazy_gettext as _l

from app.activity.kinds import Kind


class PollChosen(Kind):
    """Somebody chose, or chose anew: only the counts change."""

    name = "poll.chosen"
    icon = "list-check"
    sentence = _l("%(actor)s chose in “%(title)s”")
