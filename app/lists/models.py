"""What somebody put together for themselves: lists that are views of the home feed, and filters to run again."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import now
from app.entries.reference_models import Tag
from app.extensions import db
from app.people.models import Person
from app.spaces.models import Space

NAME_LENGTH = 80
MOST_ITEMS = 200
"""So many people, tags and spaces one list holds at most, so that its stream stays one bounded statement."""
TARGETS = ("member_id", "tag_id", "space_id")


def _mine(person: Person, thing) -> bool:
    return thing.person_id == person.id


class FeedList(db.Model):
    """A list of people, tags and spaces (an account's group is one), of one person and for nobody else."""

    __tablename__ = "feed_lists"
    __table_args__ = (UniqueConstraint("person_id", "name"), CheckConstraint("name <> ''", name="name"))
    verbs = {"read": _mine, "edit": _mine}

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    created_at: Mapped[datetime] = mapped_column(default=now)

    items: Mapped[list["ListItem"]] = relationship(
        back_populates="list", cascade="all, delete-orphan", passive_deletes=True, order_by="ListItem.id")

    @classmethod
    def seen_by(cls, person: Person):
        """True, in SQL, for those of this person."""
        return cls.person_id == person.id

    @property
    def url(self) -> str:
        return f"/lists/{self.id}"


class ListItem(db.Model):
    """What stands on a list: exactly one of a colleague, a tag, a space."""

    __tablename__ = "feed_list_items"
    __table_args__ = (
        CheckConstraint(" + ".join(f"CASE WHEN {name} IS NULL THEN 0 ELSE 1 END" for name in TARGETS) + " = 1",
                        name="one_target"),
        *(UniqueConstraint("list_id", name) for name in TARGETS),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("feed_lists.id", ondelete="CASCADE"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    tag_id: Mapped[int | None] = mapped_column(ForeignKey("tags.id", ondelete="CASCADE"), index=True)
    space_id: Mapped[int | None] = mapped_column(ForeignKey("spaces.id", ondelete="CASCADE"), index=True)

    list: Mapped[FeedList] = relationship(back_populates="items")
    member: Mapped[Person | None] = relationship()
    tag: Mapped[Tag | None] = relationship()
    space: Mapped[Space | None] = relationship()


class SavedFilter(db.Model):
    """The address of a search or of a list that was narrowed, under a name; it is run with the rights of its day."""

    __tablename__ = "saved_filters"
    __table_args__ = (UniqueConstraint("person_id", "name"), CheckConstraint("name <> ''", name="name"))
    verbs = {"read": _mine, "edit": _mine}

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    place: Mapped[str] = mapped_column(String(40))
    query: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(default=now)

    @classmethod
    def seen_by(cls, person: Person):
        """True, in SQL, for those of this person."""
        return cls.person_id == person.id

    @property
    def url(self) -> str:
        """Where it is run."""
        return f"{self.place}?{self.query}"
