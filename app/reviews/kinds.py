"""What happens to reviews beyond what happens to every entry."""

from flask_babel import lazy_gettext as _l

from app.activity.kinds import Kind


class DeckRead(Kind):
    """The deck of a review was read; its author has proposals to look at."""

    name = "review.deck_read"
    icon = "presentation"
    sentence = _l("The deck of “%(title)s” proposes %(count)s figures and facts")

    @classmethod
    def recipients(cls, activity):
        return [(activity.entry.author_id, "deck")]
