"""What a space keeps at its top."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import now
from app.entries.models import Entry
from app.extensions import db


class PinnedEntry(db.Model):
    """A root entry that stands at the top of the space it is at home in, so that newcomers find it."""

    __tablename__ = "pinned_entries"

    lives_in = "entry"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)

    entry: Mapped[Entry] = relationship()
