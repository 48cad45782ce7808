"""Which page of a new version is which page of the version before: a calculation on plain values.

The rule, the surest first; every page of either side is used once:

1. equal picture and text, then equal picture, then equal text (letter case and white space aside). Pages that are
   equal among themselves (blank ones, an agenda that comes again) go with the neighbours they stood beside, then in
   order.
2. near text: words that few pages use weigh more, words of the title twice, numbers a quarter, so that a slide whose
   figures were updated stays the same slide, and a frame that all slides share makes none alike. The nearest pairs go
   first, ties in order.
3. the same title with other words under it, if no other page of either version has this title and it stands between
   the same neighbours: "Next steps" written anew is still that slide.

A page without words is the same only if its picture is.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from math import log

NEAR = 0.5
"""From here on (0 nothing in common, 1 all) two texts are the same page."""
CHARACTERS, WORDS = 20_000, 400
"""Of longer pages the beginning is compared, by so many different words."""
COMMON = 30
"""A word that more pages than this have in both versions says nothing about which is which."""
NUMBER_WEIGHT = 0.25
# Scripts that put no space between words are compared by letters in pairs.
_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


@dataclass(frozen=True)
class PageContent:
    """What a page is recognised by; `image` is the SHA-256 of its picture, if it has one."""

    title: str = ""
    text: str = ""
    image: str | None = None


def match(old: Sequence[PageContent], new: Sequence[PageContent]) -> dict[int, int]:
    """Places (from 0) in `old` and where those pages are in `new`; a page that is gone is not in it."""
    matching = _Matching(old, new)
    matching.equal()
    matching.near()
    matching.titled()
    return matching.found


def match_equal(old: Sequence[PageContent], new: Sequence[PageContent]) -> dict[int, int]:
    """The same, of pages that are equal in picture or text."""
    matching = _Matching(old, new)
    matching.equal()
    return matching.found


def moved(places: Sequence[int]) -> set[int]:
    """Which of some pages, named by where they were, are out of order: as few as can be, so that a new first slide
    moves nobody."""
    lowest: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    for at, place in enumerate(places):
        length = bisect_left(lowest, place)
        before.append(ends[length - 1] if length else None)
        lowest[length:length + 1], ends[length:length + 1] = [place], [at]
    in_order, at = set(), ends[-1] if ends else None
    while at is not None:
        in_order.add(places[at])
        at = before[at]
    return set(places) - in_order


class _Matching:
    """A matching under way: `found` says where old pages are, `taken` where new ones come from."""

    def __init__(self, old: Sequence[PageContent], new: Sequence[PageContent]) -> None:
        self.old, self.new = old, new
        self.found: dict[int, int] = {}
        self.taken: dict[int, int] = {}

    def equal(self) -> None:
        for key in (_everything, _picture, _text):
            self._equal_by(key)

    def _pair(self, i: int, j: int) -> None:
        self.found[i], self.taken[j] = j, i

    def _free(self, pages: Sequence[PageContent], used: dict[int, int]) -> list[int]:
        return [place for place in range(len(pages)) if place not in used]

    def _equal_by(self, key: Callable[[PageContent], Hashable | None]) -> None:
        old = {i: name for i in self._free(self.old, self.found) if (name := key(self.old[i])) is not None}
        new = {j: name for j in self._free(self.new, self.taken) if (name := key(self.new[j])) is not None}
        at_old, at_new = _places(old), _places(new)
        for name, places in at_old.items():
            if len(places) == len(at_new.get(name, ())) == 1:
                self._pair(places[0], at_new[name][0])
        self._beside(old, new, 1)
        self._beside(old, new, -1)
        for name, places in at_old.items():
            left = [j for j in at_new.get(name, ()) if j not in self.taken]
            for i, j in zip([i for i in places if i not in self.found], left, strict=False):
                self._pair(i, j)

    def _beside(self, old: dict[int, Hashable], new: dict[int, Hashable], step: int) -> None:
        """Equal pages that stand beside pages already found go together."""
        for i in sorted(old, reverse=step < 0):
            beside = self.found.get(i - step)
            place = None if beside is None else beside + step
            if i not in self.found and place not in self.taken and new.get(place) == old[i]:
                self._pair(i, place)

    def near(self) -> None:
        found, taken = sorted(self.found), sorted(self.taken)
        nearest = sorted(
            # Of two as near, the one in whose place the pages found for sure would leave it.
            (-likeness, abs(bisect_left(found, i) - bisect_left(taken, j)), i, j)
            for (i, j), likeness in self._likenesses().items() if likeness >= NEAR
        )
        for _likeness, _strays, i, j in nearest:
            if i not in self.found and j not in self.taken:
                self._pair(i, j)

    def _likenesses(self) -> dict[tuple[int, int], float]:
        """How near the texts of the pages that are left are to each other (Dice, weighted), where at all."""
        old = {i: _words(self.old[i]) for i in self._free(self.old, self.found)}
        new = {j: _words(self.new[j]) for j in self._free(self.new, self.taken)}
        at_old, at_new = _having(old), _having(new)
        weights = {
            word: _weight(word, len(at_old.get(word, ())) + len(at_new.get(word, ())), len(old) + len(new))
            for word in at_old.keys() | at_new.keys()
            if min(len(at_old.get(word, ())), len(at_new.get(word, ()))) <= COMMON
        }
        common: dict[tuple[int, int], float] = defaultdict(float)
        for word, weight in weights.items():
            for i in at_old.get(word, ()):
                for j in at_new.get(word, ()):
                    common[i, j] += weight * min(old[i][word], new[j][word])
        sizes = [{place: sum(count * weights.get(word, 0) for word, count in words.items())
                  for place, words in side.items()} for side in (old, new)]
        return {(i, j): 2 * shared / (sizes[0][i] + sizes[1][j]) for (i, j), shared in common.items()}

    def titled(self) -> None:
        old, new = ({place: _plain(page.title) for place, page in enumerate(pages)} for pages in (self.old, self.new))
        at_old, at_new = _places(old), _places(new)
        for title, places in at_old.items():
            if title and len(places) == len(at_new.get(title, ())) == 1:
                [i], [j] = places, at_new[title]
                if i not in self.found and j not in self.taken and self._same_gap(i, j):
                    self._pair(i, j)

    def _same_gap(self, i: int, j: int) -> bool:
        """Whether the nearest pages found before and after the one are those before and after the other."""
        before = max((each for each in self.found if each < i), default=None)
        after = min((each for each in self.found if each > i), default=None)
        return (
            self.found.get(before) == max((each for each in self.taken if each < j), default=None)
            and self.found.get(after) == min((each for each in self.taken if each > j), default=None)
        )


def _everything(page: PageContent) -> Hashable:
    return page


def _picture(page: PageContent) -> str | None:
    return page.image


def _text(page: PageContent) -> str | None:
    return _plain(page.text) or None


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _places(names: dict[int, Hashable]) -> dict[Hashable, list[int]]:
    places = defaultdict(list)
    for place, name in names.items():
        places[name].append(place)
    return places


def _words(page: PageContent) -> Counter:
    """The words of a page and how often it says them, those of its title once more."""
    text = f"{page.title} {page.text[:CHARACTERS]}".casefold()
    counts = Counter(part for word in _WORD.findall(text) for part in _parts(word))
    return Counter(dict(list(counts.items())[:WORDS]))


def _parts(word: str) -> list[str]:
    if len(word) > 2 and _UNSPACED.search(word):
        return [word[at:at + 2] for at in range(len(word) - 1)]
    return [word]


def _having(pages: dict[int, Counter]) -> dict[str, list[int]]:
    having = defaultdict(list)
    for place, words in pages.items():
        for word in words:
            having[word].append(place)
    return having


def _weight(word: str, having: int, pages: int) -> float:
    """What a word is worth that `having` of `pages` pages have."""
    return log(1 + pages / having) * (NUMBER_WEIGHT if word.isdecimal() else 1)
