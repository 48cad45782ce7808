"""What a poll asks and who chose what."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access import can
from app.entries.models import Post
from app.extensions import db
from app.people.days import today_for
from app.people.models import Person

MOST_OPTIONS = 10
OPTION_LENGTH = 160


def _votes(person: Person, poll: "Poll") -> bool:
    return not poll.is_closed(person) and can(person, "comment", poll.post)


class Poll(db.Model):
    """Beside the post that asks: `is_multiple` when one may choose several, open until the end of `closes_on`."""

    __tablename__ = "polls"

    lives_in = "post"
    verbs = {"choose": _votes}

    id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True)
    is_multiple: Mapped[bool] = mapped_column(default=False)
    closes_on: Mapped[date | None]

    post: Mapped[Post] = relationship(back_populates="poll")
    options: Mapped[list["PollOption"]] = relationship(
        back_populates="poll", cascade="all, delete-orphan", order_by="PollOption.position", lazy="selectin")

    def is_closed(self, reader: Person) -> bool:
        return self.closes_on is not None and self.closes_on < today_for(reader)

    @property
    def voters(self) -> set[int]:
        """Who chose something."""
        return {key for each in self.options for key in each.voter_ids}


class PollOption(db.Model):
    """An answer one can choose."""

    __tablename__ = "poll_options"
    __table_args__ = (UniqueConstraint("poll_id", "position"), CheckConstraint("text <> ''", name="text"))

    lives_in = "poll"

    id: Mapped[int] = mapped_column(primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("polls.id", ondelete="CASCADE"))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(String(OPTION_LENGTH))

    poll: Mapped[Poll] = relationship(back_populates="options")
    votes: Mapped[list["PollVote"]] = relationship(cascade="all, delete-orphan", passive_deletes=True, lazy="selectin")

    @property
    def voter_ids(self) -> set[int]:
        return {each.person_id for each in self.votes}


class PollVote(db.Model):
    """Somebody chose an answer."""

    __tablename__ = "poll_votes"

    lives_in = "option"

    option_id: Mapped[int] = mapped_column(ForeignKey("poll_options.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True)

    option: Mapped[PollOption] = relationship(back_populates="votes")
