"""Why a file is as it is: what it was adapted from, what was adapted from it, and what was decided about either.

Whatever the reader may not see is not there for them: no link, no count, no gap.
"""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import Select, literal, select
from sqlalchemy.orm import aliased, joinedload

from app.access import visible
from app.assets.models import Asset
from app.decisions.models import Decision
from app.entries.cards import load_related
from app.entries.models import Entry
from app.extensions import db
from app.people.models import Person
from app.reuse.models import Derivation

DEEPEST = 12
MOST = 40


@dataclass(frozen=True)
class Link:
    """A file of the chain with how it was derived, if it was, and the decisions about it."""

    asset: Asset
    derivation: Derivation | None
    decisions: list[Decision]

    @property
    def compare_url(self) -> str:
        """What changed in the origin since."""
        was, origin = self.derivation.version.number, self.derivation.origin
        return f"{origin.url}/compare?from={was}&to={origin.version_count}"


@dataclass(frozen=True)
class Chain:
    """`origins` from the first to the nearest, then the file itself, then its copies, the newest first.

    Of `here` the derivation is there only for who may see the origin.
    """

    origins: list[Link]
    here: Link
    copies: list[Link]

    def __bool__(self) -> bool:
        return bool(self.origins or self.copies)


def why_chain(asset: Asset, reader: Person) -> Chain:
    """The chain of `asset` as far as `reader` may see it. Five statements."""
    origins = _origins(asset, reader)
    copies = list(db.session.scalars(_copies(asset, reader)))
    shown = [*origins, asset, *copies]
    load_related(shown, reader)
    derivations = _derivations([each.id for each in shown])
    decisions = _decisions([each.id for each in shown], reader)
    seen = {each.id for each in shown}

    def link(each: Asset) -> Link:
        derived = derivations.get(each.id)
        return Link(each, derived if derived and derived.origin_id in seen else None, decisions[each.id])

    return Chain([link(each) for each in origins], link(asset), [link(each) for each in copies])


def _living(reader: Person) -> Select:
    return visible(reader, Asset).where(Asset.deleted_at.is_(None)).options(joinedload(Asset.space),
                                                                            joinedload(Asset.author))


def _origins(asset: Asset, reader: Person) -> list[Asset]:
    """What it comes from, the first one first; it ends where the reader sees no further."""
    step = select(Derivation.origin_id, literal(1).label("depth")).where(Derivation.asset_id == asset.id)
    up = step.cte("up", recursive=True)
    above = aliased(Derivation)
    up = up.union_all(select(above.origin_id, up.c.depth + 1).join(up, above.asset_id == up.c.origin_id).where(
        up.c.depth < DEEPEST))
    found = _living(reader).join(up, up.c.origin_id == Asset.id).add_columns(up.c.depth).order_by(up.c.depth)
    nearest = []
    for each, depth in db.session.execute(found):
        if depth != len(nearest) + 1:
            break
        nearest.append(each)
    return nearest[::-1]


def _copies(asset: Asset, reader: Person) -> Select:
    derived = _living(reader).join(Derivation, Derivation.asset_id == Asset.id)
    return derived.where(Derivation.origin_id == asset.id).order_by(Asset.id.desc()).limit(MOST)


def _derivations(asset_ids: list[int]) -> dict[int, Derivation]:
    query = select(Derivation).where(Derivation.asset_id.in_(asset_ids)).options(
        joinedload(Derivation.version), joinedload(Derivation.origin), joinedload(Derivation.settled_by))
    return {each.asset_id: each for each in db.session.scalars(query)}


def _decisions(asset_ids: list[int], reader: Person) -> dict[int, list[Decision]]:
    """What was decided about each file or a comment in its thread."""
    about = aliased(Entry)
    query = visible(reader, Decision).join(about, about.id == Decision.about_id).where(
        Decision.deleted_at.is_(None), about.id.in_(asset_ids) | about.thread_id.in_(asset_ids))
    query = query.add_columns(about.id, about.thread_id).order_by(Decision.id.desc()).limit(MOST)
    found = defaultdict(list)
    for decision, about_id, thread_id in db.session.execute(query):
        found[thread_id or about_id].append(decision)
    return found
