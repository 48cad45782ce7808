"""What happens in a review cycle. Its events stand in the cycle's space; `cycle_id` says which cycle it is."""

from datetime import date

from flask_babel import format_date
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.activity.kinds import Kind
from app.cycles.models import OwedReview, reviewers
from app.extensions import db
from app.reviews.quarters import spoken


class OfCycle:
    """Its notifications lead to the board, and name the quarter as people do."""

    @classmethod
    def details(cls, activity):
        return activity.data | {"quarter": spoken(activity.data["quarter"])}

    @classmethod
    def url(cls, activity) -> str:
        return f"/reviews/cycles/{activity.data['cycle_id']}"


class CycleStarted(OfCycle, Kind):
    """A cycle began: who owes a review in it should know."""

    name = "cycle.started"
    icon = "calendar"
    sentence = _l("%(actor)s started the reviews of %(quarter)s: you owe one")

    @classmethod
    def recipients(cls, activity):
        owing = select(OwedReview.owner_id).where(OwedReview.cycle_id == activity.data["cycle_id"])
        return [(person_id, "due") for person_id in db.session.scalars(owing.distinct())]


class CycleChanged(OfCycle, Kind):
    """Its days, its reviewers or what is owed in it changed; who owes one now should know."""

    name = "cycle.changed"
    icon = "calendar"
    sentence = _l("%(actor)s changed the reviews of %(quarter)s: you owe one")

    @classmethod
    def recipients(cls, activity):
        return [(person_id, "due") for person_id in activity.data["new_owner_ids"]]


class ReviewDue(OfCycle, Kind):
    """Somebody is reminded of a review they owe."""

    name = "cycle.review_due"
    icon = "clock"
    sentence = _l("The review of %(owed)s for %(quarter)s is due on %(due_on)s")

    @classmethod
    def details(cls, activity):
        due_on = date.fromisoformat(activity.data["due_on"])
        return super().details(activity) | {"due_on": format_date(due_on, "d MMMM")}

    @classmethod
    def recipients(cls, activity):
        return [(activity.person_id, "due")]


class ReviewPosted(Kind):
    """A review that was owed is there: the reviewers of its cycle should read it and ask."""

    name = "cycle.review_posted"
    icon = "presentation"
    sentence = _l("%(actor)s posted the review “%(title)s”: read it and ask")

    @classmethod
    def recipients(cls, activity):
        reading = select(reviewers.c.person_id).where(reviewers.c.cycle_id == activity.data["cycle_id"])
        return [(person_id, "review") for person_id in db.session.scalars(reading)]
