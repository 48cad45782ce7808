"""Fingerprints of the files people read, what they are looked up by, what they turned out to be like, and what people
said is meant to be two."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Float, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.assets.models import Asset, Version
from app.db import now
from app.extensions import db
from app.people.models import Person
from app.radar.prints import Print, stored


class Fingerprint(db.Model):
    """What a file (`page` 0) or one of its pages is recognised by; of each asset the version that people read has some.

    `edition` is that of app/radar/sketches.py by which it was made.
    """

    __tablename__ = "fingerprints"
    __table_args__ = (UniqueConstraint("version_id", "page"), CheckConstraint("page >= 0", name="page"))

    lives_in = "version"

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id", ondelete="CASCADE"))
    page: Mapped[int]
    edition: Mapped[int]
    sketch: Mapped[bytes] = mapped_column(LargeBinary)
    figures: Mapped[bytes] = mapped_column(LargeBinary)
    squares: Mapped[bytes] = mapped_column(LargeBinary)

    version: Mapped[Version] = relationship()

    def as_print(self) -> Print:
        return stored(self.page, self.sketch, self.figures, self.squares)


class FingerprintKey(db.Model):
    """A band of hashes that near copies have in common. The primary key is the index that finds them."""

    __tablename__ = "fingerprint_keys"
    __table_args__ = {"sqlite_with_rowid": False}

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    fingerprint_id: Mapped[int] = mapped_column(
        ForeignKey("fingerprints.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Likeness(db.Model):
    """Two files, or two pages of different files, are nearly the same; written once each way round. `share` says how
    much they have in common, 0 to 1."""

    __tablename__ = "likenesses"
    __table_args__ = (
        CheckConstraint("fingerprint_id <> other_id", name="two"),
        CheckConstraint("share BETWEEN 0 AND 1", name="share"),
        {"sqlite_with_rowid": False},
    )

    fingerprint_id: Mapped[int] = mapped_column(
        ForeignKey("fingerprints.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    other_id: Mapped[int] = mapped_column(
        ForeignKey("fingerprints.id", ondelete="CASCADE"), primary_key=True, autoincrement=False, index=True
    )
    share: Mapped[float] = mapped_column(Float)


class MeantTwo(db.Model):
    """Somebody who may change one of two alike assets said that they are meant to be two; `one_id` is the smaller."""

    __tablename__ = "meant_twos"
    __table_args__ = (UniqueConstraint("one_id", "other_id"), CheckConstraint("one_id < other_id", name="order"))

    id: Mapped[int] = mapped_column(primary_key=True)
    one_id: Mapped[int] = mapped_column(ForeignKey("assets.id", ondelete="CASCADE"))
    other_id: Mapped[int] = mapped_column(ForeignKey("assets.id", ondelete="CASCADE"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)

    one: Mapped[Asset] = relationship(foreign_keys=[one_id])
    other: Mapped[Asset] = relationship(foreign_keys=[other_id])
    by: Mapped[Person] = relationship()
