"""Where else a file, or a slide of it, is: what stands on an asset's page, and two assets beside each other."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from app.assets.listing import listed
from app.assets.models import Asset, Page
from app.assets.page_matching import PageContent, match_equal
from app.extensions import db
from app.people.models import Person
from app.radar.index import COMMON
from app.radar.models import Likeness, MeantTwo
from app.radar.pairs import alike, pair, sides
from app.radar.prints import WHOLE

MOST_PAIRS = 600
"""So many pairs of an asset are looked at: of more, the nearest of its first pages."""


@dataclass(frozen=True)
class Copy:
    """A file that is a copy of another one, exact or nearly."""

    asset: Asset
    is_exact: bool
    share: float


@dataclass(frozen=True)
class Spot:
    """A page of another asset."""

    asset: Asset
    number: int
    page: int

    @property
    def url(self) -> str:
        return f"{self.asset.url}?version={self.number}&slide={self.page}"


@dataclass(frozen=True)
class Elsewhere:
    """Where else an asset is: copies of the whole, and by page where that page is in other files."""

    copies: list[Copy]
    pages: dict[int, list[Spot]]

    def __bool__(self) -> bool:
        return bool(self.copies or self.pages)


def elsewhere(asset: Asset, person: Person) -> Elsewhere:
    """Where else `asset` is, as far as `person` may see it. Three statements."""
    of = sides()
    query = alike(person).where(of.my_version.asset_id == asset.id)
    rows = db.session.execute(query.order_by(of.mine.page, Likeness.share.desc(), of.its.id).limit(MOST_PAIRS))
    found = [pair(row) for row in rows]
    copies = {each.its.asset_id: each for each in found if each.mine.page == WHOLE}
    pages = defaultdict(dict)
    for each in found:
        if each.mine.page != WHOLE and each.its.asset_id not in copies:
            pages[each.mine.page].setdefault(each.its.asset_id, each.its)
    pages = {page: spots for page, spots in pages.items() if len(spots) <= COMMON}
    ids = [*copies, *{key for spots in pages.values() for key in spots}]
    assets = {each.id: each for each in listed(ids, person)}
    return Elsewhere(
        [Copy(assets[key], each.is_exact, each.share) for key, each in copies.items()],
        {page: [Spot(assets[key], spot.number, spot.page) for key, spot in spots.items()]
         for page, spots in pages.items()},
    )


@dataclass(frozen=True)
class Beside:
    """Two assets beside each other: the pages that are the same, and those that only one of them has."""

    one: Asset
    other: Asset
    is_exact: bool
    is_copy: bool
    same: list[tuple[Page, Page]]
    only_one: list[Page]
    only_other: list[Page]
    is_meant_two: bool


def beside(one: Asset, other: Asset, person: Person) -> Beside:
    """Two assets that `person` may see, page by page, in the versions that people read."""
    of = sides()
    query = alike(person, dismissed=True)
    query = query.where(of.my_version.asset_id == one.id, of.its_version.asset_id == other.id)
    nearest = query.order_by(Likeness.share.desc(), of.mine.page, of.its.page)
    found = [pair(row) for row in db.session.execute(nearest)]
    pages = {each.id: _pages(each) for each in (one, other)}
    same, taken = [], ({WHOLE}, {WHOLE})
    for each in found:
        if each.mine.page not in taken[0] and each.its.page not in taken[1]:
            same.append((each.mine.page, each.its.page))
            taken[0].add(each.mine.page)
            taken[1].add(each.its.page)
    for mine, its in _equal(pages[one.id], pages[other.id], taken):
        same.append((mine, its))
        taken[0].add(mine)
        taken[1].add(its)
    whole = [each for each in found if each.mine.page == WHOLE]
    smaller, larger = sorted((one.id, other.id))
    meant = exists().where(MeantTwo.one_id == smaller, MeantTwo.other_id == larger)
    return Beside(
        one, other, any(each.is_exact for each in whole), bool(whole),
        [(pages[one.id][mine], pages[other.id][its]) for mine, its in sorted(same)
         if mine in pages[one.id] and its in pages[other.id]],
        [each for number, each in pages[one.id].items() if number not in taken[0]],
        [each for number, each in pages[other.id].items() if number not in taken[1]],
        db.session.scalar(select(meant)),
    )


def _equal(ours: dict[int, Page], theirs: dict[int, Page], taken: tuple[set, set]) -> list[tuple[int, int]]:
    """Of the pages that are left, those that say or show exactly the same: title slides, an agenda."""
    sides = [[each for number, each in pages.items() if number not in gone]
             for pages, gone in zip((ours, theirs), taken, strict=True)]
    found = match_equal(*([PageContent(each.title, each.text, each.image_sha256) for each in side] for side in sides))
    return [(sides[0][mine].number, sides[1][its].number) for mine, its in found.items()]


def _pages(asset: Asset) -> dict[int, Page]:
    version = asset.page_version
    query = select(Page).where(Page.version_id == version.id).options(joinedload(Page.version)).order_by(Page.number)
    return {each.number: each for each in db.session.scalars(query)}
