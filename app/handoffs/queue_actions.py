"""Keeping queues, service levels and reasons. Each action takes its actor and never commits."""

from collections.abc import Iterable

from flask_babel import gettext as _
from sqlalchemy import delete, exists, select

from app.db import now
from app.extensions import db
from app.handoffs.actions import Unfit
from app.handoffs.models import OPEN, Handoff
from app.handoffs.queue_models import DeclineReason, Queue, QueueSeat, ServiceLevel
from app.people.models import Person

FIELDS = ("name", "team_id", "timezone", "days", "opens", "closes", "holidays")


def open_queue(
    name: str, *, actor: Person, people: Iterable[Person] = (), leaders: Iterable[Person] = (), **fields,
) -> Queue:
    """A queue with its people; `fields` are its team and its hours. Raises Unfit."""
    queue = Queue(name=name.strip(), **fields)
    db.session.add(queue)
    return change_queue(queue, actor=actor, people=people, leaders=leaders)


def change_queue(
    queue: Queue, *, actor: Person, people: Iterable[Person] | None = None, leaders: Iterable[Person] | None = None,
    **fields,
) -> Queue:
    """Change what is given. Clocks that run already keep the hours they were started in. Raises Unfit."""
    with db.session.no_autoflush:
        for name, value in fields.items():
            setattr(queue, name, value)
        for name, what in (("name", queue.name), ("team_id", queue.team_id)):
            if what is not None and _is_taken(queue, name, what):
                raise Unfit(name, _("There is a queue like that already."))
    seats = {each.person_id: each for each in queue.seats}
    if people is not None or leaders is not None:
        known = [each.person for each in queue.seats]
        people = known if people is None else list(people)
        leaders = [each.person for each in queue.seats if each.leads] if leaders is None else list(leaders)
        wanted = {each.id: each for each in (*people, *leaders)}
        leading = {each.id for each in leaders}
        queue.seats = [seats.get(key) or QueueSeat(person=person) for key, person in wanted.items()]
        for seat in queue.seats:
            seat.leads = seat.person.id in leading
    db.session.flush()
    return queue


def _is_taken(queue: Queue, name: str, value) -> bool:
    column = getattr(Queue, name)
    return bool(db.session.scalar(select(exists().where(column == value, Queue.id != (queue.id or 0)))))


def close_queue(queue: Queue, *, actor: Person) -> None:
    """Nothing is given to it any more. Raises Unfit while something waits in it."""
    waiting = select(Handoff.id).where(Handoff.queue_id == queue.id, Handoff.state.in_(OPEN),
                                       Handoff.deleted_at.is_(None))
    if db.session.scalar(waiting.limit(1)):
        raise Unfit("name", _("Something waits in it. Accept, decline or withdraw that first."))
    queue.closed_at, queue.team_id = now(), None


def agree(tier: str, *, actor: Person, answer_minutes: int, outcome_days: int) -> ServiceLevel:
    """How quickly hand-offs of this tier are answered from now on."""
    level = db.session.get(ServiceLevel, tier) or ServiceLevel(tier=tier)
    level.answer_minutes, level.outcome_days = answer_minutes, outcome_days
    db.session.add(level)
    db.session.flush()
    return level


def offer_reasons(names: Iterable[str], *, actor: Person) -> None:
    """Why something may be declined from now on, in this order. What was declined keeps its reason."""
    db.session.execute(delete(DeclineReason))
    unique = dict.fromkeys(name.strip() for name in names if name.strip())
    db.session.add_all(DeclineReason(name=name, position=place) for place, name in enumerate(unique))
    db.session.flush()
