"""A deck as plain values: what stands on its slides and where, whatever file it came from."""

import re
from dataclasses import dataclass, field

_BLANKS = re.compile(r"[^\S\u00a0\u202f\u2009]+")

MOST_SLIDES = 300
MOST_SHAPES = 400  # of one slide
MOST_CELLS = 3_000  # of one table or chart
MOST_LINES = 1_000  # of one slide
MOST_CHARACTERS = 2_000  # of one line or cell


@dataclass(frozen=True)
class Line:
    """A line: its text without the bullet sign, and how deep it stands (0 is outermost).

    `is_continued`: the line before it, in the same paragraph, was broken by hand.
    """

    text: str
    level: int = 0
    is_continued: bool = False


@dataclass(frozen=True)
class Place:
    """Where a shape stands, in the units of its slide or group; `area` numbers the group, 0 for the slide itself."""

    left: int
    top: int
    right: int
    bottom: int
    area: int = 0


@dataclass(frozen=True)
class Box:
    """The text of one shape."""

    lines: tuple[Line, ...]
    place: Place | None = None


@dataclass(frozen=True)
class Grid:
    """A table, or a chart as one: categories down, series across. `title` is the chart's own."""

    rows: tuple[tuple[str, ...], ...]
    is_chart: bool = False
    title: str = ""


@dataclass(frozen=True)
class Slide:
    """One slide or page."""

    number: int
    title: str = ""
    boxes: tuple[Box, ...] = ()
    grids: tuple[Grid, ...] = ()
    notes: tuple[Line, ...] = ()
    is_hidden: bool = False
    lines: tuple[Line, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "lines", tuple(line for box in self.boxes for line in box.lines))


def one_line(text: str) -> str:
    """The text with white space as single blanks, cut at `MOST_CHARACTERS`. Blanks that hold numbers together stay."""
    return _BLANKS.sub(" ", text[: 4 * MOST_CHARACTERS]).strip()[:MOST_CHARACTERS]
