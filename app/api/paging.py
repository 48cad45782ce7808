"""Lists are paged by key, never by offset. The cursor is opaque, so that what it holds can change."""

import base64
import binascii

from marshmallow import EXCLUDE, Schema, fields
from sqlalchemy import Select

from app.access import LARGEST_KEY
from app.api.fields import Whole, Wrong
from app.extensions import db
from app.web import Page

MOST = 100
USUAL = 20


def written(cursor) -> str | None:
    """The cursor as callers get it."""
    return None if cursor is None else base64.urlsafe_b64encode(f"k{cursor}".encode()).decode().rstrip("=")


class Cursor(fields.Field):
    """The `next` of the page before: a key, or what `read` makes of its text (None: it is none)."""

    def __init__(self, read=None, **named) -> None:
        super().__init__(**named)
        self.read = read or _key

    def _deserialize(self, value, attr, data, **named):
        try:
            text = base64.urlsafe_b64decode(value.encode() + b"=" * (-len(value) % 4)).decode("ascii")
            found = self.read(text[1:]) if text[:1] == "k" else None
        except (binascii.Error, UnicodeError, ValueError):
            found = None
        if found is None:
            raise Wrong("This is not the “next” of an answer.")
        return found


def _key(text: str) -> int | None:
    key = int(text) if text.isdigit() and len(text) <= 19 else -1
    return key if 0 <= key <= LARGEST_KEY else None


class PageQuery(Schema):
    """What every list takes."""

    class Meta:
        unknown = EXCLUDE

    limit = Whole(1, MOST, written=True, load_default=USUAL, metadata={"description": "At most so many items."})
    cursor = Cursor(load_default=None, metadata={"type": "string", "description": "“next” of the page before."})


def page(query: Select, key, *, limit: int, cursor: int | None, oldest_first: bool = False) -> Page:
    """A stretch of `query`, whose first column is `key`: newest first, or oldest first."""
    if cursor is not None:
        query = query.where(key > cursor if oldest_first else key < cursor)
    rows = list(db.session.scalars(query.order_by(key if oldest_first else key.desc()).limit(limit + 1)))
    shown = rows[:limit]
    last = shown[-1] if len(rows) > limit else None
    return Page(shown, last if last is None or isinstance(last, int) else getattr(last, key.key))
