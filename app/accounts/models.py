"""What an account's space knows about the customer."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import now
from app.extensions import db
from app.people.models import Person
from app.spaces.models import Space

TIERS = ("A", "B", "C")
STAGES = ("aware", "evaluating", "buying", "onboarding", "using", "renewing")
"""Where a customer stands in their experience with us."""


class Account(db.Model):
    """A customer that marketing and sales work together: one owner from each side. It may be part of its `parent`.

    `stage` is one of STAGES, "" until somebody says so.
    """

    __tablename__ = "accounts"
    __table_args__ = (
        CheckConstraint(f"tier IN {TIERS}", name="tier"),
        CheckConstraint("parent_id <> id", name="parent"),
        CheckConstraint(f"stage IN {('', *STAGES)}", name="stage"),
    )

    lives_in = "space"

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("spaces.id", ondelete="CASCADE"), unique=True)
    tier: Mapped[str] = mapped_column(String(1), default="B")
    industry: Mapped[str] = mapped_column(String(80), default="")
    region: Mapped[str] = mapped_column(String(60), default="")
    stage: Mapped[str] = mapped_column(String(12), default="")
    website: Mapped[str] = mapped_column(String(200), default="")
    employees: Mapped[int | None]
    marketing_owner_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    sales_owner_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"), index=True)

    space: Mapped[Space] = relationship(back_populates="account", lazy="joined", innerjoin=True)
    marketing_owner: Mapped[Person | None] = relationship(foreign_keys=[marketing_owner_id])
    sales_owner: Mapped[Person | None] = relationship(foreign_keys=[sales_owner_id])

    parent: Mapped["Account | None"] = relationship(remote_side=[id])

    @property
    def url(self) -> str:
        return self.space.url


class AccountChange(db.Model):
    """A field of an account's record said `old` and says `new` since; by whom and when. Owners stand there by name,
    other accounts by id.
    """

    __tablename__ = "account_changes"
    __table_args__ = (
        CheckConstraint("old <> new", name="changed"),
        Index("ix_account_changes_account", "account_id", "created_at", "id"),
    )

    lives_in = "account"
    is_inside = True

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    field: Mapped[str] = mapped_column(String(30))
    old: Mapped[str] = mapped_column(Text)
    new: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)

    account: Mapped[Account] = relationship()
    by: Mapped[Person] = relationship()
