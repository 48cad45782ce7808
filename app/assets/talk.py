"""What is said of the pages of a version: beside each page, and of pages that this version has no more."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from sqlalchemy import and_, or_, select

from app.assets.models import Asset, Page, Version
from app.entries.models import Comment
from app.extensions import db


@dataclass(frozen=True)
class Elsewhere:
    """Comments on a page of another version, or without a page on moments of it. Of which version, is unknown where it
    is gone or not for the reader.
    """

    page: int | None
    version: Version | None
    comments: list[Comment]

    @property
    def picture_url(self) -> str | None:
        drawn = self.page and self.version and self.version.has_pages
        return f"{self.version.url}/pages/{self.page}.webp" if drawn else None


@dataclass
class Talk:
    """The comments of a thread by the pages of a version, or by its `moments`; `whole` are those on neither."""

    whole: list[Comment] = field(default_factory=list)
    moments: list[Comment] = field(default_factory=list)
    on: dict[int, list[Comment]] = field(default_factory=lambda: defaultdict(list))
    elsewhere: list[Elsewhere] = field(default_factory=list)

    @property
    def counts(self) -> Counter:
        """How many living comments speak of each page."""
        return Counter({page: sum(not each.is_deleted for each in said) for page, said in self.on.items()})


def talk(comments: list[Comment], version: Version | None) -> Talk:
    """Sort comments by what they speak of, as seen by who reads `version`: of newer pages it shows nothing."""
    sorted_out, left = Talk(), defaultdict(list)
    here = _places(version) if version else {}
    known = {each.id: each for each in version.asset.versions} if version else {}
    on_moments: set[int] = set()
    for each in comments:
        spot = each.version_id, each.page
        if each.parent_id in on_moments or each.at is not None and _sounds_like(known.get(each.version_id), version):
            sorted_out.moments.append(each)
            on_moments.add(each.id)
        elif each.page is None and each.at is None:
            sorted_out.whole.append(each)
        elif each.at is None and version and (each.version_id in (None, version.id) or spot in here):
            sorted_out.on[here.get(spot, each.page)].append(each)
        else:
            left[spot].append(each)
    sorted_out.moments.sort(key=lambda each: (each.parent_id in on_moments, each.at or 0, each.id))
    groups = [Elsewhere(page, known.get(key), said) for (key, page), said in left.items()]
    sorted_out.elsewhere = sorted(
        (each for each in groups if _is_lost(each, version)),
        key=lambda each: (each.version.number if each.version else 0, each.page or 0),
    )
    return sorted_out


def _sounds_like(of: Version | None, shown: Version | None) -> bool:
    """Whether a moment of the one is there in the other: only if it is the same recording."""
    return shown is not None and (of is None or of.sha256 == shown.sha256)


def _is_lost(group: Elsewhere, version: Version | None) -> bool:
    is_older = not (version and group.version) or group.version.number < version.number
    return is_older and any(not each.is_deleted for each in group.comments)


def of_page(version: Version, number: int):
    """True, in SQL, for the comments that `talk` puts beside this page."""
    newer = [and_(Comment.version_id == key, Comment.page == page)
             for (key, page), place in _places(version).items() if place == number]
    here = and_(Comment.page == number, or_(Comment.version_id == version.id, Comment.version_id.is_(None)))
    return or_(here, *newer)


def _places(version: Version) -> dict[tuple[int, int], int]:
    """Where pages of newer versions are in this one. What people read, nothing newer continues."""
    asset: Asset = version.asset
    if version.number >= asset.page_version.number:
        return {}
    later = select(Page.id, Page.continues_id, Page.version_id, Page.number).join(Version).where(
        Version.asset_id == asset.id, Version.number >= version.number
    ).order_by(Version.number)
    numbers: dict[int, int] = {}
    places = {}
    for key, continued, version_id, number in db.session.execute(later):
        if version_id == version.id:
            numbers[key] = number
        elif continued in numbers:
            places[version_id, number] = numbers[key] = numbers[continued]
    return places
