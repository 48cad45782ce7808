"""What happens to reviews beyond what happens to every entry: decks are read, questions settled, reviews closed."""

from flask_babel import lazy_gettext as _l

from app.activity.kinds import Kind
from app.entries.kinds import Commented
from app.entries.models import Entry
from app.extensions import db


class DeckRead(Kind):
    """The deck of a review was read; its author has proposals to look at."""

    name = "review.deck_read"
    icon = "presentation"
    sentence = _l("The deck of “%(title)s” proposes %(count)s figures and facts")
    tells_author = "deck"


class QuestionAsked(Commented):
    """A comment that asks: the review's author should know first, then all whom a comment concerns."""

    name = "review.question_asked"
    icon = "question-mark"
    sentence = _l("%(actor)s asked in “%(thread)s”%(where)s: %(title)s")

    @classmethod
    def recipients(cls, activity):
        review = db.session.get(Entry, activity.entry.thread_id)
        writing = [review.author_id, *(each.id for each in review.co_authors)]
        return [*((person_id, "question") for person_id in writing), *super().recipients(activity)]


class QuestionVoted(Kind):
    """Somebody would like to know too. Nobody is notified: the queue shows how many."""

    name = "review.question_voted"
    icon = "thumb-up"
    sentence = _l("%(actor)s would like to know too: “%(title)s”")


class VoteWithdrawn(Kind):
    """Somebody took back a vote."""

    name = "review.vote_withdrawn"
    icon = "thumb-up"
    sentence = _l("%(actor)s took back a vote for “%(title)s”")


class AnswerAccepted(Kind):
    """An answer settled a question; who gave it should know."""

    name = "review.answer_accepted"
    icon = "check"
    sentence = _l("%(actor)s accepted the answer “%(title)s”")
    tells_author = "accepted"


class AcceptanceWithdrawn(Kind):
    """An answer does not settle its question after all."""

    name = "review.acceptance_withdrawn"
    icon = "check"
    sentence = _l("%(actor)s no longer accepts the answer “%(title)s”")


class AuthorInvited(Kind):
    """Somebody is asked to write a review along. It concerns the two of them: a draft has no other readers."""

    name = "review.author_invited"
    icon = "edit"
    sentence = _l("%(actor)s asks you to write a review together: %(title)s")

    @classmethod
    def recipients(cls, activity):
        return [(activity.person_id, "invitation")]


class PostedTogether(Kind):
    """A draft that several wrote is a review now; those who did not press the button should know."""

    name = "review.posted_together"
    icon = "presentation"
    sentence = _l("%(actor)s posted the review that you wrote along: “%(title)s”")

    @classmethod
    def recipients(cls, activity):
        return [(person.id, "author") for person in activity.entry.co_authors]


class Closed(Kind):
    """The time for questions is over; what is said from now on is a follow-up."""

    name = "review.closed"
    icon = "lock"
    sentence = _l("“%(title)s” takes no more questions")
    tells_author = "closed"


class Reopened(Kind):
    """A review takes questions again."""

    name = "review.reopened"
    icon = "lock-open"
    sentence = _l("%(actor)s opened “%(title)s” for questions again")
class CommitmentMade(Kind):
    """A next step is somebody's to do; they should know."""

    name = "review.commitment_made"
    icon = "flag"
    sentence = _l("%(actor)s counts on you in “%(title)s”: %(what)s")

    @classmethod
    def recipients(cls, activity):
        return [(activity.person_id, "commitment")]


class CommitmentSettled(Kind):
    """Somebody told what came of a next step: whose it was and whose review it is should know."""

    name = "review.commitment_settled"
    icon = "checks"
    sentence = _l("%(actor)s settled a next step of “%(title)s”: %(what)s")

    @classmethod
    def recipients(cls, activity):
        owner = [(activity.person_id, "commitment")] if activity.person_id else []
        return [*owner, (activity.entry.author_id, "settled")]


class CommitmentReopened(CommitmentSettled):
    """A next step is not settled after all."""

    name = "review.commitment_reopened"
    icon = "flag"
    sentence = _l("%(actor)s opened a next step of “%(title)s” again: %(what)s")


class CommitmentCarried(Kind):
    """A next step was promised again in the next review; who owes it should know."""

    name = "review.commitment_carried"
    icon = "arrow-forward-up"
    sentence = _l("%(actor)s carried what you owe into “%(title)s”: %(what)s")

    @classmethod
    def recipients(cls, activity):
        return [(activity.person_id, "commitment")] if activity.person_id else []


class KeyPointMade(Commented):
    """A comment that says what a review comes to: its author should know first, then all whom a comment concerns."""

    name = "review.key_point_made"
    icon = "pin"
    sentence = _l("%(actor)s made a key point of “%(thread)s”%(where)s: %(title)s")

    @classmethod
    def recipients(cls, activity):
        return [*_review_author(activity), *super().recipients(activity)]


class KeyPointMarked(Kind):
    """What somebody wrote earlier is a key point now; the review's author should know."""

    name = "review.key_point_marked"
    icon = "pin"
    sentence = _l("%(actor)s made a key point of “%(title)s”")

    @classmethod
    def recipients(cls, activity):
        return _review_author(activity)


class KeyPointWithdrawn(Kind):
    """A key point is a comment like others again."""

    name = "review.key_point_withdrawn"
    icon = "pin"
    sentence = _l("%(actor)s no longer takes “%(title)s” for a key point")


def _review_author(activity) -> list[tuple[int, str]]:
    return [(db.session.get(Entry, activity.entry.thread_id).author_id, "key_point")]
