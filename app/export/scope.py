"""What of a space an export holds: the entries at home in it and those shared into it, each with its whole thread.

Whoever reads a space may see exactly these. What they speak of elsewhere is named only if everybody may see it there.
"""

from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from app.access import entry_clause, space_clause
from app.entries.markdown import beginning
from app.entries.models import Entry, Share
from app.export.parts import part_of
from app.extensions import db
from app.people.models import Person
from app.spaces.models import Space

LOOKED_AT = 2000
"""Characters of a text that are read to find a line that names it."""


@dataclass(frozen=True)
class Spot:
    """Where an entry stands: its page in the export, or None if it is outside; `name` is a line that names it."""

    id: int
    kind: str
    name: str
    page: str | None
    root_id: int

    @property
    def fragment(self) -> str:
        """Where on its page it is found."""
        return "" if self.id == self.root_id else f"entry-{self.id}"


def lives_in(space: Space, root=Entry):
    """True, in SQL, for the root entries that are read in `space`, withdrawn ones only if something answers them."""
    shared = select(Share.entry_id).where(Share.space_id == space.id)
    there = or_(root.space_id == space.id, root.id.in_(shared))
    return root.thread_id.is_(None) & there & or_(root.deleted_at.is_(None), root.comment_count > 0)


class Scope:
    """What one person's export of a space holds, and what may be named in it."""

    def __init__(self, space: Space, person: Person) -> None:
        self.space, self.person = space, person

    def spots(self, ids: set[int]) -> dict[int, Spot]:
        """Where these entries stand, those outside as well if everybody may see them; three statements at most."""
        found = self._look(ids, lambda root: lives_in(self.space, root), inside=True)
        # An export is handed on: what stands elsewhere is named only where all of the company may read it.
        anybody = select(Space.id).where(Space.access == "open")
        found |= self._look(ids - found.keys(), lambda root: and_(
            entry_clause(self.person), root.space_id.in_(anybody)), inside=False)
        return found

    def _look(self, ids: set[int], clause, *, inside: bool) -> dict[int, Spot]:
        if not ids:
            return {}
        root = aliased(Entry, flat=True)
        query = select(
            Entry.id, Entry.kind, Entry.title, func.substr(Entry.body, 1, LOOKED_AT), root.id, root.kind, root.title,
        ).join(root, root.id == func.coalesce(Entry.thread_id, Entry.id))
        rows = db.session.execute(query.where(Entry.id.in_(ids), clause(root)))
        return {
            key: Spot(key, kind, title or beginning(body) or f"#{key}",
                      part_of(root_kind).page(root_id, root_title) if inside else None, root_id)
            for key, kind, title, body, root_id, root_kind, root_title in rows
        }

    def spaces(self, ids: set[int]) -> dict[int, Space]:
        """Those of the spaces that the person may know of."""
        if not ids:
            return {}
        query = select(Space).where(Space.id.in_(ids), or_(Space.id == self.space.id, space_clause(self.person)))
        return {space.id: space for space in db.session.scalars(query)}
