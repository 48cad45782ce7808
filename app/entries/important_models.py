"""Who has seen what was marked as important."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import now
from app.entries.models import Entry
from app.extensions import db
from app.people.models import Person


class Acknowledgement(db.Model):
    """Somebody says that they have seen an important entry."""

    __tablename__ = "acknowledgements"

    lives_in = "entry"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)

    entry: Mapped[Entry] = relationship()
    person: Mapped[Person] = relationship()
