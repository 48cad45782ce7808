"""Fingerprints as values: of a whole file and of each of its pages that says or shows enough to be recognised by."""

from array import array
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product

from app.radar import pictures, sketches

FEW = 12
"""A page with fewer pairs of words says too little: a title, an agenda. What it shows decides, if it shows much."""
FEW_WHOLE = 20
"""The same for the words of a whole file."""
SAME_PAGE = 0.55
"""From here on (0 nothing in common, 1 all) two pages of text are the same page."""
SHORT, SAME_SHORT = 18, 0.8
"""Pages of fewer pairs are the same from there on: the covers of one template differ in a word or two."""
SAME_PICTURE = 0.8
"""From here on two pictures are one, by their detail; made ones had 0.83 and more in common if copies, others 0.77."""
SURE = 0.9
"""From here on new figures are a correction."""
SAME_FILE = 0.57
"""From here on two files are nearly the same: by their words, or by how many of their pages are the same."""
WHOLE = 0
"""The page number of the print of the whole file."""


@dataclass(frozen=True)
class Print:
    """One fingerprint. `page` counts from 1, or is `WHOLE`; `squares` are pictures, one behind the other."""

    page: int
    sketch: array
    figures: array = field(default_factory=lambda: array("I"))
    squares: bytes = b""

    @property
    def pictures(self) -> list[bytes]:
        return [self.squares[at:at + pictures.BYTES] for at in range(0, len(self.squares), pictures.BYTES)]

    @property
    def is_telling(self) -> bool:
        """Whether it can be recognised at all."""
        return self.page == WHOLE or len(self.sketch) >= FEW or bool(self.squares)

    def lookups(self) -> list[int]:
        """What it is looked up by."""
        few, kind = (FEW_WHOLE, "whole") if self.page == WHOLE else (FEW, "page")
        said = sketches.keys(kind, self.sketch) if len(self.sketch) >= few else []
        return said + sorted({key for each in self.pictures for key in pictures.keys(each)})

    def likeness(self, other: "Print") -> float:
        """How much two pages, or two files, say or show the same: 0 to 1."""
        few = FEW_WHOLE if self.page == WHOLE else FEW
        if max(len(self.sketch), len(other.sketch)) >= few:
            return sketches.likeness(self.sketch, other.sketch) if min(len(self.sketch), len(other.sketch)) else 0.0
        pairs = product(self.pictures, other.pictures)
        shown = max((pictures.likeness(*pair) for pair in pairs), default=0.0)
        return shown if _agree(self.sketch, other.sketch) else 0.0

    def is_same_page(self, other: "Print", likeness: float) -> bool:
        """Whether that much likeness makes them one page."""
        pairs = max(len(self.sketch), len(other.sketch))
        if pairs < FEW:
            return likeness >= SAME_PICTURE
        return likeness >= (SAME_PAGE if pairs >= SHORT else SAME_SHORT) and not self.has_other_figures(other, likeness)

    def has_other_figures(self, other: "Print", likeness: float) -> bool:
        """Whether the numbers say that it is another one, however much the words are the same."""
        return likeness < SURE and sketches.other_figures(self.figures, other.figures)


def _agree(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether the few words of two pictures do not speak against their being one; a scan has none."""
    return min(len(one), len(other)) < 2 or sketches.likeness(one, other) >= 1 / 3


@dataclass(frozen=True)
class Prints:
    """The fingerprints of one file; none where it could not be read."""

    whole: Print
    pages: tuple[Print, ...]

    def __iter__(self):
        return iter((self.whole, *self.pages))

    def as_json(self) -> list:
        return [[each.page, *map(_text, (each.sketch.tobytes(), each.figures.tobytes(), each.squares))]
                for each in self]

    @classmethod
    def from_json(cls, told: list) -> "Prints":
        """What `as_json` said. Raises ValueError when it is something else."""
        whole, *pages = (stored(page, *map(b64decode, parts)) for page, *parts in told)
        return cls(whole, tuple(pages))


def prints(texts: dict[int, str], squares: dict[int, list[bytes]]) -> Prints:
    """The fingerprints of a file of whose pages some have text and some show pictures."""
    said = {page: sketches.words(text) for page, text in texts.items()}
    pages = (_print(page, said.get(page, []), b"".join(squares.get(page, ())))
             for page in sorted(texts.keys() | squares.keys()))
    whole = _print(WHOLE, [word for page in sorted(said) for word in said[page]])
    return Prints(whole, tuple(each for each in pages if each.is_telling))


def _print(page: int, said: list[str], squares: bytes = b"") -> Print:
    return Print(page, sketches.sketch(said), sketches.figures(said), squares)


def stored(page: int, sketch: bytes, figures: bytes, squares: bytes) -> Print:
    """A fingerprint from the bytes it is kept as."""
    return Print(page, array("I", sketch), array("I", figures), squares)


def says_little(text: str) -> bool:
    """Whether a page of this text is not recognised by it."""
    return len(sketches.sketch(sketches.words(text))) < FEW


def _text(data: bytes) -> str:
    return b64encode(data).decode()


EMPTY = Prints(Print(WHOLE, array("I")), ())
"""Of a file of which nothing can be read: it has copies, but nothing is near it."""
