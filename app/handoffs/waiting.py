"""The page of hand-offs: what waits for somebody, what they owe and gave; paged by key, in bounded statements."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Select, and_, func, literal, or_, select
from sqlalchemy.orm import contains_eager, joinedload
from werkzeug.exceptions import BadRequest

from app.access import LARGEST_KEY, visible
from app.db import now
from app.entries.models import Entry
from app.entries.places import rooted_in
from app.extensions import db
from app.handoffs.models import OPEN, STATES, WAITING, Handoff
from app.handoffs.queue_models import Queue, queues_of
from app.people.models import Person
from app.spaces.models import Space
from app.web import PAGE_SIZE, moment_read

VIEWS = ("waiting", "owed", "given", "all")
SOONEST_LAST = datetime(9999, 1, 1, tzinfo=UTC)
"""Where nothing is owed: after everything that is."""
UNFINISHED = Handoff.outcome.is_(None) | Handoff.outcome.in_(("meeting", "opportunity"))
soonest = func.coalesce(Handoff.due_at, SOONEST_LAST, type_=Handoff.due_at.type)
IS_OPEN = or_(Handoff.state.in_(OPEN), and_(Handoff.state == "accepted", UNFINISHED))
"""True, in SQL, for what waits for either side, and what was accepted and may still come to something."""
IS_OWED = or_(Handoff.state.in_(OPEN), Handoff.due_at.is_not(None))
"""True, in SQL, where somebody owes the next word: an answer of either side, or the first outcome."""


@dataclass(frozen=True)
class Wanted:
    """Which hand-offs: a view, and narrower."""

    view: str = VIEWS[0]
    queue_id: int | None = None
    tier: str = ""
    state: str = ""
    late: bool = False
    space_id: int | None = None

    @property
    def is_narrowed(self) -> bool:
        return bool(self.queue_id or self.tier or self.state or self.late)

    def address(self, **changes) -> dict:
        """What the address keeps, without what is empty."""
        kept = {"view": self.view if self.view != VIEWS[0] else "", "queue": self.queue_id, "tier": self.tier,
                "state": self.state, "late": "1" if self.late else ""} | changes
        return {name: value for name, value in kept.items() if value}


def waits_for(person: Person):
    """True, in SQL, for what waits for this person, alone or with a queue; what sales asked waits for who gave it."""
    handoff, entry = Handoff.__table__.alias(), Entry.__table__.alias()
    asked = select(handoff.c.id).join(entry, entry.c.id == handoff.c.id).where(
        handoff.c.state == literal("asked", literal_execute=True), entry.c.author_id == person.id)
    # Each of the three by an index: together in one condition SQLite would read all hand-offs.
    return or_(and_(Handoff.person_id == person.id, Handoff.state.in_(WAITING)),
               and_(Handoff.queue_id.in_(queues_of(person)), Handoff.state.in_(WAITING)), Handoff.id.in_(asked))


def owed_by(person: Person):
    """True, in SQL, for what this person accepted and can still say more of."""
    return and_(Handoff.taker_id == person.id, Handoff.state == "accepted", UNFINISHED)


def _views(person: Person) -> dict:
    return {"waiting": waits_for(person), "given": Handoff.author_id == person.id,
            "owed": owed_by(person)}


def living(person: Person) -> Select:
    """The hand-offs that `person` may see, where work goes on."""
    return visible(person, Handoff).join(Space, Space.id == Handoff.space_id).where(
        Handoff.deleted_at.is_(None), Space.archived_at.is_(None))


def counts(person: Person) -> dict[str, int]:
    """How many wait for them and how many outcomes they owe; in one statement."""
    views = _views(person)
    names = ("waiting", "owed")
    numbers = [select(func.count()).select_from(living(person).where(views[name]).with_only_columns(
        Handoff.id).subquery()).scalar_subquery() for name in names]
    return dict(zip(names, db.session.execute(select(*numbers)).one(), strict=True))


def found(person: Person, wanted: Wanted, after: str = "") -> tuple[list[Handoff], str | None]:
    """A page of them, what is due first at the top, and the key to go on from. Two statements with queues.

    Raises BadRequest for a key that is none.
    """
    query = _as_rows(living(person))
    if wanted.view != "all":
        query = query.where(_views(person)[wanted.view])
    query = query.where(*_narrowed(wanted))
    if after:
        moment, key = _read(after)
        query = query.where(or_(soonest > moment, and_(soonest == moment, Handoff.id < key)))
    rows = list(db.session.scalars(query.order_by(soonest, Handoff.id.desc()).limit(PAGE_SIZE + 1)))
    shown = rows[:PAGE_SIZE]
    return shown, _written(shown[-1]) if len(rows) > PAGE_SIZE else None


def _as_rows(query: Select) -> Select:
    return query.options(contains_eager(Handoff.space), joinedload(Handoff.author), joinedload(Handoff.person),
                         joinedload(Handoff.queue), joinedload(Handoff.taker))


def open_at(space: Space, person: Person, most: int) -> list[Handoff]:
    """What is open in an account, what is due first at the top."""
    query = _as_rows(visible(person, Handoff).join(Handoff.space)).where(
        rooted_in(space.id, Handoff), Handoff.deleted_at.is_(None), IS_OPEN)
    return list(db.session.scalars(query.order_by(soonest, Handoff.id.desc()).limit(most)))


def first_at(space_ids: Iterable[int], person: Person) -> dict[int, Handoff]:
    """Of each of these accounts the open hand-off that is due first, as far as `person` may see any; one statement."""
    place = func.row_number().over(partition_by=Handoff.space_id, order_by=(soonest, Handoff.id.desc()))
    ranked = living(person).where(Handoff.space_id.in_(space_ids), IS_OPEN).with_only_columns(
        Handoff.id.label("id"), place.label("place")).subquery()
    query = select(Handoff).where(Handoff.id.in_(select(ranked.c.id).where(ranked.c.place == 1)))
    return {each.space_id: each for each in db.session.scalars(query)}


def counts_at(space: Space, person: Person) -> dict[str, int]:
    """How many an account has in each state."""
    query = visible(person, Handoff).where(rooted_in(space.id, Handoff), Handoff.deleted_at.is_(None))
    grouped = query.with_only_columns(Handoff.state, func.count()).group_by(Handoff.state)
    return dict(db.session.execute(grouped).all())


def _narrowed(wanted: Wanted) -> list:
    columns = {Handoff.queue_id: wanted.queue_id, Handoff.tier: wanted.tier, Handoff.state: wanted.state}
    late = [Handoff.due_at < now()] if wanted.late else []
    there = [rooted_in(wanted.space_id, Handoff)] if wanted.space_id else []
    return [*(column == value for column, value in columns.items() if value), *late, *there]


def _written(handoff: Handoff) -> str:
    return f"{(handoff.due_at or SOONEST_LAST).isoformat()}~{handoff.id}"


def _read(after: str) -> tuple[datetime, int]:
    moment, _tilde, key = after.partition("~")
    try:
        found = moment_read(moment), int(key)
    except ValueError:
        raise BadRequest from None
    if not 0 <= found[1] <= LARGEST_KEY:
        raise BadRequest
    return found


def queues(person: Person) -> list[Queue]:
    """The queues that are open, for who may know of them."""
    query = visible(person, Queue).where(Queue.closed_at.is_(None))
    return list(db.session.scalars(query.order_by(Queue.name)))


def read(arguments) -> Wanted:
    """What an address asks for; what nobody knows asks for nothing."""
    view, state = arguments.get("view", VIEWS[0]), arguments.get("state", "")
    queue_id = arguments.get("queue", type=int)
    tier = arguments.get("tier", "")
    return Wanted(view if view in VIEWS else VIEWS[0], queue_id if queue_id and 0 < queue_id <= LARGEST_KEY else None,
                  tier if tier in ("A", "B", "C") else "", state if state in STATES else "",
                  bool(arguments.get("late")))
