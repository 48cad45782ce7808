"""Where an adapted file comes from, where a file may be used, and who was told that its rights end."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.assets.models import Asset, Version
from app.extensions import db
from app.people.models import Person

OUTCOMES = ("taken_over", "no_matter")
USABLE = ("region", "channel")
"""Where a file may be used."""
MADE_FOR = ("industry", "stage")
"""Whom it is made for: a stage is one of those of accounts."""
DIMENSIONS = (*USABLE, *MADE_FOR)
PLACE_LENGTH = 80


def folded(value: str) -> str:
    """A value as it is compared, whatever its capitals."""
    return value.strip().casefold()


class Derivation(db.Model):
    """`asset` was adapted from `version` of `origin`, or is in step with it since somebody looked.

    `outcome`, `note` and who said so when are those of the last look at a newer version of the origin.
    """

    __tablename__ = "derivations"
    __table_args__ = (
        CheckConstraint("asset_id <> origin_id", name="two"),
        CheckConstraint(f"outcome IN {OUTCOMES}", name="outcome"),
        CheckConstraint("(outcome IS NULL) = (settled_at IS NULL)", name="settled"),
    )

    lives_in = "asset"

    asset_id: Mapped[int] = mapped_column(ForeignKey("assets.id", ondelete="CASCADE"), primary_key=True)
    origin_id: Mapped[int] = mapped_column(ForeignKey("assets.id", ondelete="CASCADE"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id", ondelete="CASCADE"), index=True)
    why: Mapped[str] = mapped_column(Text, default="")
    outcome: Mapped[str | None] = mapped_column(String(10))
    note: Mapped[str] = mapped_column(Text, default="")
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    asset: Mapped[Asset] = relationship(foreign_keys=[asset_id])
    origin: Mapped[Asset] = relationship(foreign_keys=[origin_id])
    version: Mapped[Version] = relationship()
    settled_by: Mapped[Person | None] = relationship()


class AssetPlace(db.Model):
    """A region or a channel that a file is for, and may be used in, or an industry or a stage of customers that it is
    made for; one with no rows of a dimension is for all. `key` is the value as it is compared.
    """

    __tablename__ = "asset_places"
    __table_args__ = (
        CheckConstraint(f"dimension IN {DIMENSIONS}", name="dimension"),
        Index("ix_asset_places_value", "dimension", "value"),
        # Read backwards: the newest files made for an industry.
        Index("ix_asset_places_key", "dimension", "key", "asset_id"),
    )

    asset_id: Mapped[int] = mapped_column(ForeignKey("assets.id", ondelete="CASCADE"), primary_key=True)
    dimension: Mapped[str] = mapped_column(String(10), primary_key=True)
    value: Mapped[str] = mapped_column(String(PLACE_LENGTH), primary_key=True)
    # Folding makes three letters of one at most.
    key: Mapped[str] = mapped_column(
        String(3 * PLACE_LENGTH), default=lambda context: folded(context.get_current_parameters()["value"]))


class ExpiryNotice(db.Model):
    """The owner of a file was told that it may be used until `until`, so many `days` before."""

    __tablename__ = "expiry_notices"
    __table_args__ = (UniqueConstraint("asset_id", "until", "days"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("assets.id", ondelete="CASCADE"))
    until: Mapped[date]
    days: Mapped[int]
