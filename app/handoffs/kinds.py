"""What happens to hand-offs. Both sides of an account hear of it: who gave it, who took it, who owns the account."""

from decimal import Decimal

from flask_babel import lazy_gettext as _l

from app.accounts.kinds import owners
from app.activity.kinds import Kind
from app.amounts import money
from app.entries.kinds import Commented, Posted, watchers
from app.handoffs.models import Handoff


def addressees(handoff: Handoff) -> list[tuple[int, str]]:
    """Whom it waits for: the person, or everybody who works the queue."""
    if handoff.person_id:
        return [(handoff.person_id, "handed")]
    return [(key, "queue") for key in handoff.queue.person_ids()]


def _both_sides(handoff: Handoff) -> list[tuple[int, str]]:
    taker = [(handoff.taker_id, "taker")] if handoff.taker_id else []
    return [(handoff.author_id, "giver"), *taker, *owners(handoff.space.account), *watchers(handoff.id, "thread")]


class _ForBothSides:
    """Who gave it, who took it, who owns the account and who watches the thread should know."""

    @classmethod
    def recipients(cls, activity):
        return _both_sides(activity.entry)


class _ForAllOfThem:
    """Both sides should know, and whom it waits for."""

    @classmethod
    def recipients(cls, activity):
        return [*addressees(activity.entry), *_both_sides(activity.entry)]


class HandoffGiven(Posted):
    """Marketing hands something over; whom it waits for and who owns the account should know."""

    name = "handoff.given"
    icon = "heart-handshake"
    sentence = _l("%(actor)s hands over “%(title)s” in %(space)s")

    @classmethod
    def recipients(cls, activity):
        handoff = activity.entry
        return [*addressees(handoff), *super().recipients(activity), *owners(handoff.space.account)]


class HandoffNoted(Commented):
    """The words that go with a step; who is named in them should know, everybody else hears of the step itself."""

    name = "handoff.noted"

    @classmethod
    def recipients(cls, activity):
        return [(key, reason) for key, reason in super().recipients(activity) if reason == "mention"]


class HandoffAsked(_ForBothSides, Kind):
    """Sales needs to know more first; marketing should answer."""

    name = "handoff.asked"
    icon = "question-mark"
    sentence = _l("%(actor)s asks back about “%(title)s”")


class HandoffAnswered(_ForAllOfThem, Kind):
    """Marketing answered what sales asked back; it waits for sales again."""

    name = "handoff.answered"
    icon = "message-circle"
    sentence = _l("%(actor)s answered about “%(title)s”")


class HandoffPassed(_ForAllOfThem, Kind):
    """Sales gave it to somebody else of theirs: whom it waits for now should know, and both sides."""

    name = "handoff.passed"
    icon = "arrows-exchange"
    sentence = _l("%(actor)s passed “%(title)s” on")


class HandoffAccepted(_ForBothSides, Kind):
    """Sales took it; who gave it and who owns the account should know."""

    name = "handoff.accepted"
    icon = "circle-check"
    sentence = _l("%(actor)s accepted “%(title)s”")


class HandoffDeclined(_ForBothSides, Kind):
    """Sales does not take it, and says why."""

    name = "handoff.declined"
    icon = "x"
    sentence = _l("%(actor)s declined “%(title)s”: %(reason)s")


class HandoffWithdrawn(_ForAllOfThem, Kind):
    """Who gave it took it back; it waits for nobody any more."""

    name = "handoff.withdrawn"
    icon = "arrow-back-up"
    sentence = _l("%(actor)s took “%(title)s” back")


class HandoffDue(Kind):
    """Time runs out, or has; who owes it should know, and once it is late who gave it and who owns the account too."""

    name = "handoff.due"
    icon = "clock"
    sentence = _l("“%(title)s” waits: %(owed)s")

    @classmethod
    def details(cls, activity):
        """What is owed, in the reader's language."""
        late, outcome = activity.data["late"], activity.data["outcome"]
        return {"owed": OWED[late, outcome]}

    @classmethod
    def recipients(cls, activity):
        handoff = activity.entry
        owing = [(handoff.taker_id, "taker")] if handoff.taker_id else addressees(handoff)
        return [*owing, *(_both_sides(handoff) if activity.data["late"] else ())]


OWED = {
    (False, False): _l("the time to answer runs out"), (True, False): _l("the answer is late"),
    (False, True): _l("the time to say what came of it runs out"), (True, True): _l("what came of it is overdue"),
}


class _CameOfIt:
    """What came of it goes back to who gave it, and to the campaign it came from."""

    icon = "flag"

    @classmethod
    def recipients(cls, activity):
        handoff = activity.entry
        campaign = [(handoff.review.author_id, "campaign")] if handoff.review else []
        return [*_both_sides(handoff), *campaign]

    @classmethod
    def details(cls, activity):
        """With the amount as the reader writes it."""
        if "amount" not in activity.data:
            return activity.data
        amount = money(Decimal(activity.data["amount"]), activity.data["currency"])
        return activity.data | {"amount": amount}


class HandoffMeeting(_CameOfIt, Kind):
    """They met."""

    name = "handoff.meeting"
    sentence = _l("%(actor)s has a meeting out of “%(title)s”")


class HandoffOpportunity(_CameOfIt, Kind):
    """There is something to win."""

    name = "handoff.opportunity"
    sentence = _l("%(actor)s has an opportunity out of “%(title)s”: %(amount)s")


class HandoffWon(_CameOfIt, Kind):
    """They bought."""

    name = "handoff.won"
    icon = "rosette"
    sentence = _l("%(actor)s won “%(title)s”: %(amount)s")


class HandoffLost(_CameOfIt, Kind):
    """They did not."""

    name = "handoff.lost"
    icon = "x"
    sentence = _l("%(actor)s lost “%(title)s”: %(reason)s")


class HandoffRecycled(_CameOfIt, Kind):
    """It is too early; marketing tries again later."""

    name = "handoff.recycled"
    icon = "repeat"
    sentence = _l("%(actor)s gives “%(title)s” back to marketing for later")


OUTCOMES = {"meeting": HandoffMeeting, "opportunity": HandoffOpportunity, "won": HandoffWon, "lost": HandoffLost,
            "recycled": HandoffRecycled}
