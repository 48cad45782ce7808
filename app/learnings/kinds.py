"""What happens to learnings: somebody tries them elsewhere."""

from flask_babel import lazy_gettext as _l

from app.activity.kinds import Kind


class TrialStarted(Kind):
    """Somebody applies a learning; whoever stated it should know."""

    name = "learning.trial_started"
    icon = "repeat"
    sentence = _l("%(actor)s applies “%(title)s” in %(place)s")

    @classmethod
    def recipients(cls, activity):
        return [(activity.entry.author_id, "trial")]


class TrialEnded(Kind):
    """A trial has a result."""

    name = "learning.trial_ended"
    icon = "repeat"
    sentence = _l("%(actor)s reports: “%(title)s” %(result)s in %(place)s")

    @classmethod
    def recipients(cls, activity):
        return [(activity.entry.author_id, "trial")]
