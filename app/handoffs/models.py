"""What marketing hands to sales about a customer, and how far that came. Rows of steps are only ever added."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Index, Numeric, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import TIERS
from app.db import now, only_where
from app.entries.models import Entry
from app.extensions import db
from app.handoffs.clock import Hours
from app.handoffs.queue_models import REASON_LENGTH, Queue
from app.people.models import Person
from app.reviews.models import Review

SIGNALS = ("lead", "signal")
"""Somebody who wants to talk, or a sign that somebody may buy."""
WAITING = ("waiting", "answered")
"""It is for sales to say something; `answered`: after marketing answered what sales asked back."""
OPEN = (*WAITING, "asked")
STATES = (*OPEN, "accepted", "declined", "withdrawn")
OUTCOMES = ("meeting", "opportunity", "won", "lost", "recycled")
NEXT_OUTCOMES = {
    None: OUTCOMES, "meeting": OUTCOMES[1:], "opportunity": OUTCOMES[1:], "won": (), "lost": (), "recycled": (),
}
"""What can come of what came of it last: an opportunity may change its amount, and after the last three it is over."""
STEPS = ("asked", "answered", "passed", "accepted", "declined", "withdrawn", *OUTCOMES)
LINE = 120

handoff_reads = Table(
    "handoff_reads", db.metadata,
    Column("handoff_id", ForeignKey("handoffs.id", ondelete="CASCADE"), primary_key=True),
    Column("entry_id", ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True, index=True),
)
"""What the contact read, by entry."""
_RUNS = "state IN ('waiting', 'answered') OR (state = 'accepted' AND outcome IS NULL)"


class Handoff(Entry):
    """A lead or a buying signal that marketing hands over. Its title says in a line what they want, its body what they
    asked or said. It waits for a person or for a queue; `taker` is who answered for sales. `turn` counts how often it
    was passed on by who had accepted it: each time it is answered anew.

    The clock: `due_at` is the end of what runs now, the answer of sales or, once accepted, the first outcome; it is
    counted in the `hours` that held when it began. `allowed` seconds of working time it was given; what was `remaining`
    of them when sales asked back is kept until marketing answers. `answered_after` is the working time, in seconds,
    that sales took to say anything. `warn_at` is when to remind before the end, `reminded` how often that was.
    """

    __tablename__ = "handoffs"
    __table_args__ = (
        CheckConstraint(f"signal IN {SIGNALS}", name="signal"),
        CheckConstraint(f"tier IN {TIERS}", name="tier"),
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint(f"outcome IN {OUTCOMES}", name="outcome"),
        CheckConstraint("(person_id IS NULL) <> (queue_id IS NULL)", name="addressee"),
        CheckConstraint("(state IN ('accepted', 'declined')) = (taker_id IS NOT NULL)", name="taker"),
        CheckConstraint("(state = 'declined') = (declined_because <> '')", name="declined"),
        CheckConstraint("outcome IS NULL OR state = 'accepted'", name="outcome_accepted"),
        CheckConstraint(f"({_RUNS}) = (due_at IS NOT NULL)", name="runs"),
        CheckConstraint("(due_at IS NULL) = (warn_at IS NULL)", name="warns"),
        CheckConstraint("(state = 'asked') = (remaining IS NOT NULL)", name="paused"),
        CheckConstraint("(amount IS NULL) = (currency = '')", name="amount"),
        CheckConstraint("(coalesce(outcome, '') = 'recycled') = (recycle_on IS NOT NULL)", name="recycled"),
        Index("ix_handoffs_person", "person_id", "state"),
        Index("ix_handoffs_queue", "queue_id", "state"),
        Index("ix_handoffs_taker", "taker_id", "state"),
        Index("ix_handoffs_asked", "id", **only_where("state = 'asked'")),
        Index("ix_handoffs_warn", "warn_at", **only_where("warn_at IS NOT NULL AND reminded < 2")),
    )

    id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True)
    __mapper_args__ = {"polymorphic_identity": "handoff", "inherit_condition": id == Entry.id}
    signal: Mapped[str] = mapped_column(String(10), default="lead")
    tier: Mapped[str] = mapped_column(String(1), default="B")
    contact_name: Mapped[str] = mapped_column(String(LINE), default="")
    contact_role: Mapped[str] = mapped_column(String(LINE), default="")
    contact_email: Mapped[str] = mapped_column(String(254), default="")
    review_id: Mapped[int | None] = mapped_column(ForeignKey("reviews.id", ondelete="SET NULL"), index=True)
    programme: Mapped[str] = mapped_column(String(LINE), default="")
    source: Mapped[str] = mapped_column(String(60), default="")
    permission_channel: Mapped[str] = mapped_column(String(60), default="")
    permission_basis: Mapped[str] = mapped_column(String(LINE), default="")
    permission_words: Mapped[str] = mapped_column(String(300), default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    queue_id: Mapped[int | None] = mapped_column(ForeignKey("handoff_queues.id"))
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    turn: Mapped[int] = mapped_column(default=0)
    taker_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    declined_because: Mapped[str] = mapped_column(String(REASON_LENGTH), default="")
    outcome: Mapped[str | None] = mapped_column(String(12))
    amount: Mapped[Decimal | None] = mapped_column(Numeric(15, 2))
    currency: Mapped[str] = mapped_column(String(3), default="")
    recycle_on: Mapped[date | None]
    working_hours: Mapped[dict] = mapped_column(JSON, default=dict)
    allowed: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime | None]
    remaining: Mapped[int | None]
    answered_after: Mapped[int | None]
    warn_at: Mapped[datetime | None]
    reminded: Mapped[int] = mapped_column(default=0)

    review: Mapped[Review | None] = relationship(foreign_keys=[review_id])
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    queue: Mapped[Queue | None] = relationship()
    taker: Mapped[Person | None] = relationship(foreign_keys=[taker_id])
    reads: Mapped[list[Entry]] = relationship(
        secondary=handoff_reads, primaryjoin=lambda: Handoff.__table__.c.id == handoff_reads.c.handoff_id,
        secondaryjoin=lambda: Entry.__table__.c.id == handoff_reads.c.entry_id, order_by=Entry.id,
    )
    steps: Mapped[list["HandoffStep"]] = relationship(
        back_populates="handoff", cascade="all, delete-orphan", passive_deletes=True, order_by="HandoffStep.id",
    )

    @property
    def url(self) -> str:
        return f"/handoffs/{self.id}"

    @property
    def edit_url(self) -> str:
        return f"{self.url}/edit"

    @property
    def searchable(self) -> list[str]:
        return [self.body, self.contact_name, self.contact_role, self.contact_email, self.programme, self.source]

    @property
    def is_waiting(self) -> bool:
        """Whether sales is to say something."""
        return self.state in WAITING

    @property
    def is_open(self) -> bool:
        """Whether sales has neither accepted nor declined it, and it was not withdrawn."""
        return self.state in OPEN

    @property
    def next_outcomes(self) -> tuple[str, ...]:
        """What can come of it now."""
        return NEXT_OUTCOMES[self.outcome] if self.state == "accepted" else ()

    @property
    def hours(self) -> Hours:
        """The working hours its clock counts in."""
        known = self.working_hours
        holidays = frozenset(date.fromisoformat(each) for each in known["holidays"])
        return Hours(known["zone"], tuple(known["days"]), known["opens"], known["closes"], holidays)

    @hours.setter
    def hours(self, hours: Hours) -> None:
        self.working_hours = {"zone": hours.zone, "days": list(hours.days), "opens": hours.opens,
                              "closes": hours.closes, "holidays": sorted(each.isoformat() for each in hours.holidays)}

    def is_for(self, person: Person) -> bool:
        return self.person_id == person.id or (self.queue is not None and self.queue.is_of(person))

    def is_taken_by(self, person: Person) -> bool:
        return self.state == "accepted" and self.taker_id == person.id


class HandoffStep(db.Model):
    """What happened to a hand-off once it was given: asked back, accepted, an outcome. Its note is a comment. Of one
    that was passed on, `person` or `queue` is for whom it was until then.
    """

    __tablename__ = "handoff_steps"
    __table_args__ = (
        CheckConstraint(f"step IN {STEPS}", name="step"),
        CheckConstraint("(amount IS NULL) = (currency = '')", name="amount"),
        CheckConstraint("amount IS NULL OR (amount >= 0 AND step IN ('opportunity', 'won'))", name="amount_of"),
        CheckConstraint("(step = 'recycled') = (day IS NOT NULL)", name="day"),
        CheckConstraint("(step = 'passed') = (person_id IS NOT NULL OR queue_id IS NOT NULL)", name="passed"),
        CheckConstraint("person_id IS NULL OR queue_id IS NULL", name="one_before"),
        # Two who answer at once: one of them is the first.
        Index("ix_handoff_steps_ends", "handoff_id", "turn", unique=True,
              **only_where("step IN ('accepted', 'declined', 'withdrawn')")),
    )

    lives_in = "handoff"

    id: Mapped[int] = mapped_column(primary_key=True)
    handoff_id: Mapped[int] = mapped_column(ForeignKey("handoffs.id", ondelete="CASCADE"), index=True)
    step: Mapped[str] = mapped_column(String(12))
    turn: Mapped[int] = mapped_column(default=0)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id", ondelete="SET NULL"))
    reason: Mapped[str] = mapped_column(String(300), default="")
    amount: Mapped[Decimal | None] = mapped_column(Numeric(15, 2))
    currency: Mapped[str] = mapped_column(String(3), default="")
    day: Mapped[date | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    queue_id: Mapped[int | None] = mapped_column(ForeignKey("handoff_queues.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)

    handoff: Mapped[Handoff] = relationship(back_populates="steps")
    by: Mapped[Person] = relationship(foreign_keys=[by_id])
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    queue: Mapped[Queue | None] = relationship()
