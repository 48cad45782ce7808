"""What the text of an entry names: people, accounts, tags."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db import now
from app.extensions import db


class Mention(db.Model):
    """An entry names a person."""

    __tablename__ = "mentions"
    __table_args__ = (UniqueConstraint("person_id", "entry_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))


class AccountMention(db.Model):
    """An entry names an account, that is, the space of its group. `happened_at` repeats when what the entry tells of
    happened, so that an account's timeline is read by an index.
    """

    __tablename__ = "account_mentions"
    __table_args__ = (
        UniqueConstraint("space_id", "entry_id"),
        Index("ix_account_mentions_happened", "space_id", "happened_at", "entry_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), index=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("spaces.id", ondelete="CASCADE"))
    happened_at: Mapped[datetime] = mapped_column(default=now)


class Tag(db.Model):
    """A word people file things under, lower case."""

    __tablename__ = "tags"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)


class EntryTag(db.Model):
    """An entry carries a tag."""

    __tablename__ = "entry_tags"
    __table_args__ = (UniqueConstraint("tag_id", "entry_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), index=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id", ondelete="CASCADE"))
