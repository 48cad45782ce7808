"""Mailboxes on their way into an account, with a report of what became of each letter."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.conversations.mail_models import Mail
from app.db import now, only_where
from app.extensions import db
from app.people.models import Person

STATUSES = ("running", "stopped", "done", "failed")
STATES = ("filed", "known", "unread", "lost")
REASONS = {
    "full": _l("There is no space left for files on this server. Tell your administrator, then go on."),
    "not_allowed": _l("You may no longer post in the account."),
    "missing": _l("The mailbox is missing from the store. Send it again."),
    "unreadable": _l("From here on it cannot be read. What came before is filed."),
}
"""Why an import stopped or failed, for people."""


class MailImport(db.Model):
    """A mailbox of which each letter is filed by a transaction of its own. Only who started it sees its report.

    `position` is the byte from which it goes on; `touched_at` tells a job at work from one that was lost. `sha256` says
    which mailbox it was, `box_sha256` holds its bytes while they are needed.
    """

    __tablename__ = "mail_imports"
    __table_args__ = (
        CheckConstraint(f"status IN {STATUSES}", name="status"),
        CheckConstraint("(box_sha256 IS NULL) = (status IN ('done', 'failed'))", name="box"),
        CheckConstraint("position >= 0 AND position <= bytes", name="position"),
        Index("ix_mail_imports_running", "touched_at", **only_where("status = 'running'")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    sha256: Mapped[str] = mapped_column(String(64))
    box_sha256: Mapped[str | None] = mapped_column(ForeignKey("stored_files.sha256"), index=True)
    filename: Mapped[str] = mapped_column(String(255))
    bytes: Mapped[int] = mapped_column(BigInteger)
    position: Mapped[int] = mapped_column(BigInteger, default=0)
    status: Mapped[str] = mapped_column(String(10), default="running")
    reason: Mapped[str | None] = mapped_column(String(20))
    created_at: Mapped[datetime] = mapped_column(default=now)
    touched_at: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
    account: Mapped[Account] = relationship()

    @property
    def url(self) -> str:
        return f"/mail-imports/{self.id}"

    @property
    def reason_text(self):
        """Why it stopped or failed, for people."""
        return REASONS[self.reason] if self.reason else ""


class ImportedLetter(db.Model):
    """One letter of the mailbox, in its order: filed, known already, filed though it could not be read, or lost to a
    mistake of ours. `mail` is what it is here; a letter that only brought others names the first of them.
    """

    __tablename__ = "imported_letters"
    __table_args__ = (
        UniqueConstraint("import_id", "number"),
        CheckConstraint(f"state IN {STATES}", name="state"),
        Index("ix_imported_letters_state", "import_id", "state", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("mail_imports.id", ondelete="CASCADE"))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(300), default="")
    sender: Mapped[str] = mapped_column(String(260), default="")
    mail_id: Mapped[int | None] = mapped_column(ForeignKey("mails.id", ondelete="SET NULL"), index=True)

    mail: Mapped[Mail | None] = relationship()
