"""What is on its way here: single files, and zips of which each file becomes an asset."""

from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.assets.models import Asset
from app.db import now, only_where
from app.entries.attachments import Upload
from app.extensions import db
from app.people.models import Person
from app.spaces.models import Space

KEPT_FOR = timedelta(days=7)
"""So long after its last byte a file may go on coming, and one that has come waits to be used."""
STATES = ("waiting", "imported", "refused")
STATUSES = ("running", "stopped", "done", "failed")
PATH_LENGTH = 1000
REASONS = {
    "junk": _l("Left out: a file that only programs need."),
    "encrypted": _l("It is protected by a password."),
    "link": _l("It is a link to another file, not a file."),
    "unsafe_path": _l("Its path leads out of the archive."),
    "long_path": _l("Its path is too long."),
    "same_path": _l("The archive holds another file of this name."),
    "same_file": _l("The same file stands in the archive once more."),
    "bomb": _l("It unpacks to far more than its size suggests."),
    "too_large": _l("It is larger than this server takes."),
    "damaged": _l("It is damaged or packed in a way that cannot be read."),
    "no_zip": _l("This is not a zip archive, or it is damaged."),
    "too_many": _l("The archive holds more files than can be imported at once. Split it."),
    "full": _l("There is no space left for files on this server. Tell your administrator, then go on."),
    "not_allowed": _l("You may no longer post in the space."),
    "expired": _l("Nobody went on with it for a week. Upload the archive again."),
    "lost": _l("The archive is missing from the store. Upload it again."),
}
"""Why a member of an archive, or a whole archive, is not imported, for people."""


class Arrival(db.Model):
    """A file that comes in pieces. How much of it is here the store knows; `upload` is there once all of it is.

    Only its owner sees it. `sha256` is written before the store takes the file over, so that a process that is killed
    in between leaves something to go on from.
    """

    __tablename__ = "arrivals"
    __table_args__ = (CheckConstraint("bytes >= 0", name="bytes"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    filename: Mapped[str] = mapped_column(String(255))
    bytes: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str | None] = mapped_column(String(64))
    upload_id: Mapped[int | None] = mapped_column(ForeignKey("uploads.id", ondelete="SET NULL"), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime] = mapped_column(default=lambda: now() + KEPT_FOR, index=True)

    person: Mapped[Person] = relationship()
    upload: Mapped[Upload | None] = relationship()


class Import(db.Model):
    """A zip of an old share on its way into a space. Only who started it sees its report; what came of it, the space.

    `touched_at` tells a job that is at work from one that was lost. `sha256` says which zip it was, `archive_sha256`
    holds its bytes while they are needed.
    """

    __tablename__ = "imports"
    __table_args__ = (
        CheckConstraint(f"status IN {STATUSES}", name="status"),
        CheckConstraint("(archive_sha256 IS NULL) = (status IN ('done', 'failed'))", name="archive"),
        Index("ix_imports_running", "touched_at", **only_where("status = 'running'")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("spaces.id", ondelete="CASCADE"), index=True)
    sha256: Mapped[str] = mapped_column(String(64))
    archive_sha256: Mapped[str | None] = mapped_column(ForeignKey("stored_files.sha256"), index=True)
    filename: Mapped[str] = mapped_column(String(255))
    body: Mapped[str] = mapped_column(Text, default="")
    status: Mapped[str] = mapped_column(String(10), default="running")
    reason: Mapped[str | None] = mapped_column(String(20))
    listed: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)
    touched_at: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
    space: Mapped[Space] = relationship()

    @property
    def url(self) -> str:
        return f"/assets/imports/{self.id}"

    @property
    def reason_text(self):
        """Why it stopped or failed, for people."""
        return REASONS[self.reason] if self.reason else ""


class ImportMember(db.Model):
    """One file of the archive, in its order: waiting, imported as an asset, or refused for a reason.

    Refused as the same file once more, it names the asset that was made of the first.
    """

    __tablename__ = "import_members"
    __table_args__ = (
        UniqueConstraint("import_id", "position"),
        CheckConstraint(f"state IN {STATES}", name="state"),
        Index("ix_import_members_state", "import_id", "state", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id", ondelete="CASCADE"))
    position: Mapped[int]
    path: Mapped[str] = mapped_column(String(PATH_LENGTH))
    bytes: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str | None] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    reason: Mapped[str | None] = mapped_column(String(20))
    asset_id: Mapped[int | None] = mapped_column(ForeignKey("assets.id", ondelete="SET NULL"), index=True)

    asset: Mapped[Asset | None] = relationship()

    @property
    def reason_text(self):
        """Why it was refused, for people."""
        return REASONS[self.reason] if self.reason else ""
