"""Files dropped into a text: held for their author until the text is posted, then part of the entry."""

import re
from datetime import datetime

from sqlalchemy import ForeignKey, String, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import now
from app.entries.models import Entry
from app.extensions import db

ADDRESS = re.compile(r"/uploads/(\d{1,18})/")


class Upload(db.Model):
    """A file dropped into a composer before its entry exists; then who sees the entry sees it.

    Until then only its owner does.
    """

    __tablename__ = "uploads"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_files.sha256"), index=True)
    filename: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(120))
    media_kind: Mapped[str] = mapped_column(String(20))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)

    entry: Mapped[Entry | None] = relationship()


def adopt(entry: Entry) -> None:
    """The files that the text shows belong to the entry from now on, if its author dropped them."""
    ids = {int(key) for key in ADDRESS.findall(entry.body)}
    if ids:
        mine = (Upload.id.in_(ids), Upload.person_id == entry.author_id, Upload.entry_id.is_(None))
        db.session.execute(update(Upload).where(*mine).values(entry_id=entry.id))
