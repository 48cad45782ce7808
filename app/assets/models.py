"""Files people work on: an asset has versions, a version has pages, and the bytes are stored once."""

from datetime import date, datetime

from flask_babel import format_date
from flask_babel import gettext as _
from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.access import LARGEST_KEY
from app.assets.reasons import sentence
from app.assets.sniff import playable
from app.db import now
from app.entries.models import Comment, Entry
from app.extensions import db
from app.people.models import Person

STATUSES = ("pending", "ready", "failed")
APPROVALS = ("", "waiting", "changes", "approved")
"""How the approval of the newest version stands; empty where nobody asked for it."""
# What speaks of a page by `version_id` and `page`, and goes along with it to newer versions; features above add theirs.
anchored: list[type] = [Comment]


class StoredFile(db.Model):
    """Bytes in the store, named by their SHA-256. `unused_since` says when it was found that nothing refers to them."""

    __tablename__ = "stored_files"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    bytes: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime] = mapped_column(default=now)
    unused_since: Mapped[datetime | None] = mapped_column(index=True)


class Asset(Entry):
    """A shared file: a deck, a document, an image, anything. Its title names it, its body says what it is for.

    `version_count`, `page_count` and `status` repeat the newest version, and `approval` with what follows it repeats
    what was asked for of it, so that a card in a feed needs no join; `approved_number` is the newest version that was
    approved. It may be used from `usable_from` until
    `usable_until`, both days included; `language` is a code of ISO 639-1, guessed from its text until somebody said it.
    `origin_id` repeats what it was adapted from, and `origin_changed` that this has a version nobody has looked at yet.
    """

    __tablename__ = "assets"
    __table_args__ = (
        CheckConstraint(f"approval IN {APPROVALS}", name="approval"),
        CheckConstraint("usable_from <= usable_until", name="usable"),
    )

    id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True)
    __mapper_args__ = {"polymorphic_identity": "asset", "inherit_condition": id == Entry.id}
    media_kind: Mapped[str] = mapped_column(String(20), default="other")
    filename: Mapped[str] = mapped_column(String(255), default="")
    status: Mapped[str] = mapped_column(String(10), default="pending")
    version_count: Mapped[int] = mapped_column(default=0)
    page_count: Mapped[int] = mapped_column(default=0)
    has_cover: Mapped[bool] = mapped_column(default=False)
    approval: Mapped[str] = mapped_column(String(10), default="")
    approval_due_on: Mapped[date | None]
    approvals_given: Mapped[int] = mapped_column(default=0)
    approvals_asked: Mapped[int] = mapped_column(default=0)
    approved_number: Mapped[int | None]
    # Those that came with one import stand together in streams.
    import_id: Mapped[int | None] = mapped_column(ForeignKey("imports.id", ondelete="SET NULL"), index=True)

    licence: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(String(500), default="")
    people_shown: Mapped[str] = mapped_column(Text, default="")
    usable_from: Mapped[date | None]
    usable_until: Mapped[date | None] = mapped_column(index=True)
    language: Mapped[str] = mapped_column(String(2), default="")
    language_said: Mapped[bool] = mapped_column(default=False)
    origin_id: Mapped[int | None] = mapped_column(ForeignKey("assets.id", ondelete="SET NULL"), index=True)
    origin_changed: Mapped[bool] = mapped_column(default=False)

    places: Mapped[list["AssetPlace"]] = relationship(
        "AssetPlace", cascade="all, delete-orphan", passive_deletes=True, order_by="AssetPlace.value"
    )
    versions: Mapped[list["Version"]] = relationship(
        back_populates="asset", cascade="all, delete-orphan", order_by="Version.number"
    )

    reviews: Mapped[list["Review"]] = relationship("Review", foreign_keys="Review.deck_id", viewonly=True)
    # Set by `load_related` for who sees the origin.
    origin: Mapped["Asset | None"] = relationship(
        foreign_keys=[origin_id], remote_side=lambda: Asset.__table__.c.id, viewonly=True, lazy="raise")

    @property
    def stale_origin_id(self) -> int | None:
        """What it was adapted from, while that has a version nobody has looked at yet."""
        return self.origin_id if self.origin_changed else None

    @property
    def is_stale(self) -> bool:
        """True where what it was adapted from changed, and the reader may see that."""
        # What nobody looked up for this reader is not told.
        return self.origin_changed and self.__dict__.get("origin") is not None

    @property
    def is_approval_late(self) -> bool:
        return self.approval == "waiting" and self.approval_due_on is not None and self.approval_due_on < now().date()

    @property
    def kept_by(self) -> list[Entry]:
        # A review elsewhere may show any file its author reads; that gives nobody a say in it.
        return [each for each in self.reviews if not each.is_deleted and each.space_id == self.space_id]

    @property
    def url(self) -> str:
        return f"/assets/{self.id}"

    @property
    def rights_state(self) -> str:
        """"expired", "early" when it may not be used yet, else ""."""
        today = now().date()
        if self.usable_until and self.usable_until < today:
            return "expired"
        return "early" if self.usable_from and self.usable_from > today else ""

    @property
    def unusable(self) -> str:
        match self.rights_state:
            case "expired":
                return _("“%(title)s” may not be used any more: its rights ended on %(day)s.", title=self.title,
                         day=format_date(self.usable_until, "d MMMM y"))
            case "early":
                return _("“%(title)s” may not be used before %(day)s.", title=self.title,
                         day=format_date(self.usable_from, "d MMMM y"))
        return ""

    @property
    def searchable(self) -> list[str]:
        return [self.body, self.filename]

    def searchable_pages(self) -> dict[int, tuple[str, str]]:
        """The pages of the newest version, speaker notes included."""
        newest = (Version.asset_id == self.id, Version.number == self.version_count)
        pages = db.session.scalars(select(Page).join(Page.version).where(*newest))
        return {each.number: (each.title, f"{each.text.removeprefix(each.title).strip()}\n{each.notes}".strip())
                for each in pages}

    @property
    def cover_url(self) -> str | None:
        """A small picture of the newest version's first page, if there is one."""
        return f"{self.url}/cover.webp?v={self.version_count}" if self.has_cover else None

    @property
    def current(self) -> "Version":
        """The newest version."""
        return self.versions[-1]

    @property
    def page_version(self) -> "Version":
        """The newest version that has its pages: while a newer one is drawn, or if it cannot be, people read this one.
        The newest of all where none has any.
        """
        return next((each for each in reversed(self.versions) if each.has_pages), self.current)

    def anchor(self, page: int, version_id: int | None = None) -> tuple["Version | None", int]:
        """Who writes beside a page of an older version speaks of what that page has become since, if it is not gone."""
        # Waits for a version whose pages are being compared, or lets it wait until what is said has its place.
        db.session.execute(select(Asset.id).where(Asset.id == self.id).with_for_update(read=True, of=Asset.__table__))
        named = next((each for each in self.versions if each.id == version_id), None)
        version = named if version_id else self.page_version
        if version is None or page > LARGEST_KEY:
            return version, page
        standing = db.session.scalar(select(Page).where(Page.version_id == version.id, Page.number == page))
        while standing and (next_one := db.session.scalar(select(Page).where(Page.continues_id == standing.id))):
            standing = next_one
        return (standing.version, standing.number) if standing else (version, page)

    def played(self, version_id: int | None = None) -> "Version | None":
        version = next((each for each in self.versions if each.id == version_id), None) if version_id else self.current
        return version if version and version.is_playable else None

    def place_of(self, comment: Comment) -> str:
        """The page of the asset as it is now, or of the version where the page or the moment last was."""
        on = next((each for each in self.versions if each.id == comment.version_id), self.page_version)
        shown = f"version={on.number}" if on.number != self.version_count else ""
        if comment.at is not None:
            shown = f"{'' if on.sha256 == self.current.sha256 else shown}&at={comment.at:g}"
        elif comment.page:
            shown = f"{shown}&slide={comment.page}{comment.shown_by}"
        else:
            return self.url
        return f"{self.url}?{shown.lstrip('&')}"


class Version(db.Model):
    """One state of an asset. `status` tells how far its pages are: pending, ready, or failed with a reason.

    `follows_id` names the version whose pages its own were compared with; null until they were, and for the first.
    """

    __tablename__ = "versions"
    __table_args__ = (
        UniqueConstraint("asset_id", "number"),
        CheckConstraint(f"status IN {STATUSES}", name="status"),
        CheckConstraint("number >= 1", name="number"),
    )

    lives_in = "asset"

    id: Mapped[int] = mapped_column(primary_key=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("assets.id", ondelete="CASCADE"))
    number: Mapped[int]
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_files.sha256"), index=True)
    filename: Mapped[str] = mapped_column(String(255))
    bytes: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(120))
    media_kind: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(String(10), default="pending")
    reason: Mapped[str | None] = mapped_column(String(40))
    page_count: Mapped[int] = mapped_column(default=0)
    pages_done: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(String(500), default="")
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("versions.id", ondelete="SET NULL"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)

    asset: Mapped[Asset] = relationship(back_populates="versions")
    author: Mapped[Person] = relationship()
    pages: Mapped[list["Page"]] = relationship(
        back_populates="version", cascade="all, delete-orphan", order_by="Page.number"
    )

    @property
    def url(self) -> str:
        return f"/assets/{self.asset_id}/versions/{self.number}"

    def slide_url(self, number: int) -> str:
        """Where one of its pages is read, whatever version is the newest."""
        return f"/assets/{self.asset_id}?version={self.number}&slide={number}"

    @property
    def file_url(self) -> str:
        return f"{self.url}/file"

    @property
    def media_url(self) -> str:
        """What a player on a page of ours is given."""
        return f"{self.url}/media"

    @property
    def is_playable(self) -> bool:
        """Whether browsers play it."""
        return playable(self.media_type)

    @property
    def has_pages(self) -> bool:
        """Whether there are pages to read and to speak of."""
        return self.status == "ready" and self.page_count > 0

    @property
    def reason_text(self):
        """Why there are no pages, or fewer than there might be, for people."""
        return sentence(self.reason) if self.reason else ""


class Page(db.Model):
    """A slide of a deck or a page of a document: its picture, its words, its speaker notes.

    `continues_id` names the page of an earlier version that this one is; each page goes on as one page at most.
    """

    __tablename__ = "pages"
    __table_args__ = (UniqueConstraint("version_id", "number"), UniqueConstraint("continues_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id", ondelete="CASCADE"))
    number: Mapped[int]
    continues_id: Mapped[int | None] = mapped_column(ForeignKey("pages.id", ondelete="SET NULL"))
    title: Mapped[str] = mapped_column(String(300), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    notes: Mapped[str] = mapped_column(Text, default="")
    hidden: Mapped[bool] = mapped_column(default=False)
    image_sha256: Mapped[str | None] = mapped_column(ForeignKey("stored_files.sha256"), index=True)
    thumb_sha256: Mapped[str | None] = mapped_column(ForeignKey("stored_files.sha256"), index=True)
    width: Mapped[int | None]
    height: Mapped[int | None]

    version: Mapped[Version] = relationship(back_populates="pages")

    @property
    def image_url(self) -> str | None:
        return f"{self.version.url}/pages/{self.number}.webp" if self.image_sha256 else None

    @property
    def thumb_url(self) -> str | None:
        return f"{self.image_url}?size=small" if self.image_url else None
