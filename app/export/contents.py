"""What an export of a space will hold: how many entries of which kind, how many files, how large."""

from dataclasses import dataclass

from sqlalchemy import func, select

from app.assets.models import Page, StoredFile, Version
from app.entries.attachments import Upload
from app.entries.models import Entry
from app.export.parts import PARTS
from app.export.scope import lives_in
from app.extensions import db
from app.spaces.models import Space


@dataclass(frozen=True)
class Contents:
    """Numbers of entries by kind and of original files, and the bytes of those and of the pictures of their pages."""

    kinds: dict[str, int]
    files: int
    bytes: int

    @property
    def entries(self) -> int:
        return sum(self.kinds.values())

    @property
    def total(self) -> int:
        """What progress counts."""
        return self.entries + self.files


def contents(space: Space) -> Contents:
    """Count what is in it: six statements."""
    roots = select(Entry.id).where(lives_in(space))
    here = Entry.id.in_(roots) | Entry.thread_id.in_(roots)
    counted = select(Entry.kind, func.count()).group_by(Entry.kind).order_by(Entry.kind)
    # Each by an index of its own: together they would be looked for among all entries.
    found = {kind: number for clause in (lives_in(space), Entry.thread_id.in_(roots))
             for kind, number in db.session.execute(counted.where(clause))}
    # In the order in which they are told, comments last.
    order = [kind for kind in (*PARTS, *found) if kind != "comment"]
    kinds = {kind: found[kind] for kind in (*dict.fromkeys(order), "comment") if kind in found}
    versions = select(func.count(), func.coalesce(func.sum(Version.bytes), 0)).where(Version.asset_id.in_(roots))
    held = select(func.count(), func.coalesce(func.sum(StoredFile.bytes), 0)).select_from(Upload).join(
        StoredFile, StoredFile.sha256 == Upload.sha256).join(Entry, Entry.id == Upload.entry_id).where(here)
    (originals, their_bytes), (dropped, bytes_dropped) = (db.session.execute(query).one() for query in (versions, held))
    pictures = [
        db.session.scalar(select(func.coalesce(func.sum(StoredFile.bytes), 0)).select_from(Page).join(
            StoredFile, StoredFile.sha256 == column).join(Page.version).where(Version.asset_id.in_(roots)))
        for column in (Page.image_sha256, Page.thumb_sha256)
    ]
    return Contents(kinds, originals + dropped, int(their_bytes + bytes_dropped + sum(pictures)))
