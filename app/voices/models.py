"""Feeds, who subscribed them for which account, what they told, and the entries that came of it."""

from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.db import now, only_where
from app.entries.models import Entry
from app.extensions import db
from app.people.models import Person
from app.voices.found import LONGEST_ADDRESS


class Feed(db.Model):
    """A feed somewhere on the web, fetched once for all accounts that subscribed it.

    Nobody sees it but through a subscription. `trouble` names why the last fetch brought nothing (`words.TROUBLES`),
    `status` the answer of the site then. Until `claimed_until` a job is fetching it. With `gone_at` nobody asks for
    it any more.
    """

    __tablename__ = "feeds"
    __table_args__ = (
        CheckConstraint("failures >= 0", name="failures"),
        Index("ix_feeds_due", "next_try_at", **only_where("gone_at IS NULL")),
        Index("ix_feeds_claimed", "claimed_until", **only_where("claimed_until IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(String(LONGEST_ADDRESS), unique=True)
    title: Mapped[str] = mapped_column(String(300), default="")
    site: Mapped[str] = mapped_column(String(LONGEST_ADDRESS), default="")
    etag: Mapped[str] = mapped_column(String(300), default="")
    modified: Mapped[str] = mapped_column(String(100), default="")
    minutes: Mapped[int | None]
    failures: Mapped[int] = mapped_column(default=0)
    trouble: Mapped[str] = mapped_column(String(20), default="")
    status: Mapped[int | None]
    tried_at: Mapped[datetime | None]
    fetched_at: Mapped[datetime | None]
    next_try_at: Mapped[datetime] = mapped_column(default=now)
    claimed_until: Mapped[datetime | None]
    gone_at: Mapped[datetime | None]

    subscriptions: Mapped[list["Subscription"]] = relationship(back_populates="feed", order_by="Subscription.id")

    @property
    def host(self) -> str:
        """Whom it is asked of: one question at a time."""
        return urlsplit(self.address).hostname or ""

    @property
    def name(self) -> str:
        """What it is called: as it says itself, else by where it is."""
        return self.title or self.host


class Subscription(db.Model):
    """An account has a feed; what it tells from `begun_at` on becomes entries, unless it is paused."""

    __tablename__ = "feed_subscriptions"
    __table_args__ = (UniqueConstraint("account_id", "feed_id"),)

    lives_in = "account"
    is_inside = True

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    feed_id: Mapped[int] = mapped_column(ForeignKey("feeds.id", ondelete="CASCADE"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    begun_at: Mapped[datetime | None]
    paused_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship()
    feed: Mapped[Feed] = relationship(back_populates="subscriptions", lazy="joined", innerjoin=True)
    by: Mapped[Person] = relationship()

    @property
    def url(self) -> str:
        return f"{self.account.url}/feeds"


class FeedItem(db.Model):
    """Something a feed told once, known again by its id, its address, or its title and day (hashes of them, or "").

    `words_key` is of all that it said when it was looked at last.
    """

    __tablename__ = "feed_items"
    __table_args__ = (
        Index("uq_feed_items_guid", "feed_id", "guid_key", unique=True, **only_where("guid_key <> ''")),
        Index("ix_feed_items_link", "feed_id", "link_key"),
        Index("ix_feed_items_title", "feed_id", "title_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    feed_id: Mapped[int] = mapped_column(ForeignKey("feeds.id", ondelete="CASCADE"))
    guid_key: Mapped[str] = mapped_column(String(64), default="")
    link_key: Mapped[str] = mapped_column(String(64), default="")
    title_key: Mapped[str] = mapped_column(String(64), default="")
    words_key: Mapped[str] = mapped_column(String(64), default="")
    seen_at: Mapped[datetime] = mapped_column(default=now)


class News(Entry):
    """What the customer said in public: an item of a feed of theirs, `source`, in the space of an account, once.

    `happened_at` is when it was published; its author here is who subscribed the feed.
    """

    __tablename__ = "news"
    __table_args__ = (UniqueConstraint("account_id", "item_id"), CheckConstraint("seconds > 0", name="seconds"))

    id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True)
    __mapper_args__ = {"polymorphic_identity": "news", "inherit_condition": id == Entry.id}
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("feed_items.id", ondelete="SET NULL"), index=True)
    source: Mapped[str] = mapped_column(String(300), default="")
    by: Mapped[str] = mapped_column(String(120), default="")
    link: Mapped[str] = mapped_column(String(LONGEST_ADDRESS), default="")
    sound: Mapped[str] = mapped_column(String(LONGEST_ADDRESS), default="")
    seconds: Mapped[int | None]

    @property
    def url(self) -> str:
        return f"/news/{self.id}"

    @property
    def is_from_outside(self) -> bool:
        return True

    @property
    def host(self) -> str:
        """The site where it can be read, as one says it."""
        return (urlsplit(self.link).hostname or "").removeprefix("www.")

    @property
    def length(self) -> str:
        """Of the sound: "1:02:03" or "42:10"."""
        hours, rest = divmod(self.seconds or 0, 3600)
        minutes, seconds = divmod(rest, 60)
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"

    @property
    def searchable(self) -> list[str]:
        return [self.body, self.source, self.by]
