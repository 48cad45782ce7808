"""Any two versions page by page: which page became which, and what of it changed."""

from dataclasses import dataclass, field

from sqlalchemy import select

from app.assets.models import Page, Version
from app.assets.page_matching import moved
from app.extensions import db

SAME, CHANGED, MOVED, NEW, GONE = STATES = ("same", "changed", "moved", "new", "gone")


def words_of(page: Page) -> str:
    """All that is read on a page; of slides the title is kept apart from the text."""
    return page.text if page.text.lstrip().startswith(page.title) else f"{page.title}\n{page.text}"


@dataclass(frozen=True)
class Pair:
    """A page before and after; one of them is None where the page is new or gone."""

    before: Page | None
    after: Page | None
    is_moved: bool = False

    @property
    def looks_changed(self) -> bool:
        return self.is_kept and self.before.image_sha256 != self.after.image_sha256

    @property
    def words_changed(self) -> bool:
        return self.is_kept and any(self.told(name)[0] != self.told(name)[1] for name in ("words", "notes"))

    def told(self, name: str) -> tuple[str, str]:
        """Its words, or its speaker notes, before and after; empty where there is no such page."""
        say = words_of if name == "words" else lambda page: page.notes
        return tuple(say(page) if page else "" for page in (self.before, self.after))

    @property
    def is_kept(self) -> bool:
        return self.before is not None and self.after is not None

    @property
    def state(self) -> str:
        """The one word for it; a page that moved may have changed as well, and is told as changed."""
        if not self.is_kept:
            return NEW if self.before is None else GONE
        if self.looks_changed or self.words_changed:
            return CHANGED
        return MOVED if self.is_moved else SAME

    @property
    def page(self) -> Page:
        """The page as it is, or as it last was."""
        return self.after or self.before

    @property
    def address(self) -> str:
        """What names it in an address: its number now, or the number it had."""
        return f"slide={self.after.number}" if self.after else f"was={self.before.number}"


@dataclass(frozen=True)
class Comparison:
    """Two versions beside each other, the pages in the order of the one after, those gone where they were."""

    before: Version
    after: Version
    pairs: list[Pair] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """How many pages there are of each state."""
        states = [pair.state for pair in self.pairs]
        return {state: states.count(state) for state in STATES}

    @property
    def changes(self) -> list[Pair]:
        return [pair for pair in self.pairs if pair.state != SAME]

    def find(self, slide: int | None = None, was: int | None = None) -> Pair | None:
        """The page with this number after, or before; else the first that changed."""
        named = [pair for pair in self.pairs if slide and pair.after and pair.after.number == slide]
        named += [pair for pair in self.pairs if was and pair.before and pair.before.number == was]
        return next(iter(named or self.changes or self.pairs), None)

    def beside(self, pair: Pair | None) -> tuple[Pair | None, Pair | None]:
        """The changes before and after this page."""
        places = {id(each): at for at, each in enumerate(self.pairs)}
        at = places[id(pair)] if pair else 0
        earlier = [each for each in self.changes if places[id(each)] < at]
        later = [each for each in self.changes if places[id(each)] > at]
        return (earlier[-1] if earlier else None), (later[0] if later else None)


def compare(before: Version, after: Version) -> Comparison:
    """The pages of two versions of one asset, in two statements however many versions lie between."""
    if not (before.has_pages and after.has_pages):
        return Comparison(before, after)
    older, newer = sorted((before, after), key=lambda version: version.number)
    was = _ancestors(older, newer)
    pages = list(db.session.scalars(
        select(Page).where(Page.version_id.in_({older.id, newer.id})).order_by(Page.number)
    ))
    by_id = {page.id: page for page in pages}
    kept = {new: by_id[old] for new, old in was.items() if old in by_id}
    if before is newer:
        kept = {old.id: by_id[new] for new, old in kept.items()}
    sides = [[page for page in pages if page.version_id == version.id] for version in (before, after)]
    kept |= _at_the_same_place(*sides, kept)
    return Comparison(before, after, _pairs(*sides, kept))


def _at_the_same_place(before: list[Page], after: list[Page], kept: dict[int, Page]) -> dict[int, Page]:
    """Pictures and scans that changed have no words to know them by: what is left over of them and stands at the same
    place is put beside each other.
    """
    taken = {page.id for page in kept.values()}
    free = {page.number: page for page in before if page.id not in taken and not words_of(page).strip()}
    return {page.id: free[page.number] for page in after
            if page.id not in kept and page.number in free and not words_of(page).strip()}


def _ancestors(older: Version, newer: Version) -> dict[int, int]:
    """Which page of the older version each page of the newer one comes from, by id; those that do not are left out."""
    if older.id == newer.id:
        return {key: key for key in db.session.scalars(select(Page.id).where(Page.version_id == newer.id))}
    between = select(Page.id, Page.version_id, Page.continues_id).join(Version).where(
        Version.asset_id == newer.asset_id, Version.number > older.number, Version.number <= newer.number
    )
    rows = db.session.execute(between).all()
    continued = {row.id: row.continues_id for row in rows}
    found = {}
    for row in rows:
        if row.version_id != newer.id:
            continue
        key = row.id
        while key in continued:
            key = continued[key]
        if key is not None:
            found[row.id] = key
    return found


def _pairs(before: list[Page], after: list[Page], kept: dict[int, Page]) -> list[Pair]:
    out_of_order = moved([kept[page.id].number for page in after if page.id in kept])
    pairs = []
    places = {0: -1}
    for at, page in enumerate(after):
        was = kept.get(page.id)
        pairs.append(((at, 0), Pair(was, page, was is not None and was.number in out_of_order)))
        if was is not None:
            places[was.number] = at
    stayed = {page.id for page in kept.values()}
    for page in (each for each in before if each.id not in stayed):
        neighbour = max(number for number in places if number < page.number)
        pairs.append(((places[neighbour], page.number), Pair(page, None)))
    return [pair for _place, pair in sorted(pairs, key=lambda each: each[0])]
