"""What a deck proposes for the fields of its review, waiting to be accepted or dismissed."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from app.assets.models import Version
from app.extensions import db
from app.reviews.draft_models import ReviewDraft
from app.reviews.models import Review
from app.reviews.proposals import Proposal

STATES = ("open", "accepted", "dismissed")


class ProposedValue:
    """One value for one field, with the slide and the words of the deck it rests on."""

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id", ondelete="CASCADE"), index=True)
    field: Mapped[str] = mapped_column(String(30))
    value: Mapped[object] = mapped_column(JSON)
    page: Mapped[int]
    quote: Mapped[str] = mapped_column(Text)
    certainty: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10), default="open")
    decided_at: Mapped[datetime | None]

    @declared_attr
    def version(self) -> Mapped[Version]:
        return relationship(Version)

    @property
    def proposal(self) -> Proposal:
        """The value as the field takes it: amounts as Decimal, dates as date."""
        return Proposal.from_json({"field": self.field, "value": self.value, "page": self.page, "quote": self.quote,
                                   "certainty": self.certainty})

    @property
    def holder(self):
        """The review or draft it is proposed to."""
        return getattr(self, self.lives_in)


class DeckProposal(ProposedValue, db.Model):
    """Proposed to a review."""

    __tablename__ = "deck_proposals"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        Index("ix_deck_proposals_review", "review_id", "state", "id"),
    )

    lives_in = "review"

    review_id: Mapped[int] = mapped_column(ForeignKey("reviews.id", ondelete="CASCADE"))

    review: Mapped[Review] = relationship(foreign_keys=[review_id])

    @property
    def url(self) -> str:
        return f"/proposals/{self.id}"


class DraftProposal(ProposedValue, db.Model):
    """Proposed to a review that is being written."""

    __tablename__ = "draft_proposals"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="state"),
        Index("ix_draft_proposals_draft", "draft_id", "state", "id"),
    )

    lives_in = "draft"

    draft_id: Mapped[int] = mapped_column(ForeignKey("review_drafts.id", ondelete="CASCADE"))

    draft: Mapped[ReviewDraft] = relationship()

    @property
    def url(self) -> str:
        return f"/draft-proposals/{self.id}"
