"""Campaign reviews: what a campaign cost, what it brought, what was learned."""

from datetime import date
from decimal import Decimal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from app.assets.models import Asset, Version
from app.entries.markdown import beginning
from app.entries.models import Entry
from app.extensions import db

Money = Numeric(18, 2, asdecimal=True)
COUNTS = ("expected_responses", "sent", "responses", "leads", "mqls", "sqls", "opportunities", "new_customers")
AMOUNTS = ("budget", "cost", "pipeline", "won", "margin")
METRICS = ("budget", "cost", "expected_responses", "sent", "responses", "leads", "mqls", "sqls", "opportunities",
           "pipeline", "won", "margin", "new_customers")


QUARTER = r"^(?:19|20)[0-9]{2}-Q[1-4]$"
"""How a quarter is written."""


class Review(Entry):
    """The quarterly review of one campaign. Its title names the campaign; its body tells the results.

    Amounts are in `currency`; `quarter` is written "2026-Q3"; a figure nobody gave is null, never zero. How many
    questions were `asked`, and how many of them have an accepted answer, is kept by the actions of `questions.py`.
    """

    __tablename__ = "reviews"
    __table_args__ = (
        Index("ix_reviews_quarter", "quarter", "id"),
        CheckConstraint("length(quarter) = 7", name="quarter"),
        CheckConstraint(" AND ".join(f"({name} IS NULL OR {name} >= 0)" for name in METRICS if name != "margin"),
                        name="not_negative"),
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
    budget: Mapped[Decimal | None] = mapped_column(Money)
    cost: Mapped[Decimal | None] = mapped_column(Money)
    pipeline: Mapped[Decimal | None] = mapped_column(Money)
    won: Mapped[Decimal | None] = mapped_column(Money)
    margin: Mapped[Decimal | None] = mapped_column(Money)
    expected_responses: Mapped[int | None]
    sent: Mapped[int | None]
    responses: Mapped[int | None]
    leads: Mapped[int | None]
    mqls: Mapped[int | None]
    sqls: Mapped[int | None]
    opportunities: Mapped[int | None]
    new_customers: Mapped[int | None]
    what_worked: Mapped[str] = mapped_column(Text, default="")
    what_did_not: Mapped[str] = mapped_column(Text, default="")
    next_steps: Mapped[list] = mapped_column(JSON, default=list)
    deck_id: Mapped[int | None] = mapped_column(ForeignKey("assets.id", ondelete="SET NULL"), index=True)
    asked: Mapped[int] = mapped_column(default=0)
    answered: Mapped[int] = mapped_column(default=0)

    deck_read_version_id: Mapped[int | None] = mapped_column(ForeignKey("versions.id", ondelete="SET NULL"))

    deck: Mapped[Asset | None] = relationship(foreign_keys=[deck_id])
    channel_rows: Mapped[list["ReviewChannel"]] = relationship(cascade="all, delete-orphan")

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

    @property
    def companions(self) -> list[Entry]:
        return [self.deck] if self.deck else []

    @property
    def searchable(self) -> list[str]:
        return [self.body, self.programme, self.region, self.segment, *self.channels, self.what_worked,
                self.what_did_not, *self.next_steps]

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

    @property
    def metrics(self) -> dict:
        """The figures by name; null where nobody gave one."""
        return {name: getattr(self, name) for name in METRICS}


class ReviewChannel(db.Model):
    """A channel of `Review.channels` once more as a row, so that reviews can be filtered by it."""

    __tablename__ = "review_channels"
    __table_args__ = (Index("ix_review_channels_channel", "channel", "review_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("reviews.id", ondelete="CASCADE"), index=True)
    channel: Mapped[str] = mapped_column(String(60))
