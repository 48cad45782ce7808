"""The spine: everything a person writes into a space is an entry, of some kind, and what hangs on every kind alike."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import now, only_where
from app.entries.anchors import CHECKS, Anchored
from app.entries.markdown import beginning
from app.extensions import db
from app.people.models import Person
from app.spaces.models import Space

TITLE_LENGTH = 300
QUIET = "task"
"""The kind that no stream shows and no count of unread entries knows: a list of things to do is no news."""


class Entry(db.Model):
    """What somebody wrote. A root entry opens a thread (`thread_id` is null); a comment carries its root's id.

    It lives in its home space, and in every space its root is shared into; who may look into one of them may see it.
    `happened_at`: when what it tells of happened. `important_at`: since when all in its space should have seen it.
    """

    __tablename__ = "entries"
    __table_args__ = (
        # Covers streams and unread counts. Without the last column, null as it is, SQLite does not see that it does.
        Index("ix_entries_stream", "space_id", "id", "author_id", "deleted_at", "kind", "thread_id",
              **only_where("thread_id IS NULL")),
        Index("ix_entries_author", "author_id", "id"), Index("ix_entries_kind", "kind", "id"),
        # Partial, or SQLite would take it for finding roots among all the comments.
        Index("ix_entries_thread", "thread_id", "id", **only_where("thread_id IS NOT NULL")),
        Index("ix_entries_happened", "space_id", "happened_at", "id", **only_where("thread_id IS NULL")),
        Index("ix_entries_important", "space_id", "id", **only_where("important_at IS NOT NULL")),
    )
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_abstract": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    space_id: Mapped[int] = mapped_column(ForeignKey("spaces.id", ondelete="CASCADE"))
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"))
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH), default="")
    body: Mapped[str] = mapped_column(Text, default="")
    body_html: Mapped[str] = mapped_column(Text, default="")
    comment_count: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=now)
    happened_at: Mapped[datetime] = mapped_column(default=now)
    edited_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None]
    important_at: Mapped[datetime | None]
    resolved_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    space: Mapped[Space] = relationship()
    author: Mapped[Person] = relationship(foreign_keys=[author_id])
    resolved_by: Mapped[Person | None] = relationship(foreign_keys=[resolved_by_id])
    reactions: Mapped[list["Reaction"]] = relationship(cascade="all, delete-orphan", passive_deletes=True)
    shares: Mapped[list["Share"]] = relationship(
        back_populates="entry", cascade="all, delete-orphan", passive_deletes=True)
    revisions: Mapped[list["Revision"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="Revision.id")

    @property
    def root_id(self) -> int:
        """The entry whose thread this is in: itself for a root."""
        return self.thread_id or self.id

    @property
    def is_deleted(self) -> bool:
        return self.deleted_at is not None

    @property
    def is_resolvable(self) -> bool:
        """Whether what it asks for can be settled: a discussion with a subject, a comment that opens a sub-thread."""
        return False

    @property
    def is_resolved(self) -> bool:
        return self.resolved_at is not None

    @property
    def url(self) -> str:
        """Where it is read. A comment is an anchor in its thread's page; kinds with a page of their own override."""
        return f"/e/{self.id}"

    @property
    def edit_url(self) -> str:
        """Where its author changes it; kinds with a form of their own override."""
        return f"/e/{self.id}/edit"

    def is_written_by(self, person: Person) -> bool:
        """Whether its words are this person's, who may change them; kinds with several authors override."""
        return self.author_id == person.id and not self.is_from_outside

    def is_decided_by(self, person: Person) -> bool:
        """Whether this person is named to decide it; only decisions name somebody."""
        return False

    def is_for(self, person: Person) -> bool:
        """Whether it waits for this person to take it; only hand-offs do."""
        return False

    def is_taken_by(self, person: Person) -> bool:
        """Whether this person has taken it and owes what comes of it; only hand-offs are taken."""
        return False

    @property
    def is_from_outside(self) -> bool:
        """Whether somebody who is not here wrote it, as in a letter: no Markdown, names nobody, nobody's to reword."""
        return False

    @property
    def takes_questions(self) -> bool:
        """Whether it has a queue of questions that is open; only kinds with a queue override."""
        return False

    @property
    def closed_at(self) -> datetime | None:
        """Since when what is said in its thread is a follow-up; only kinds that close override."""
        return None

    @property
    def kept_by(self) -> list["Entry"]:
        """Entries that show it as their own, whose authors alone may change it; only files have some."""
        return []

    @property
    def companions(self) -> list["Entry"]:
        """Entries that go where this one is shared, because it shows them: a review's deck."""
        return []

    @property
    def unusable(self) -> str:
        """Why it may not be put to further use now, in a sentence; only files have rights that end."""
        return ""

    @property
    def searchable(self) -> list[str]:
        """The Markdown texts it is found by, besides its title; kinds with more of them add theirs."""
        return [self.body]

    def searchable_pages(self) -> dict[int, tuple[str, str]]:
        """Title and plain text of each page it is found by; only kinds with pages have some."""
        return {}

    @property
    def most_characters(self) -> int | None:
        """How long its text may become; None where nothing but the form says so."""
        return None

    @property
    def page_version(self):
        """The version whose pages its thread can speak of; only kinds with pages have one."""
        return None

    def anchor(self, page: int, version_id: int | None = None) -> tuple:
        """The version, None if there is none, and page that a comment on `page` is kept with: by default of
        `page_version`.
        """
        return None, page

    def played(self, version_id: int | None = None):
        """The version whose moments its thread can speak of, that one or the newest; only videos and recordings."""
        return None

    def place_of(self, comment: "Comment") -> str:
        """Where a comment of its thread is read: its own page, opened where the comment points."""
        version = self.page_version if comment.page else None
        if version is None or comment.version_id not in (None, version.id):
            return self.url
        return f"{self.url}?slide={comment.page}{comment.shown_by}"

    def reaction_summary(self, reader: Person) -> list[dict]:
        """Each emoji once, in the order in which they first came: how many gave it, who, and whether `reader` did."""
        by_emoji: dict[str, list[Person]] = {}
        for reaction in sorted(self.reactions, key=lambda each: each.id):
            by_emoji.setdefault(reaction.emoji, []).append(reaction.person)
        return [
            {"emoji": emoji, "count": len(people), "mine": reader in people, "names": [each.name for each in people]}
            for emoji, people in by_emoji.items()
        ]

    @property
    def headline(self) -> str:
        """A line that names it: the title, or how the text begins."""
        return self.title or beginning(self.body)


class Post(Entry):
    """A message into a space, with a title a discussion; may quote the entry it shares or came from, or that it is
    about (`is_quote`).
    """

    __tablename__ = "posts"
    # Most quote nothing: counted among them, the few that do look too many to be asked for by an index.
    __table_args__ = (Index("ix_posts_quoted", "quoted_id", **only_where("quoted_id IS NOT NULL")),)

    id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True)
    __mapper_args__ = {"polymorphic_identity": "post", "inherit_condition": id == Entry.id}
    quoted_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id", ondelete="SET NULL"))
    is_quote: Mapped[bool] = mapped_column(default=False)

    poll: Mapped["Poll | None"] = relationship("Poll", back_populates="post", cascade="all, delete-orphan")
    quoted: Mapped[Entry | None] = relationship(foreign_keys=[quoted_id], remote_side="Entry.id")

    @property
    def is_resolvable(self) -> bool:
        return bool(self.title)

    @property
    def url(self) -> str:
        return f"/posts/{self.id}"


class Comment(Anchored, Entry):
    """An answer in a thread, to the root or to another comment, perhaps about a part of a version.

    With `moved_to_id` it is a pointer: what stood here went into a discussion of its own. One that came `by_mail` is
    somebody else's letter.
    """

    __tablename__ = "comments"
    __table_args__ = CHECKS
    id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True)
    __mapper_args__ = {"polymorphic_identity": "comment", "inherit_condition": id == Entry.id}
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id", ondelete="SET NULL"), index=True)
    moved_to_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id", ondelete="SET NULL"), index=True)

    by_mail: Mapped[bool] = mapped_column(default=False)
    moved_to: Mapped[Entry | None] = relationship(foreign_keys=[moved_to_id], remote_side="Entry.id")
    question: Mapped["Question | None"] = relationship(
        "Question", back_populates="comment", foreign_keys="Question.id", cascade="all, delete-orphan",
        passive_deletes=True,
    )
    key_point: Mapped["KeyPoint | None"] = relationship(
        "KeyPoint", back_populates="comment", cascade="all, delete-orphan", passive_deletes=True
    )
    answered_question: Mapped["Question | None"] = relationship(
        "Question", primaryjoin="foreign(Comment.parent_id) == Question.id", viewonly=True
    )
    mail: Mapped["Mail | None"] = relationship(
        "Mail", primaryjoin="foreign(Mail.entry_id) == Comment.id", viewonly=True, uselist=False)

    @property
    def is_resolvable(self) -> bool:
        return self.parent_id is None and not (self.question or self.key_point or self.moved_to_id)

    @property
    def is_from_outside(self) -> bool:
        return self.by_mail

    @property
    def shown_by(self) -> str:
        """What its address needs besides to show its pin: those of settled comments are folded away."""
        return "&pins=all" if self.is_resolved and self.is_pinned else ""

    @property
    def gist(self) -> str:
        """Its text in a line, without marks: how a key point is read beside others."""
        return beginning(self.body, 280)

    @property
    def most_characters(self) -> int | None:
        return self.key_point.most_characters if self.key_point else None


class Share(db.Model):
    """An entry lives in one more space."""

    lives_in = "entry"

    __tablename__ = "shares"
    __table_args__ = (UniqueConstraint("space_id", "entry_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), index=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("spaces.id", ondelete="CASCADE"))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)

    entry: Mapped[Entry] = relationship(back_populates="shares")
    space: Mapped[Space] = relationship()
    by: Mapped[Person] = relationship()


class Reaction(db.Model):
    """One person's one emoji on one entry."""

    __tablename__ = "reactions"
    __table_args__ = (UniqueConstraint("entry_id", "person_id", "emoji"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    emoji: Mapped[str] = mapped_column(String(32))

    person: Mapped[Person] = relationship()
