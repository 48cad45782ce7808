"""Whom we know at a customer."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.db import now, only_where
from app.extensions import db

NAME_LENGTH = 120
EMAIL_LENGTH = 254


class Contact(db.Model):
    """A person on the customer's side, recognised by their e-mail address, which is kept in lower case.

    `spoken_at` is when we last heard of them, so that who was there lately is offered first.
    """

    __tablename__ = "contacts"
    __table_args__ = (
        CheckConstraint("name <> ''", name="name"),
        Index("uq_contacts_email", "account_id", "email", unique=True, **only_where("email <> ''")),
        Index("ix_contacts_spoken", "account_id", "spoken_at"),
    )

    lives_in = "account"
    is_inside = True

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    email: Mapped[str] = mapped_column(String(EMAIL_LENGTH), default="")
    title: Mapped[str] = mapped_column(String(120), default="")
    phone: Mapped[str] = mapped_column(String(60), default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    spoken_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship()
