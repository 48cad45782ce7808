"""When somebody was in a space last, and what had happened there by then."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.extensions import db


class Visit(db.Model):
    """The last visit of a person to a space: when they looked at it last, and the newest activity they knew of.

    `known_id` is the newest activity at that look; `before_at` and `before_id` are the same of the visit before: what
    is newer than that is told for as long as the visit lasts.
    """

    __tablename__ = "visits"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("spaces.id", ondelete="CASCADE"), primary_key=True, index=True)
    looked_at: Mapped[datetime]
    known_id: Mapped[int]
    before_at: Mapped[datetime]
    before_id: Mapped[int]
