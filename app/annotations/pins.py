"""Pins: which comments stand on the picture of a page, and by which number. A calculation on plain values.

The numbers follow the reading order, line by line from the top and in each from the left. They depend on nothing but
the places of all pins of a page, so that they are the same in the list, on the picture and for everybody, whatever a
filter shows; settled ones keep theirs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.entries.models import Comment

SHOWN = OPEN, RESOLVED, ALL = ("open", "resolved", "all")
LINES = 12
"""Into so many lines a page is taken apart; within one, left comes before right."""


@dataclass(frozen=True)
class Pin:
    """A comment on the picture of a page."""

    number: int
    comment: Comment

    @property
    def x(self) -> str:
        """From the left, in per cent."""
        return f"{100 * self.comment.x:.2f}"

    @property
    def y(self) -> str:
        return f"{100 * self.comment.y:.2f}"

    @property
    def width(self) -> str:
        """In per cent of the page, not beyond its edge; zero for a point."""
        return f"{100 * min(self.comment.w or 0, 1 - self.comment.x):.2f}"

    @property
    def height(self) -> str:
        return f"{100 * min(self.comment.h or 0, 1 - self.comment.y):.2f}"

    @property
    def is_region(self) -> bool:
        return bool(self.comment.w and self.comment.h)


def numbered(comments: Iterable[Comment]) -> list[Pin]:
    """The pins of one page among what is said of it, by number."""
    pinned = [each for each in comments if each.is_pinned and not each.is_deleted]
    pinned.sort(key=lambda each: (int(each.y * LINES), each.x, each.id))
    return [Pin(number, comment) for number, comment in enumerate(pinned, start=1)]


def shown(comments: Sequence[Comment], wanted: str) -> list[Comment]:
    """What the list beside a page holds, pinned ones first and by their numbers. All of it, as settled ones fold to a
    line; where those are asked for, they and what answers them.
    """
    numbers = PagePins(numbered(comments)).numbers
    ordered = sorted(comments, key=lambda each: numbers.get(each.id, len(numbers) + 1))
    if wanted != RESOLVED:
        return ordered
    kept: set[int] = set()
    for each in comments:
        if each.is_resolved or each.parent_id in kept:
            kept.add(each.id)
    return [each for each in ordered if each.id in kept]


@dataclass(frozen=True)
class PagePins:
    """The pins of a page as somebody wants to see them."""

    pins: list[Pin]
    wanted: str = OPEN

    @property
    def on_picture(self) -> list[Pin]:
        return [pin for pin in self.pins if self.wanted == ALL or pin.comment.is_resolved == (self.wanted == RESOLVED)]

    @property
    def numbers(self) -> dict[int, int]:
        """By the id of the comment."""
        return {pin.comment.id: pin.number for pin in self.pins}


def wanted(arguments) -> str:
    """Which pins an address asks for."""
    asked = arguments.get("pins", OPEN)
    return asked if asked in SHOWN else OPEN


def by_page(said: dict[int, list[Comment]], which: str) -> dict[int, PagePins]:
    """The pins of each page that has some; `said` is what is said of each."""
    found = {page: numbered(comments) for page, comments in said.items()}
    return {page: PagePins(pins, which) for page, pins in found.items() if pins}
