"""Pairs of stored files and pages that are alike, as far as somebody may see both: one rule for pages and reports."""

from dataclasses import dataclass

from sqlalchemy import Row, Select, and_, exists, or_, select
from sqlalchemy.orm import aliased

from app.assets.copies import findable
from app.assets.models import Version
from app.entries.models import Entry
from app.people.models import Person
from app.radar.models import Fingerprint, Likeness, MeantTwo

mine, its = aliased(Fingerprint), aliased(Fingerprint)
my_version, its_version = aliased(Version), aliased(Version)
_my_entry, _its_entry = aliased(Entry), aliased(Entry)


@dataclass(frozen=True)
class Place:
    """A page of an asset's version, or the whole of it (page 0)."""

    fingerprint_id: int
    asset_id: int
    version_id: int
    number: int
    page: int


@dataclass(frozen=True)
class Pair:
    """Two places that are alike."""

    mine: Place
    its: Place
    share: float
    is_exact: bool


def alike(person: Person, *, dismissed: bool = False) -> Select:
    """A query for `pair` of what is alike, where `person` may see both. What somebody said is meant to be two is left
    out, or is there too with `dismissed`.
    """
    sides = ((mine, my_version), (its, its_version))
    columns = [column for side, version in sides
               for column in (side.id, version.asset_id, version.id, version.number, side.page)]
    query = select(*columns, Likeness.share, my_version.sha256 == its_version.sha256).select_from(Likeness)
    query = query.join(mine, mine.id == Likeness.fingerprint_id).join(my_version, my_version.id == mine.version_id)
    query = query.join(its, its.id == Likeness.other_id).join(its_version, its_version.id == its.version_id)
    query = query.join(_my_entry, _my_entry.id == my_version.asset_id)
    query = query.join(_its_entry, _its_entry.id == its_version.asset_id)
    query = query.where(findable(person, _my_entry), findable(person, _its_entry))
    return query if dismissed else query.where(~_meant_two())


def _meant_two():
    ids = my_version.asset_id, its_version.asset_id
    ways = (and_(MeantTwo.one_id == one, MeantTwo.other_id == other) for one, other in (ids, ids[::-1]))
    return exists().where(or_(*ways))


def pair(row: Row) -> Pair:
    """A row of that query."""
    return Pair(Place(*row[:5]), Place(*row[5:10]), row[10], row[11])
