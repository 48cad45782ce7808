"""Where a file is used, as far as the reader may see it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import Select, select, union

from app.access import entry_clause, space_clause
from app.assets.models import Asset
from app.decisions.models import Decision
from app.entries.models import Entry, Share
from app.extensions import db
from app.learnings.models import Evidence
from app.people.models import Person
from app.reuse.models import Derivation
from app.reviews.models import Review
from app.spaces.models import Space

MOST = 100
# Features add theirs: each says with a query of ids which entries use the asset of this id.
entries_using: list[Callable[[int], Select]] = [
    lambda key: select(Review.id).where(Review.deck_id == key),
    lambda key: select(Evidence.learning_id).where(Evidence.entry_id == key),
    lambda key: select(Derivation.asset_id).where(Derivation.origin_id == key),
    lambda key: select(Decision.id).where(Decision.about_id == key),
]


@dataclass(frozen=True)
class Thing:
    """Something that is no entry and uses a file: `kind`, what it is called, where it is."""

    kind: str
    title: str
    url: str


# Features whose things are no entries: each answers those that use an asset and that the person may see.
things_using: list[Callable[[Asset, Person], list[Thing]]] = []


@dataclass(frozen=True)
class Uses:
    """The spaces it is shared into, the entries that show it or rest on it, and what else uses it."""

    spaces: list[Space]
    entries: list[Entry]
    things: list[Thing] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.spaces) + len(self.entries) + len(self.things)


def used_in(asset: Asset, reader: Person) -> Uses:
    """Everything that uses `asset` and that `reader` may see: a statement for each of spaces, entries and things."""
    into = select(Space).join(Share, Share.space_id == Space.id).where(Share.entry_id == asset.id, space_clause(reader))
    ids = union(*(find(asset.id) for find in entries_using)).subquery()
    using = select(Entry).where(Entry.id.in_(select(ids)), Entry.deleted_at.is_(None), entry_clause(reader))
    return Uses(
        list(db.session.scalars(into.order_by(Space.name).limit(MOST))),
        list(db.session.scalars(using.order_by(Entry.kind, Entry.id.desc()).limit(MOST))),
        [each for find in things_using for each in find(asset, reader)],
    )
