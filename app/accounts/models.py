"""What an account's space knows about the customer."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.extensions import db
from app.people.models import Person
from app.spaces.models import Space

TIERS = ("A", "B", "C")


class Account(db.Model):
    """A customer that marketing and sales work together: one owner from each side."""

    __tablename__ = "accounts"
    __table_args__ = (CheckConstraint(f"tier IN {TIERS}", name="tier"),)

    lives_in = "space"

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("spaces.id", ondelete="CASCADE"), unique=True)
    tier: Mapped[str] = mapped_column(String(1), default="B")
    industry: Mapped[str] = mapped_column(String(80), default="")
    region: Mapped[str] = mapped_column(String(60), default="")
    website: Mapped[str] = mapped_column(String(200), default="")
    employees: Mapped[int | None]
    marketing_owner_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    sales_owner_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    space: Mapped[Space] = relationship(back_populates="account", lazy="joined", innerjoin=True)
    marketing_owner: Mapped[Person | None] = relationship(foreign_keys=[marketing_owner_id])
    sales_owner: Mapped[Person | None] = relationship(foreign_keys=[sales_owner_id])

    @property
    def url(self) -> str:
        return self.space.url
