"""Conversations with a customer and what was promised in them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access import can
from app.contacts.models import Contact
from app.db import now, only_where
from app.entries.lines import Line, write_line
from app.entries.models import Entry
from app.extensions import db
from app.people.days import today_for
from app.people.models import Person

CHANNELS = ("call", "meeting", "mail", "event", "social")
SIDES = ("ours", "theirs")
OUTCOMES = ("kept", "broken", "dropped")

conversation_contacts = Table(
    "conversation_contacts", db.metadata,
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Conversation(Entry):
    """What was said between us and a customer, at `happened_at`: its body is what they said.

    Of one that came by mail (`by_mail`) it is their letter, which nobody changes; what came after it in the same thread
    are comments.
    """

    __tablename__ = "conversations"
    __table_args__ = (
        CheckConstraint(f"channel IN {CHANNELS}", name="channel"),
        CheckConstraint("NOT by_mail OR channel = 'mail'", name="by_mail"),
    )

    id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True)
    __mapper_args__ = {"polymorphic_identity": "conversation", "inherit_condition": id == Entry.id}
    channel: Mapped[str] = mapped_column(String(10))
    by_mail: Mapped[bool] = mapped_column(default=False)

    contacts: Mapped[list[Contact]] = relationship(secondary=conversation_contacts, order_by=Contact.name)
    promises: Mapped[list["Promise"]] = relationship(
        back_populates="conversation", cascade="all, delete-orphan", passive_deletes=True, order_by="Promise.position"
    )
    letters: Mapped[list["Mail"]] = relationship(
        "Mail", foreign_keys="Mail.conversation_id", viewonly=True, order_by="Mail.id"
    )
    mail: Mapped["Mail | None"] = relationship(
        "Mail", primaryjoin="foreign(Mail.entry_id) == Conversation.id", viewonly=True, uselist=False
    )

    @property
    def url(self) -> str:
        return f"/conversations/{self.id}"

    @property
    def edit_url(self) -> str:
        return f"{self.url}/edit"

    @property
    def is_from_outside(self) -> bool:
        return self.by_mail

    @property
    def companions(self) -> list[Entry]:
        """The files that came along with its letters."""
        return [asset for each in self.letters for asset in each.attachments if not asset.is_deleted]

    def said(self, side: str) -> list["Promise"]:
        """What one side promised."""
        return [each for each in self.promises if each.side == side]

    @property
    def searchable(self) -> list[str]:
        return [self.body, *(each.name for each in self.contacts), *(each.text for each in self.promises)]


def _settles(person: Person, promise: "Promise") -> bool:
    """Who owes it and may write there, and whoever writes in the account's space: the account is theirs together."""
    mine = promise.owner_id == person.id and can(person, "comment", promise.conversation)
    return not promise.conversation.is_deleted and (mine or can(person, "post", promise.conversation.space))


class Promise(db.Model):
    """Something that one side said it would do; open until it has an outcome.

    `owner` is who of us owes what is `ours`, or looks after what is `theirs`. `reminded_on` is the owner's day on which
    they were reminded last.
    """

    __tablename__ = "promises"
    __table_args__ = (
        CheckConstraint(f"side IN {SIDES}", name="side"),
        CheckConstraint(f"outcome IN {OUTCOMES}", name="outcome"),
        CheckConstraint("(outcome IS NULL) = (settled_at IS NULL)", name="settled"),
        CheckConstraint("text <> ''", name="text"),
        Index("ix_promises_conversation", "conversation_id", "position"),
        Index("ix_promises_owed", "owner_id", "due_on", **only_where("outcome IS NULL")),
        Index("ix_promises_due", "due_on", **only_where("outcome IS NULL")),
    )

    lives_in = "conversation"
    verbs = {"settle": _settles}

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    side: Mapped[str] = mapped_column(String(6))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    due_on: Mapped[date | None]
    outcome: Mapped[str | None] = mapped_column(String(10))
    note: Mapped[str] = mapped_column(Text, default="")
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    reminded_on: Mapped[date | None]

    conversation: Mapped[Conversation] = relationship(back_populates="promises")
    owner: Mapped[Person | None] = relationship(foreign_keys=[owner_id], lazy="joined")
    settled_by: Mapped[Person | None] = relationship(foreign_keys=[settled_by_id])

    @property
    def is_open(self) -> bool:
        return self.outcome is None

    @property
    def url(self) -> str:
        return f"/conversations/{self.conversation_id}#promise-{self.id}"

    @property
    def line(self) -> str:
        """How it is written in a form."""
        return write_line(Line(self.text, self.owner.handle if self.owner else None, self.due_on), now().date())

    @property
    def is_late(self) -> bool:
        """Whether its day is over where its owner works; in UTC where nobody owes it."""
        if not self.is_open or self.due_on is None or self.due_on > now().date():
            return False
        return self.due_on < (today_for(self.owner) if self.owner else now().date())
