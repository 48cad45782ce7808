"""What somebody is told of a file before they share it: which of the files they may see it is a copy of, or like."""

from dataclasses import dataclass

from flask_babel import ngettext
from sqlalchemy import select

from app.assets.copies import copies, findable
from app.assets.listing import listed
from app.assets.models import Asset, Version
from app.extensions import db
from app.people.models import Person
from app.radar.index import EXACT, NEAR, SHARES, Match, find
from app.radar.reading import read_arrived

TOLD = 6
"""So many files are shown; whoever wants more searches."""


@dataclass(frozen=True)
class Known:
    """What is known of a file: its matches, and how many of its own pages can be recognised."""

    matches: tuple[Match, ...]
    telling_pages: int

    def kind(self, match: Match) -> str:
        return match.kind(self.telling_pages)


@dataclass(frozen=True)
class Alike:
    """A file that another one is like, as it is shown: how (`kind`), and which of their pages are the same."""

    asset: Asset
    version: Version
    kind: str
    share: float
    pages: tuple[tuple[int, int], ...]

    @property
    def shared_pages(self) -> int:
        """How many pages of the file are in this one."""
        return len({mine for mine, _its in self.pages})

    @property
    def sentence(self) -> str:
        """How many slides or pages they have in common."""
        if self.asset.media_kind == "deck":
            return ngettext("%(num)s slide is the same", "%(num)s slides are the same", self.shared_pages)
        return ngettext("%(num)s page is the same", "%(num)s pages are the same", self.shared_pages)


def look(sha256: str, media_type: str, person: Person) -> Known:
    """What the files that `person` may see have in common with a stored one. Reads it, if its bytes are new here."""
    prints = read_arrived(sha256, media_type)
    found = {each.asset_id: each for each in find(prints, seen=findable(person))}
    for version in reversed(copies(sha256, seen=findable(person, Asset))):
        match = found.setdefault(version.asset_id, Match(version.asset_id, version.id))
        match.is_exact, match.version_id, match.share = True, version.id, 1.0
    known = Known(tuple(found.values()), len(prints.pages))
    rank = (EXACT, NEAR, SHARES).index
    ordered = sorted(found.values(), key=lambda each: (rank(known.kind(each)), -each.share, -len(each.pages),
                                                       each.asset_id))
    return Known(tuple(ordered), len(prints.pages))


def present(known: Known, limit: int = TOLD) -> list[Alike]:
    """The nearest of them as they are shown, in two statements."""
    matches = known.matches[:limit]
    assets = {each.id: each for each in listed([each.asset_id for each in matches])}
    wanted = select(Version).where(Version.id.in_([each.version_id for each in matches]))
    versions = {each.id: each for each in db.session.scalars(wanted)} if matches else {}
    return [Alike(assets[each.asset_id], versions[each.version_id], known.kind(each), each.share,
                  tuple(sorted(each.pages))) for each in matches]
