"""Reminders of reviews that are owed: in the app and by mail, before and after the day they are due."""

from datetime import date, datetime, timedelta

from flask_babel import force_locale, format_date
from sqlalchemy import or_, select, update
from sqlalchemy.orm import contains_eager, joinedload

from app import jobs, mail
from app.access import can
from app.activity.delivery import end_of_sweep, rollback
from app.activity.recording import record
from app.cycles import kinds
from app.cycles.models import OwedReview, ReviewCycle
from app.db import now
from app.extensions import db
from app.people.days import today_for
from app.reviews.quarters import spoken

STEPS = (-7, -1, 1, 7, 14)
"""Days after (negative: before) the day it is due on which a review that is owed is reminded of."""
FIRST, LAST = min(STEPS), max(STEPS)
LOST_AFTER = timedelta(minutes=15)
"""So long a mail may be on its way before it counts as lost."""


def step_of(due_on: date, today: date) -> date | None:
    """The last day of a reminder that has come; None before the first, or long after the last."""
    come = [due_on + timedelta(days=step) for step in STEPS if due_on + timedelta(days=step) <= today]
    return come[-1] if come and today <= due_on + timedelta(days=LAST + 7) else None


def remind_due(moment: datetime) -> int:
    """Remind whoever has a day of a reminder behind them and was not reminded since; how many were."""
    near = moment.date()
    open_ones = select(OwedReview).join(OwedReview.cycle).where(
        OwedReview.posted_at.is_(None), ReviewCycle.due_on <= near + timedelta(days=1 - FIRST),
        ReviewCycle.due_on >= near - timedelta(days=LAST + 8),
    ).options(contains_eager(OwedReview.cycle).joinedload(ReviewCycle.space), joinedload(OwedReview.owner))
    reminded = 0
    for owed in db.session.scalars(open_ones).all():
        today = today_for(owed.owner, moment)
        day = step_of(owed.cycle.due_on, today)
        begun = today_for(owed.owner, owed.cycle.created_at)
        if day and day > begun and (owed.reminded_on is None or owed.reminded_on < day):
            reminded += remind(owed, today)
    return reminded


def remind(owed: OwedReview, today: date | None = None) -> bool:
    """Remind its owner now; False when they are gone, or may not see the cycle any more."""
    owner, cycle = owed.owner, owed.cycle
    if not owner.is_active or not can(owner, "read", cycle) or cycle.space.is_archived:
        return False
    owed.reminded_on, owed.mailed_on, owed.claimed_at = today or today_for(owner), None, None
    record(kinds.ReviewDue, actor=None, space=cycle.space, person=owner, cycle_id=cycle.id, owed=owed.name,
           quarter=cycle.quarter, due_on=cycle.due_on.isoformat())
    jobs.request("cycles.mail_reminder", owed.id)
    return True


def _unsent(moment: datetime) -> tuple:
    """Reminders whose mail is not out and not on its way."""
    return (
        OwedReview.posted_at.is_(None), OwedReview.reminded_on.is_not(None),
        OwedReview.mailed_on.is_distinct_from(OwedReview.reminded_on),
        or_(OwedReview.claimed_at.is_(None), OwedReview.claimed_at < moment - LOST_AFTER),
    )


@jobs.job("cycles.mail_reminder")
def mail_reminder(owed_id: int) -> None:
    """Mail a reminder, once; while the mail server is away it stays unsent and the sweep tries again."""
    moment = now()
    mine = update(OwedReview).where(OwedReview.id == owed_id, *_unsent(moment)).values(claimed_at=moment)
    claimed = db.session.execute(mine.execution_options(synchronize_session=False)).rowcount
    db.session.commit()
    if not claimed:
        return
    owed = db.session.get(OwedReview, owed_id, populate_existing=True)
    address, reminded_on, letter = owed.owner.email, owed.reminded_on, _letter(owed)
    # The mail server may take its time; nobody waits for it with us.
    db.session.rollback()
    mail.deliver(address, *letter)
    sent = update(OwedReview).where(OwedReview.id == owed_id).values(mailed_on=reminded_on, claimed_at=None)
    db.session.execute(sent)
    db.session.commit()


def _letter(owed: OwedReview) -> tuple[str, str]:
    """Subject and text, in the language of who owes."""
    owner, cycle = owed.owner, owed.cycle
    with force_locale(owner.locale):
        return mail.compose(
            "review_due", person=owner, owed=owed.name, quarter=spoken(cycle.quarter),
            due_on=format_date(cycle.due_on, "d MMMM y"), is_late=cycle.due_on < owed.reminded_on,
            link=mail.absolute("cycles.owed", key=owed.id),
        )


@jobs.every_minute
def remind_regularly() -> int:
    """How many were reminded."""
    return end_of_sweep(remind_due(now()))


@jobs.every_minute
def mail_what_is_left() -> int:
    """Reminders whose mail did not go out yet; how many are tried."""
    left = select(OwedReview.id).where(*_unsent(now())).order_by(OwedReview.claimed_at, OwedReview.id)
    ids = list(db.session.scalars(left.limit(50)))
    rollback()
    for owed_id in ids:
        jobs.enqueue("cycles.mail_reminder", owed_id)
    return len(ids)
