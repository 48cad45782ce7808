"""Campaign reviews: what a campaign cost, what it brought, what was learned."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Index, Numeric, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from app.assets.models import Asset, Version
from app.entries.markdown import beginning
from app.entries.models import TITLE_LENGTH, Entry
from app.extensions import db
from app.people.models import Person
from app.reviews.commitment_models import Commitment, kept
from app.reviews.figures import METRICS, OWN_TARGETS, Figures, Targets, not_negative
from app.reviews.steps import Step

QUARTER = r"^(?:19|20)[0-9]{2}-Q[1-4]$"
"""How a quarter is written."""


class Review(Figures, Targets, Entry):
    """The quarterly review of one campaign. Its title names the campaign; its body tells the results.

    It is open for questions until it closes, on the day `closes_on` or when an author closes it; what is said in its
    thread after `closed_at` is a follow-up. Amounts are in `currency`, one unit of which was worth `rate` of the
    company's on the day `rate_on`; `quarter` is written "2026-Q3"; a figure nobody gave is null, never zero. How many
    questions were `asked`, and how many of them have an accepted answer, is kept by the actions of `questions.py`.
    """

    __tablename__ = "reviews"
    __table_args__ = (
        Index("ix_reviews_quarter", "quarter", "id"),
        CheckConstraint("length(quarter) = 7", name="quarter"),
        CheckConstraint(not_negative(METRICS), name="not_negative"),
        CheckConstraint(not_negative(OWN_TARGETS), name="targets_not_negative"),
        CheckConstraint("(rate IS NULL) = (rate_on IS NULL) AND (rate IS NULL OR rate > 0)", name="rate"),
    )

    id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True)
    __mapper_args__ = {"polymorphic_identity": "review", "inherit_condition": id == Entry.id}
    programme: Mapped[str] = mapped_column(String(120), default="", index=True)
    quarter: Mapped[str] = mapped_column(String(7))
    region: Mapped[str] = mapped_column(String(60), default="", index=True)
    segment: Mapped[str] = mapped_column(String(120), default="")
    channels: Mapped[list] = mapped_column(JSON, default=list)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    currency: Mapped[str] = mapped_column(String(3), default="EUR")
    rate: Mapped[Decimal | None] = mapped_column(Numeric(18, 8, asdecimal=True))
    rate_on: Mapped[date | None]
    what_worked: Mapped[str] = mapped_column(Text, default="")
    what_did_not: Mapped[str] = mapped_column(Text, default="")
    deck_id: Mapped[int | None] = mapped_column(ForeignKey("assets.id", ondelete="SET NULL"), index=True)
    asked: Mapped[int] = mapped_column(default=0)
    answered: Mapped[int] = mapped_column(default=0)
    closes_on: Mapped[date | None]
    closed_at: Mapped[datetime | None]

    deck_read_version_id: Mapped[int | None] = mapped_column(ForeignKey("versions.id", ondelete="SET NULL"))

    deck: Mapped[Asset | None] = relationship(foreign_keys=[deck_id])
    channel_rows: Mapped[list["ReviewChannel"]] = relationship(cascade="all, delete-orphan")
    co_authors: Mapped[list[Person]] = relationship(secondary="review_authors", order_by=Person.name)
    breakdown: Mapped[list["BreakdownRow"]] = relationship(
        "BreakdownRow", back_populates="review", order_by="(BreakdownRow.kind, BreakdownRow.position)",
        cascade="all, delete-orphan", passive_deletes=True,
    )
    commitments: Mapped[list[Commitment]] = relationship(
        back_populates="review", foreign_keys=[Commitment.review_id], cascade="all, delete-orphan",
        passive_deletes=True, order_by=Commitment.position,
    )

    first_points = ()
    """The key points that stand on its card (comments), once `entries.cards` has loaded them."""

    @property
    def url(self) -> str:
        return f"/reviews/{self.id}"

    @property
    def edit_url(self) -> str:
        return f"{self.url}/edit"

    @validates("channels")
    def _keep_channel_rows(self, _name: str, channels: list[str]) -> list[str]:
        names = list(dict.fromkeys(channels))
        self.channel_rows = [ReviewChannel(channel=name) for name in names]
        return names

    def is_written_by(self, person: Person) -> bool:
        return person.id == self.author_id or any(each.id == person.id for each in self.co_authors)

    @property
    def takes_questions(self) -> bool:
        return self.closed_at is None

    @property
    def steps(self) -> list[Step]:
        """Its next steps with owners and days. Set anew, those that stay keep what came of them."""
        return [each.step for each in self.commitments]

    @steps.setter
    def steps(self, steps: list[Step]) -> None:
        self.commitments = kept(self.commitments, steps)

    @property
    def next_steps(self) -> list[str]:
        """What its next steps say. Set anew, those that read the same keep their owners and days."""
        return [each.text for each in self.commitments]

    @next_steps.setter
    def next_steps(self, texts: list[str]) -> None:
        known = {each.text: each for each in self.steps}
        self.steps = [known.get(text) or Step(text) for text in texts]

    @property
    def companions(self) -> list[Entry]:
        return [self.deck] if self.deck else []

    @property
    def searchable(self) -> list[str]:
        return [self.body, self.programme, self.region, self.segment, *self.channels, self.what_worked,
                self.what_did_not, *self.next_steps]

    @property
    def lessons(self) -> list[str]:
        """What worked and what did not, line by line without marks: each may become a learning."""
        lines = (line.strip(" \t-*•") for line in f"{self.what_worked}\n{self.what_did_not}".splitlines())
        return [line[:TITLE_LENGTH] for line in lines if line]

    @property
    def key_point(self) -> str:
        """One line worth reading on a card: how its summary begins, or else what worked."""
        text = self.body or self.what_worked
        return beginning(text.strip().split("\n\n")[0], 280)

    @property
    def page_version(self):
        return self.deck.page_version if self.deck else None

    def anchor(self, page: int, version_id: int | None = None) -> tuple[Version | None, int]:
        return self.deck.anchor(page, version_id) if self.deck else (None, page)

    @property
    def newest_version(self) -> Version | None:
        """The newest version of its deck, whether it is drawn or not."""
        return self.deck.current if self.deck else None


review_authors = Table(
    "review_authors", db.metadata,
    Column("review_id", ForeignKey("reviews.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", ForeignKey("people.id"), primary_key=True, index=True),
)
"""Who wrote a review together with its author; they may change it like the author."""


class ReviewChannel(db.Model):
    """A channel of `Review.channels` once more as a row, so that reviews can be filtered by it."""

    __tablename__ = "review_channels"
    __table_args__ = (Index("ix_review_channels_channel", "channel", "review_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("reviews.id", ondelete="CASCADE"), index=True)
    channel: Mapped[str] = mapped_column(String(60))
