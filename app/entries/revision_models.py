"""How entries read before they were edited."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import now
from app.entries.models import TITLE_LENGTH
from app.extensions import db
from app.people.models import Person


class Revision(db.Model):
    """How an entry read before an edit."""

    __tablename__ = "revisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH), default="")
    body: Mapped[str] = mapped_column(Text, default="")
    edited_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    edited_at: Mapped[datetime] = mapped_column(default=now)

    edited_by: Mapped[Person] = relationship()
