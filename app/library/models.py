"""Collections: named sets of files, in an order."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access import can, membership
from app.assets.models import Asset
from app.db import now
from app.extensions import db
from app.people.models import Person
from app.spaces.models import Space

NAME_LENGTH = 200


def _discards(person: Person, collection: "Collection") -> bool:
    """Who made it and who runs its space."""
    mine = collection.author_id == person.id and membership(person, collection.space) is not None
    return can(person, "post", collection.space) and (mine or can(person, "manage", collection.space))


class Collection(db.Model):
    """A named set of files, kept together by whoever may write in its space. Of what it holds everybody sees what they
    may see where it lives.
    """

    __tablename__ = "collections"
    __table_args__ = (Index("ix_collections_space", "space_id", "id"),)

    lives_in = "space"
    is_inside = True
    verbs = {"edit": lambda person, collection: can(person, "work", collection.space), "delete": _discards}

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("spaces.id", ondelete="CASCADE"))
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    note: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(default=now)

    space: Mapped[Space] = relationship()
    author: Mapped[Person] = relationship()

    @property
    def url(self) -> str:
        return f"/collections/{self.id}"


class Collected(db.Model):
    """A file is in a collection; `position` orders them."""

    __tablename__ = "collected"

    lives_in = "collection"

    collection_id: Mapped[int] = mapped_column(ForeignKey("collections.id", ondelete="CASCADE"), primary_key=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("assets.id", ondelete="CASCADE"), primary_key=True, index=True)
    position: Mapped[int]

    collection: Mapped[Collection] = relationship()
    asset: Mapped[Asset] = relationship()
