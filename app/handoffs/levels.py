"""What was agreed: how quickly, in whose hours, and the reasons for declining; with defaults until somebody says so."""

from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.db import now
from app.extensions import db
from app.handoffs.clock import Hours, due, worked
from app.handoffs.models import Handoff
from app.handoffs.queue_models import DeclineReason, Queue, ServiceLevel
from app.people.models import Person

DEFAULTS = {"A": (4 * 60, 5), "B": (8 * 60, 10), "C": (16 * 60, 15)}
"""Per tier: minutes of working time until sales answers, working days until it says what came of it."""
REASONS = (
    _l("No need or budget now"), _l("The wrong person"), _l("We talk to them already"), _l("Not a fit for us"),
    _l("No permission to contact"), _l("Too little to go on"),
)
WARNED = 4
"""Who owes something is reminded when a quarter of the time is left."""
HOLIDAYS_KEPT = timedelta(days=400)


def levels() -> dict[str, ServiceLevel]:
    """The service level of each tier."""
    said = {each.tier: each for each in db.session.scalars(select(ServiceLevel))}
    return {tier: said.get(tier) or ServiceLevel(tier=tier, answer_minutes=minutes, outcome_days=days)
            for tier, (minutes, days) in DEFAULTS.items()}


def reasons() -> list[str]:
    """Why something may be declined, in the order in which it is offered."""
    said = list(db.session.scalars(select(DeclineReason.name).order_by(DeclineReason.position, DeclineReason.id)))
    return said or [str(each) for each in REASONS]


def hours_of(person: Person) -> Hours:
    """When this person works: as the queue of their team does, on their own clock."""
    queue = person.team_id and db.session.scalar(
        select(Queue).where(Queue.team_id == person.team_id, Queue.closed_at.is_(None)))
    usual = queue.hours if queue else Hours()
    return Hours(person.timezone, usual.days, usual.opens, usual.closes, usual.holidays)


def start_answer(handoff: Handoff, moment: datetime) -> None:
    """The clock of the answer begins, in the hours of the queue or the person it is given to."""
    _start(handoff, _hours_to_answer(handoff), moment, timedelta(minutes=levels()[handoff.tier].answer_minutes))


def start_outcome(handoff: Handoff, moment: datetime) -> None:
    """The clock of the outcome begins, in the hours of who accepted it."""
    hours = hours_of(handoff.taker)
    _start(handoff, hours, moment, levels()[handoff.tier].outcome_days * hours.day_length)


def pass_on(handoff: Handoff, moment: datetime) -> None:
    """The clock goes along to whom it is given now: what is left of it, in their hours. Late stays late: the answer was
    promised to who gave it and to the customer, whoever gives it, and passing on buys no time. It stands still as long
    as marketing owes an answer.
    """
    left = None if handoff.due_at is None else worked(handoff.hours, moment, handoff.due_at)
    _keep_hours(handoff, _hours_to_answer(handoff), moment)
    if left is not None:
        resume(handoff, moment, left)


def pass_back(handoff: Handoff, moment: datetime) -> None:
    """Who accepted it passes it on: whom it waits for has the time of an answer once more, in their hours, but never
    more than was left until the outcome, for passing on buys no time.
    """
    left = worked(handoff.hours, moment, handoff.due_at)
    start_answer(handoff, moment)
    if left < timedelta(seconds=handoff.allowed):
        resume(handoff, moment, left)


def _hours_to_answer(handoff: Handoff) -> Hours:
    return handoff.queue.hours if handoff.queue else hours_of(handoff.person)


def _keep_hours(handoff: Handoff, hours: Hours, moment: datetime) -> None:
    near = moment.date()
    holidays = frozenset(each for each in hours.holidays if abs(each - near) < HOLIDAYS_KEPT)
    handoff.hours = Hours(hours.zone, hours.days, hours.opens, hours.closes, holidays)


def _start(handoff: Handoff, hours: Hours, moment: datetime, allowed: timedelta) -> None:
    _keep_hours(handoff, hours, moment)
    handoff.allowed = int(allowed.total_seconds())
    resume(handoff, moment, allowed)


def resume(handoff: Handoff, moment: datetime, remaining: timedelta) -> None:
    """The clock runs (again) with so much working time on it; negative: it was late already, by so much."""
    handoff.due_at = due(handoff.hours, moment, remaining)
    handoff.warn_at = due(handoff.hours, handoff.due_at, -timedelta(seconds=handoff.allowed) / WARNED)
    handoff.remaining, handoff.reminded = None, 2 if handoff.due_at <= moment else 0


def stop(handoff: Handoff) -> None:
    """Nothing is owed."""
    handoff.due_at = handoff.warn_at = handoff.remaining = None


def is_late(handoff: Handoff, moment: datetime | None = None) -> bool:
    """Whether what is owed is over."""
    return handoff.due_at is not None and handoff.due_at < (moment or now())
