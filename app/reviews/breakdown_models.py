"""The figures of a review row by row, one for each channel or week, and what the headers of files were said to mean."""

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import db
from app.reviews.figures import METRICS, Figures, not_negative
from app.reviews.models import Review

KINDS = ("channel", "week")
IGNORED = "ignored"
MEANINGS = (*KINDS, *METRICS, IGNORED)
"""What a column of a file may hold: what its rows are called, a figure, or nothing of ours."""
LABEL_LENGTH = 120


class BreakdownRow(Figures, db.Model):
    """What one channel, or one week, had of a campaign's figures; amounts are in the currency of the review."""

    __tablename__ = "review_breakdown"
    __table_args__ = (
        UniqueConstraint("review_id", "kind", "position"),
        CheckConstraint(f"kind IN {KINDS}", name="kind"),
        CheckConstraint("position >= 0", name="position"),
        CheckConstraint(not_negative(METRICS), name="not_negative"),
    )

    lives_in = "review"

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("reviews.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(10))
    position: Mapped[int]
    label: Mapped[str] = mapped_column(String(LABEL_LENGTH))

    review: Mapped[Review] = relationship(back_populates="breakdown")


class FigureHeader(db.Model):
    """What a column with this header held the last time somebody said it; `header` is written as `figure_words.plain`
    writes it."""

    __tablename__ = "figure_headers"
    __table_args__ = (CheckConstraint(f"meaning IN {MEANINGS}", name="meaning"),)

    header: Mapped[str] = mapped_column(String(120), primary_key=True)
    meaning: Mapped[str] = mapped_column(String(20))
