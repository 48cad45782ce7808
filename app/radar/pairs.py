"""Pairs of stored files and pages that are alike, as far as somebody may see both: one rule for pages and reports."""

from dataclasses import dataclass
from functools import cache

from sqlalchemy import Row, Select, and_, exists, or_, select
from sqlalchemy.orm import aliased

from app.assets.copies import findable
from app.assets.models import Asset, Version
from app.entries.models import Entry
from app.people.models import Person
from app.radar.models import Fingerprint, Likeness, MeantTwo


class Sides:
    """The two sides of a pair, as queries name them."""

    def __init__(self) -> None:
        self.mine, self.its = aliased(Fingerprint), aliased(Fingerprint)
        self.my_version, self.its_version = aliased(Version), aliased(Version)
        self.my_entry, self.its_entry = aliased(Entry), aliased(Entry)


@cache
def sides() -> Sides:
    """The same ones for every query; made when models are all there."""
    return Sides()


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
    of = sides()
    columns = [column for side, version in ((of.mine, of.my_version), (of.its, of.its_version))
               for column in (side.id, version.asset_id, version.id, version.number, side.page)]
    query = select(*columns, Likeness.share, of.my_version.sha256 == of.its_version.sha256).select_from(Likeness)
    query = query.join(of.mine, of.mine.id == Likeness.fingerprint_id)
    query = query.join(of.my_version, of.my_version.id == of.mine.version_id)
    query = query.join(of.its, of.its.id == Likeness.other_id)
    query = query.join(of.its_version, of.its_version.id == of.its.version_id)
    query = query.join(of.my_entry, of.my_entry.id == of.my_version.asset_id)
    query = query.join(of.its_entry, of.its_entry.id == of.its_version.asset_id)
    query = query.where(findable(person, of.my_entry), findable(person, of.its_entry),
                        ~_adapted(of.my_version.asset_id, of.its_version.asset_id))
    return query if dismissed else query.where(~_meant_two(of.my_version.asset_id, of.its_version.asset_id))


def _adapted(one, other):
    """True, in SQL, where one was adapted from the other: a copy that is remembered is no work done twice."""
    ways = (and_(Asset.__table__.c.id == mine, Asset.__table__.c.origin_id == its)
            for mine, its in ((one, other), (other, one)))
    return exists().select_from(Asset.__table__).where(or_(*ways))


def _meant_two(*ids):
    ways = (and_(MeantTwo.one_id == one, MeantTwo.other_id == other) for one, other in (ids, ids[::-1]))
    return exists().where(or_(*ways))


def pair(row: Row) -> Pair:
    """A row of that query."""
    return Pair(Place(*row[:5]), Place(*row[5:10]), row[10], row[11])
