"""The report of duplicated work: files that exist more than once, then slides, as far as the reader may see them."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.access import can
from app.assets.listing import listed
from app.assets.models import Asset, Page, Version
from app.extensions import db
from app.people.models import Person
from app.radar.index import COMMON
from app.radar.models import Fingerprint
from app.radar.pairs import Pair, Place, alike, pair, sides
from app.radar.prints import WHOLE

FILES, SLIDES = "files", "slides"
OF = (FILES, SLIDES)
MOST_PAIRS = 20_000
"""So many pairs are looked at, the newest: a bound for the page, not a number that a company comes to."""
GROUPS = 20


@dataclass(frozen=True)
class Member:
    """One of a group: an asset, and of a group of slides the page in it."""

    asset: Asset
    number: int | None = None
    page: Page | None = None

    @property
    def url(self) -> str:
        return f"{self.asset.url}?version={self.number}&slide={self.page.number}" if self.page else self.asset.url

    @property
    def picture_url(self) -> str | None:
        return self.page.thumb_url if self.page else self.asset.cover_url

    @property
    def reused(self) -> int:
        """Into how many further spaces that its reader knows of it was shared."""
        return sum(1 for each in self.asset.shares if can(current_user, "see", each.space))


@dataclass(frozen=True)
class Group:
    """Files, or slides, that are one piece of work, the oldest first. `key` is what the report is paged by."""

    key: int
    is_exact: bool
    members: list[Member]


@dataclass(frozen=True)
class Report:
    """A stretch of the report."""

    groups: list[Group]
    next: int | None
    count: int


def report(person: Person, of: str, *, before: int | None = None, limit: int = GROUPS) -> Report:
    """What exists more than once, the newest first. It follows from what `person` may see, and from nothing else."""
    whole = _pairs(person, sides().mine.page == WHOLE)
    files = _components((each.mine.asset_id, each.its.asset_id) for each in whole)
    if of == FILES:
        places = {each.asset_id: each for found in whole for each in (found.mine, found.its)}
        found, pairs, key_of = files, whole, _asset_id
    else:
        near = {frozenset((each.mine.asset_id, each.its.asset_id)) for each in whole}
        pairs = [each for each in _pairs(person, sides().mine.page != WHOLE)
                 if frozenset((each.mine.asset_id, each.its.asset_id)) not in near]
        places = {each.fingerprint_id: each for found in pairs for each in (found.mine, found.its)}
        found, key_of = _components((each.mine.fingerprint_id, each.its.fingerprint_id) for each in pairs), _print_id
        found = [each for each in found if _works(each, places, files) <= COMMON + 1]
    groups = sorted(found, key=max, reverse=True)
    shown = [each for each in groups if before is None or max(each) < before]
    inexact = {key_of(each.mine) for each in pairs if not each.is_exact}
    members = _members([places[key] for group in shown[:limit] for key in group], of)
    stretch = [Group(max(group), not group & inexact, [members[key] for key in _oldest_first(group, places)])
               for group in shown[:limit]]
    return Report(stretch, stretch[-1].key if len(shown) > limit else None, len(groups))


def _oldest_first(group: set[int], places: dict[int, Place]) -> list[int]:
    return sorted(group, key=lambda key: (places[key].asset_id, places[key].page))


def _asset_id(place: Place) -> int:
    return place.asset_id


def _print_id(place: Place) -> int:
    return place.fingerprint_id


def _pairs(person: Person, condition) -> list[Pair]:
    of = sides()
    query = alike(person).where(condition, of.my_version.asset_id < of.its_version.asset_id)
    newest = query.order_by(of.its.id.desc(), of.mine.id.desc()).limit(MOST_PAIRS)
    return [pair(row) for row in db.session.execute(newest)]


def _components(edges: Iterable[tuple[int, int]]) -> list[set[int]]:
    """What hangs together by pairs."""
    group_of: dict[Hashable, set[int]] = {}
    for one, other in edges:
        mine, theirs = group_of.get(one, {one}), group_of.get(other, {other})
        merged = mine | theirs
        group_of |= dict.fromkeys(merged, merged)
    return list({id(each): each for each in group_of.values()}.values())


def _works(slides: set[int], places: dict[int, Place], files: list[set[int]]) -> int:
    """In how many pieces of work some slides are: copies of one file are one."""
    work_of = defaultdict(lambda: None, {key: at for at, group in enumerate(files) for key in group})
    assets = {places[each].asset_id for each in slides}
    return len({work_of[key] if work_of[key] is not None else -key for key in assets})


def _members(places: list[Place], of: str) -> dict[int, Member]:
    """By asset, or by fingerprint for slides."""
    assets = {each.id: each for each in listed([each.asset_id for each in places])}
    if of == FILES:
        return {key: Member(asset) for key, asset in assets.items()}
    query = select(Fingerprint.id, Page).join(Version, Version.id == Fingerprint.version_id).join(
        Page, (Page.version_id == Version.id) & (Page.number == Fingerprint.page))
    query = query.where(Fingerprint.id.in_([each.fingerprint_id for each in places]))
    pages = dict(db.session.execute(query.options(joinedload(Page.version))).all()) if places else {}
    return {each.fingerprint_id: Member(assets[each.asset_id], each.number, pages.get(each.fingerprint_id))
            for each in places}
