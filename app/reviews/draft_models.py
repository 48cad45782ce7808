"""Reviews that are being written: a draft is no entry yet. It has a room, a secret space of its authors, and no feed,
list or search of anybody else knows of it.
"""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.ext.mutable import MutableDict
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.assets.models import Asset
from app.db import now
from app.extensions import db
from app.people.models import Person
from app.reviews.typed import value_of
from app.spaces.models import Space


class ReviewDraft(db.Model):
    """What the authors of a review have typed so far, by the names of its form's fields; valid or not.

    Its id is that of its room, whose members are the authors. Its deck lives in the room as well. `rows` holds what a
    file of figures said by channel or week: {kind: [[label, {figure: what it says}]]}. Once it is posted it says
    nothing any more but which review it became, so that who still has it open finds that.
    """

    __tablename__ = "review_drafts"

    lives_in = "space"
    is_inside = True

    id: Mapped[int] = mapped_column(ForeignKey("spaces.id", ondelete="CASCADE"), primary_key=True)
    fields: Mapped[dict] = mapped_column(MutableDict.as_mutable(JSON), default=dict)
    rows: Mapped[dict] = mapped_column(JSON, default=dict)
    deck_id: Mapped[int | None] = mapped_column(ForeignKey("assets.id", ondelete="SET NULL"), index=True)
    deck_read_version_id: Mapped[int | None] = mapped_column(ForeignKey("versions.id", ondelete="SET NULL"))
    review_id: Mapped[int | None] = mapped_column(ForeignKey("reviews.id", ondelete="SET NULL"), index=True)
    posted_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    saved_at: Mapped[datetime] = mapped_column(default=now)
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    space: Mapped[Space] = relationship()
    deck: Mapped[Asset | None] = relationship()
    saved_by: Mapped[Person | None] = relationship()
    review: Mapped["Review | None"] = relationship("Review", foreign_keys=[review_id])

    @property
    def title(self) -> str:
        return self.fields.get("title", "")

    @property
    def url(self) -> str:
        return f"/reviews/drafts/{self.id}"

    @property
    def page_version(self):
        return self.deck.page_version if self.deck else None

    @property
    def newest_version(self):
        """The newest version of its deck, whether it is drawn or not."""
        return self.deck.current if self.deck else None

    @property
    def is_deleted(self) -> bool:
        return False

    def said(self, name: str):
        """What the field of this name says, as a review would have it."""
        return value_of(name, self.fields.get(name, ""))
