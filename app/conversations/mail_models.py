"""Letters: what is kept of each message that came by mail, and the addresses they come to."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Index, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.assets.models import Asset
from app.contacts.models import Contact
from app.db import now, only_where
from app.entries.models import Entry
from app.extensions import db

DIRECTIONS = ("in", "out")
ID_LENGTH = 250

mail_attachments = Table(
    "mail_attachments", db.metadata,
    Column("mail_id", ForeignKey("mails.id", ondelete="CASCADE"), primary_key=True),
    Column("asset_id", ForeignKey("assets.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Mail(db.Model):
    """A message, told by its entry: a conversation, or a comment in one. Its original bytes are a file of the store.

    The same message twice is one: by its `message_id`, or by its bytes. `told` holds what is shown besides its text:
    recipients, an invitation, what was left out, why it could not be read, who passed it on.
    """

    __tablename__ = "mails"
    __table_args__ = (
        CheckConstraint(f"direction IN {DIRECTIONS}", name="direction"),
        UniqueConstraint("account_id", "sha256"),
        Index("uq_mails_message_id", "account_id", "message_id", unique=True, **only_where("message_id <> ''")),
        Index("ix_mails_subject", "account_id", "subject_key", "sent_at"),
        Index("ix_mails_sent", "account_id", "sent_at", "id"),
    )

    lives_in = "entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), unique=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    message_id: Mapped[str] = mapped_column(String(ID_LENGTH), default="")
    subject_key: Mapped[str] = mapped_column(String(ID_LENGTH), default="")
    sent_at: Mapped[datetime]
    sender_name: Mapped[str] = mapped_column(String(200), default="")
    sender_email: Mapped[str] = mapped_column(String(260), default="")
    direction: Mapped[str] = mapped_column(String(3))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contacts.id", ondelete="SET NULL"), index=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_files.sha256"), index=True)
    filename: Mapped[str] = mapped_column(String(255))
    bytes: Mapped[int]
    quoted: Mapped[str] = mapped_column(Text, default="")
    told: Mapped[dict] = mapped_column(JSON, default=dict)

    account: Mapped[Account] = relationship()
    entry: Mapped[Entry] = relationship(foreign_keys=[entry_id])
    thread: Mapped["Conversation"] = relationship("Conversation", foreign_keys=[conversation_id], viewonly=True)
    contact: Mapped[Contact | None] = relationship()
    attachments: Mapped[list[Asset]] = relationship(secondary=mail_attachments, order_by=Asset.id, lazy="selectin")
    references: Mapped[list["MailReference"]] = relationship(
        back_populates="mail", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def sender(self) -> str:
        """Whom it is from, as one calls them."""
        return self.sender_name or self.sender_email

    @property
    def is_from_customer(self) -> bool:
        return self.direction == "in"

    @property
    def original_url(self) -> str:
        return f"/mails/{self.id}/original"


class MailReference(db.Model):
    """A message that another one says it belongs to: what is later filed of the same thread finds it by this."""

    __tablename__ = "mail_references"
    __table_args__ = (Index("ix_mail_references_reference", "reference"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    mail_id: Mapped[int] = mapped_column(ForeignKey("mails.id", ondelete="CASCADE"), index=True)
    reference: Mapped[str] = mapped_column(String(ID_LENGTH))

    mail: Mapped[Mail] = relationship(back_populates="references")


class MailKey(db.Model):
    """The secret in the address to which mail of an account is sent: `slug+key@our-domain`. A new one ends the old."""

    __tablename__ = "mail_keys"

    lives_in = "account"
    is_inside = True

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), unique=True)
    key: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[datetime] = mapped_column(default=now)

    account: Mapped[Account] = relationship()
