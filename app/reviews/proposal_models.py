"""What a review's deck proposes for its fields, waiting to be accepted or dismissed."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.assets.models import Version
from app.extensions import db
from app.reviews.models import Review
from app.reviews.proposals import Proposal

STATES = ("open", "accepted", "dismissed")


class DeckProposal(db.Model):
    """One value for one field of a review, with the slide and the words of the deck it rests on."""

    __tablename__ = "deck_proposals"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        Index("ix_deck_proposals_review", "review_id", "state", "id"),
    )

    lives_in = "review"

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("reviews.id", ondelete="CASCADE"))
    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id", ondelete="CASCADE"), index=True)
    field: Mapped[str] = mapped_column(String(30))
    value: Mapped[object] = mapped_column(JSON)
    page: Mapped[int]
    quote: Mapped[str] = mapped_column(Text)
    certainty: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10), default="open")
    decided_at: Mapped[datetime | None]

    review: Mapped[Review] = relationship(foreign_keys=[review_id])
    version: Mapped[Version] = relationship()

    @property
    def proposal(self) -> Proposal:
        """The value as the field takes it: amounts as Decimal, dates as date."""
        return Proposal.from_json({"field": self.field, "value": self.value, "page": self.page, "quote": self.quote,
                                   "certainty": self.certainty})
