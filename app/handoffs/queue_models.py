"""Queues of hand-offs, how quickly they are answered, and why they may be declined."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, exists, false, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import TIERS
from app.db import now
from app.extensions import db
from app.handoffs.clock import Hours
from app.people.models import Person, Team

NAME_LENGTH = 80
REASON_LENGTH = 80


def leads(person: Person) -> bool:
    """Whether this person manages queues, service levels and reasons: an admin, and whoever leads a queue."""
    if person.is_guest or not person.is_active:
        return False
    return person.is_admin or bool(db.session.scalar(select(exists().where(
        QueueSeat.person_id == person.id, QueueSeat.leads, QueueSeat.queue.has(Queue.closed_at.is_(None))))))


def _sees(person: Person, _queue: "Queue") -> bool:
    return not person.is_guest


class Queue(db.Model):
    """Hand-offs that wait for whoever of some people takes them first: the people of its team, and those with a seat.

    It belongs to the whole company: colleagues know of it, guests do not. Its hours say when its people work.
    """

    __tablename__ = "handoff_queues"
    __table_args__ = (
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint("days <> ''", name="days"),
        CheckConstraint("opens >= 0 AND opens < closes AND closes <= 1440", name="hours"),
    )

    verbs = {"see": _sees, "read": _sees, "manage": lambda person, _queue: leads(person)}

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH), unique=True)
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id", ondelete="SET NULL"), unique=True)
    timezone: Mapped[str] = mapped_column(String(60), default="UTC")
    days: Mapped[str] = mapped_column(String(7), default="01234")
    opens: Mapped[int] = mapped_column(default=9 * 60)
    closes: Mapped[int] = mapped_column(default=17 * 60)
    holidays: Mapped[list] = mapped_column(JSON, default=list)
    closed_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)

    team: Mapped[Team | None] = relationship(lazy="joined")
    seats: Mapped[list["QueueSeat"]] = relationship(
        back_populates="queue", cascade="all, delete-orphan", passive_deletes=True, lazy="selectin",
        order_by="QueueSeat.id",
    )

    @classmethod
    def seen_by(cls, person: Person):
        """True, in SQL, for the queues that `person` may know of."""
        return false() if person.is_guest else cls.id.is_not(None)

    @property
    def url(self) -> str:
        return f"/handoffs/queues/{self.id}"

    @property
    def hours(self) -> Hours:
        """When its people work."""
        holidays = frozenset(date.fromisoformat(each) for each in self.holidays)
        return Hours(self.timezone, tuple(map(int, self.days)), self.opens, self.closes, holidays)

    def is_of(self, person: Person) -> bool:
        """Whether this person may take something out of it."""
        in_team = self.team_id is not None and self.team_id == person.team_id
        return self.closed_at is None and not person.is_guest and (
            in_team or any(each.person_id == person.id for each in self.seats))

    def person_ids(self) -> list[int]:
        """Whom what is in it waits for: its seats first, then the people of its team."""
        team = select(Person.id).where(Person.team_id == self.team_id, Person.role != "guest",
                                       Person.deactivated_at.is_(None))
        seats = [each.person_id for each in self.seats]
        return list(dict.fromkeys([*seats, *(db.session.scalars(team) if self.team_id else ())]))


class QueueSeat(db.Model):
    """Somebody who works a queue without being in its team, or who `leads` it."""

    __tablename__ = "handoff_queue_seats"
    __table_args__ = (db.UniqueConstraint("queue_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    queue_id: Mapped[int] = mapped_column(ForeignKey("handoff_queues.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    leads: Mapped[bool] = mapped_column(default=False)

    queue: Mapped[Queue] = relationship(back_populates="seats")
    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)


def queues_of(person: Person):
    """Ids of the queues that `person` may take out of, as a query."""
    seat = exists().where(QueueSeat.queue_id == Queue.id, QueueSeat.person_id == person.id)
    team = Queue.team_id == person.team_id if person.team_id is not None and not person.is_guest else false()
    return select(Queue.id).where(Queue.closed_at.is_(None), or_(seat, team))


class ServiceLevel(db.Model):
    """How quickly hand-offs of a tier are answered, in minutes of working time, and how many working days after it was
    accepted sales says what came of one.
    """

    __tablename__ = "handoff_service_levels"
    __table_args__ = (
        CheckConstraint(f"tier IN {TIERS}", name="tier"),
        CheckConstraint("answer_minutes > 0 AND outcome_days > 0", name="positive"),
    )

    tier: Mapped[str] = mapped_column(String(1), primary_key=True)
    answer_minutes: Mapped[int]
    outcome_days: Mapped[int]


class DeclineReason(db.Model):
    """A reason for which sales declines; what was declined keeps its words, whatever becomes of the list."""

    __tablename__ = "handoff_decline_reasons"
    __table_args__ = (CheckConstraint("name <> ''", name="name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(REASON_LENGTH), unique=True)
    position: Mapped[int] = mapped_column(default=0)
