"""What was sent to a customer. Files are not shared by it: who may not see one reads that there was one."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, Table, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.assets.models import Asset, Version
from app.contacts.models import Contact
from app.entries.models import Entry
from app.extensions import db

CHANNELS = ("mail", "meeting", "event", "social", "post", "link")

sending_contacts = Table(
    "sending_contacts", db.metadata,
    Column("sending_id", ForeignKey("sendings.id", ondelete="CASCADE"), primary_key=True),
    Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Sending(Entry):
    """Files that a customer was sent, at `happened_at`: its body is a note on it. Its title names whom, and no file:
    whoever reads it in the account may not see them all. `reason` says why something was sent all the same that one is
    warned of.
    """

    __tablename__ = "sendings"
    __table_args__ = (CheckConstraint(f"channel IN {CHANNELS}", name="channel"),)

    id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True)
    __mapper_args__ = {"polymorphic_identity": "sending", "inherit_condition": id == Entry.id}
    channel: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text, default="")

    contacts: Mapped[list[Contact]] = relationship(secondary=sending_contacts, order_by=Contact.name)
    items: Mapped[list["SendingItem"]] = relationship(
        back_populates="sending", cascade="all, delete-orphan", passive_deletes=True, order_by="SendingItem.id"
    )

    @property
    def url(self) -> str:
        return f"/sendings/{self.id}"

    @property
    def edit_url(self) -> str:
        return f"{self.url}/edit"

    @property
    def parts(self) -> list["SendingItem"]:
        """Rows that each show a file, for `load_related`."""
        return self.items

    @property
    def searchable(self) -> list[str]:
        return [self.body, *(each.name for each in self.contacts)]


class SendingItem(db.Model):
    """One file of it, in the version that went out. `warned` are the codes of what was known against it then."""

    __tablename__ = "sending_items"
    __table_args__ = (Index("uq_sending_items_asset", "asset_id", "sending_id", unique=True),)

    lives_in = "sending"

    id: Mapped[int] = mapped_column(primary_key=True)
    sending_id: Mapped[int] = mapped_column(ForeignKey("sendings.id", ondelete="CASCADE"), index=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("assets.id", ondelete="CASCADE"))
    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id", ondelete="CASCADE"), index=True)
    warned: Mapped[str] = mapped_column(String(80), default="")

    sending: Mapped[Sending] = relationship(back_populates="items")
    version: Mapped[Version] = relationship(lazy="joined", innerjoin=True)
    # Set by `load_related` for who sees the file.
    asset: Mapped[Asset | None] = relationship(viewonly=True, lazy="raise")

    @property
    def warnings(self) -> list[str]:
        """The codes."""
        return self.warned.split()
