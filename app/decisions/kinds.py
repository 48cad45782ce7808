"""What happens to decisions besides what happens to every entry."""

from flask_babel import lazy_gettext as _l

from app.activity.kinds import NEW_ENTRY, Kind
from app.entries.kinds import Posted, watchers


def _deciders(activity):
    return [(each.id, "decider") for each in activity.entry.deciders]


class DecisionAsked(Posted):
    """A question waits for a decision; who is to decide should know."""

    name = "decision.asked"
    counts_as = NEW_ENTRY
    icon = "gavel"
    sentence = _l("%(actor)s asks for a decision: “%(title)s”")

    @classmethod
    def recipients(cls, activity):
        return [*_deciders(activity), *super().recipients(activity)]


class DecisionTaken(Kind):
    """A question that was open is decided; who decides, who asked and who watches it should know."""

    name = "decision.taken"
    counts_as = "decision"
    icon = "gavel"
    sentence = _l("%(actor)s decided “%(title)s”")

    @classmethod
    def recipients(cls, activity):
        return [*_deciders(activity), *watchers(activity.entry_id, "thread")]


class DecisionSuperseded(Kind):
    """A decision no longer holds: a newer one replaced it."""

    name = "decision.superseded"
    icon = "gavel"
    sentence = _l("%(actor)s superseded the decision “%(title)s”")

    @classmethod
    def recipients(cls, activity):
        return [(activity.entry.author_id, "author"), *_deciders(activity)]
