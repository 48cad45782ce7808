"""Browsers that may be woken up to tell of something new."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import now, only_where
from app.extensions import db
from app.people.models import SignIn


class PushBrowser(db.Model):
    """A browser that asked to be woken up: whoever signs out of it, or is signed out, takes that back.

    `endpoint` is the address its maker gave it. `due_at` says that it is to be woken up, and when that is tried next.
    """

    __tablename__ = "push_browsers"
    __table_args__ = (Index("ix_push_browsers_due", "due_at", **only_where("due_at IS NOT NULL")),)

    sign_in_id: Mapped[int] = mapped_column(ForeignKey("sign_ins.id", ondelete="CASCADE"), primary_key=True)
    endpoint: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(default=now)
    due_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    # The newest notification it was woken up for: none is told twice.
    told_id: Mapped[int] = mapped_column(default=0)

    sign_in: Mapped[SignIn] = relationship(lazy="joined", innerjoin=True)
