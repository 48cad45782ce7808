"""What happens to learnings: somebody tries them elsewhere."""

from flask_babel import lazy_gettext as _l

from app.activity.kinds import Kind


class TrialStarted(Kind):
    """Somebody applies a learning; whoever stated it should know."""

    name = "learning.trial_started"
    icon = "repeat"
    sentence = _l("%(actor)s applies “%(title)s” in %(place)s")
    tells_author = "trial"


class TrialEnded(Kind):
    """A trial has a result."""

    name = "learning.trial_ended"
    icon = "repeat"
    sentence = _l("%(actor)s reports: “%(title)s” %(result)s in %(place)s")
    tells_author = "trial"


class TrialOverdue(Kind):
    """A trial should have ended; its owner is asked what came of it."""

    name = "learning.trial_overdue"
    icon = "clock"
    sentence = _l("What came of “%(title)s” in %(place)s?")

    @classmethod
    def recipients(cls, activity):
        return [(activity.person_id, "trial")]


class EvidenceAdded(Kind):
    """A learning rests on one thing more."""

    name = "learning.evidence_added"
    icon = "link"
    sentence = _l("%(actor)s added evidence to “%(title)s”")
    tells_author = "evidence"


class Vouched(Kind):
    """Somebody stands for a learning."""

    name = "learning.vouched"
    icon = "user-check"
    sentence = _l("%(actor)s vouches for “%(title)s”")
    tells_author = "vouch"


class Superseded(Kind):
    """A better learning takes the place of one."""

    name = "learning.superseded"
    icon = "arrow-right"
    sentence = _l("%(actor)s: a newer learning supersedes “%(title)s”")
    tells_author = "superseded"


class Contradicted(Kind):
    """Two learnings cannot both hold."""

    name = "learning.contradicted"
    icon = "alert-triangle"
    sentence = _l("%(actor)s: another learning contradicts “%(title)s”")
    tells_author = "contradicted"
