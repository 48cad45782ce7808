"""To whom the digest of which quarter was mailed."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import now
from app.extensions import db


class DigestMail(db.Model):
    """One person's digest of a quarter ("2026-Q3"): on its way since `claimed_at`, done at `sent_at`."""

    __tablename__ = "digest_mails"
    __table_args__ = (UniqueConstraint("quarter", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    quarter: Mapped[str] = mapped_column(String(7))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    claimed_at: Mapped[datetime] = mapped_column(default=now)
    sent_at: Mapped[datetime | None]
