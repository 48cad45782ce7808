"""Which stored files and pages a file is like. The database's index of keys finds candidates, and only these are
compared; what may not be seen is no candidate."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from itertools import islice

from sqlalchemy import ColumnElement, Select, func, select, true

from app.assets.models import Version
from app.entries.models import Entry
from app.extensions import db
from app.radar.models import Fingerprint, FingerprintKey
from app.radar.prints import SAME_FILE, WHOLE, Print, Prints

CROWD = 300
"""A key that more fingerprints of pages have says nothing: a legal notice, the last slide of a template."""
COMMON = 8
"""A page that stands in more files than this, which are no copies of each other, is of a template."""
TRIED, TRIED_FILES = 24, 60
"""So many candidates are compared with a page, and with a file: those with most keys in common."""
KEYS_AT_ONCE, MOST_PAGES = 4000, 200
EXACT, NEAR, SHARES = "exact", "near", "shares"
KINDS = (EXACT, NEAR, SHARES)


@dataclass
class Match:
    """A stored version that a file is like. `pages` are pairs: a page of the file, and the same page there; `links` are
    pairs of fingerprints: which of the file's, the id of the other, and how much they have in common."""

    asset_id: int
    version_id: int
    share: float = 0.0
    is_exact: bool = False
    has_other_figures: bool = False
    pages: list[tuple[int, int]] = field(default_factory=list)
    links: list[tuple[int, int, float]] = field(default_factory=list)
    telling_pages: int = 0

    def kind(self, telling_pages: int) -> str:
        """How it is like a file that has so many pages to be recognised by: exact, near, or it shares some."""
        if self.is_exact:
            return EXACT
        most = max(telling_pages, self.telling_pages)
        same = min(len({mine for mine, _its in self.pages}), len({its for _mine, its in self.pages}))
        return NEAR if self.says_the_same or (most and same / most >= SAME_FILE) else SHARES

    @property
    def says_the_same(self) -> bool:
        """Whether the words alone make it nearly the same."""
        return self.share >= SAME_FILE and not self.has_other_figures


def find(prints: Prints, *, seen: ColumnElement = true(), besides: int | None = None) -> list[Match]:
    """The files that this one is like, the nearest first. `seen` is the condition on `Entry` of what may be found, and
    `besides` an asset that is left out. What is of a template is not told of files that only share it.
    """
    allowed = (seen, Entry.deleted_at.is_(None), Entry.id != besides if besides else true())
    looked_at = (prints.whole, *prints.pages[:MOST_PAGES])
    tried = _candidates(looked_at, allowed)
    stored = _load({key for keys in tried.values() for key in keys})
    matches = _pages_alike(looked_at[1:], tried, stored)
    _files_alike(prints.whole, tried, stored, matches)
    _forget_common(matches, len(prints.pages))
    found = [each for each in matches.values() if each.says_the_same or each.pages]
    return sorted(found, key=lambda each: (-each.share, -len(each.pages), each.asset_id))


def hits(keys: Iterable[int]) -> Select:
    """The fingerprints that have one of these keys: what the index is for."""
    return select(FingerprintKey.key, FingerprintKey.fingerprint_id).where(FingerprintKey.key.in_(keys))


def _parts(keys: Iterable[int]) -> Iterator[list[int]]:
    """The keys, no more at once than a statement takes."""
    left = iter(keys)
    while part := list(islice(left, KEYS_AT_ONCE)):
        yield part


def _candidates(looked_at: Sequence[Print], allowed: tuple) -> dict[int, list[int]]:
    """By page: the ids of the stored fingerprints to compare it with."""
    pages_of = defaultdict(list)
    for each in looked_at:
        for key in each.lookups():
            pages_of[key].append(each.page)
    common: dict[int, Counter] = defaultdict(Counter)
    for keys in _parts(_uncrowded(pages_of)):
        for key, fingerprint_id in db.session.execute(hits(keys)):
            for page in pages_of[key]:
                common[page][fingerprint_id] += 1
    living = _living({each for counts in common.values() for each in counts}, allowed)
    return {page: _most(counts, living & counts.keys(), TRIED if page else TRIED_FILES)
            for page, counts in common.items()}


def _most(counts: Counter, ids: set[int], most: int) -> list[int]:
    return nlargest(most, ids, key=lambda each: (counts[each], each))


def _living(ids: set[int], allowed: tuple) -> set[int]:
    """Those of the fingerprints that may be found. Apart from the hits, so that no database reads all the others."""
    found = set()
    for some in _parts(ids):
        query = select(Fingerprint.id).join(Version, Version.id == Fingerprint.version_id).join(
            Entry, Entry.id == Version.asset_id).where(Fingerprint.id.in_(some), *allowed)
        found |= set(db.session.scalars(query))
    return found


def _uncrowded(pages_of: dict[int, list[int]]) -> list[int]:
    crowded = set()
    for keys in _parts(pages_of):
        counted = select(FingerprintKey.key).where(FingerprintKey.key.in_(keys)).group_by(FingerprintKey.key)
        crowded |= set(db.session.scalars(counted.having(func.count() > CROWD)))
    return [key for key, pages in pages_of.items() if key not in crowded or WHOLE in pages]


@dataclass(frozen=True)
class _Stored:
    id: int
    asset_id: int
    version_id: int
    print: Print


def _load(ids: set[int]) -> dict[int, _Stored]:
    return {each.id: each for some in _parts(ids)
            for each in _read(Fingerprint.id.in_(some))}


def _read(condition: ColumnElement) -> list[_Stored]:
    query = select(Fingerprint, Version.asset_id).join(Fingerprint.version).where(condition)
    return [_Stored(row.id, asset_id, row.version_id, row.as_print()) for row, asset_id in db.session.execute(query)]


def _pages_alike(pages: Sequence[Print], tried: dict, stored: dict[int, _Stored]) -> dict[int, Match]:
    """By version: the pages that are the same there."""
    matches: dict[int, Match] = {}
    for page in pages:
        for other in (stored[key] for key in tried.get(page.page, ()) if stored[key].print.page != WHOLE):
            share = page.likeness(other.print)
            if page.is_same_page(other.print, share):
                match = matches.setdefault(other.version_id, Match(other.asset_id, other.version_id))
                match.pages.append((page.page, other.print.page))
                match.links.append((page.page, other.id, share))
    return matches


def _files_alike(whole: Print, tried: dict, stored: dict[int, _Stored], matches: dict[int, Match]) -> None:
    """Compare the whole with whole files: those that have a key of it in common, and those with a page of it."""
    wholes = {each.version_id: each for each in map(stored.get, tried.get(WHOLE, ())) if each.print.page == WHOLE}
    missing = matches.keys() - wholes.keys()
    if missing:
        also = _read(Fingerprint.version_id.in_(missing) & (Fingerprint.page == WHOLE))
        wholes |= {each.version_id: each for each in also}
    counts = dict(db.session.execute(
        select(Fingerprint.version_id, func.count()).where(Fingerprint.version_id.in_(wholes), Fingerprint.page > WHOLE)
        .group_by(Fingerprint.version_id)).all()) if wholes else {}
    for other in wholes.values():
        match = matches.setdefault(other.version_id, Match(other.asset_id, other.version_id))
        match.share, match.telling_pages = whole.likeness(other.print), counts.get(other.version_id, 0)
        match.has_other_figures = whole.has_other_figures(other.print, match.share)
        match.links.append((WHOLE, other.id, match.share))


def _forget_common(matches: dict[int, Match], telling_pages: int) -> None:
    """Take pages of a template out of the files that are no copies of this one."""
    others = [each for each in matches.values() if each.kind(telling_pages) == SHARES]
    having = Counter(page for each in others for page in {mine for mine, _its in each.pages})
    for each in others:
        each.pages = [pair for pair in each.pages if having[pair[0]] <= COMMON]
        each.links = [link for link in each.links if having[link[0]] <= COMMON]

