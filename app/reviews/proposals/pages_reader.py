"""Pages of text, as a PDF gives them, as `slides.Slide`: lines, and tables where columns can be told apart."""

import re
from collections.abc import Iterator, Sequence

from app.reviews.proposals.furniture import key, repeated_keys
from app.reviews.proposals.labels import read_fact, read_label
from app.reviews.proposals.numbers import read_number
from app.reviews.proposals.pptx_reader import BULLETS, without_bullet
from app.reviews.proposals.slides import MOST_CHARACTERS, MOST_LINES, MOST_SLIDES, Box, Grid, Line, Slide, one_line

_GAP = re.compile(r"\t+|[ \u00a0]{2,}")
_BREAKS = re.compile(r"\r\n|[\r\n\x0b\x0c\u2028\u2029]")
_MOST_COLUMNS = 8
_MOST_HEAD_WORDS = 12
_LONG_LINE = 50
_EMPTY_CELLS = ("–", "-", "—", "n/a", "")


def read_pages(pages: Sequence[str]) -> list[Slide]:
    """The pages as slides, numbered from 1, at most `MOST_SLIDES`; the first line is taken for a page's title."""
    raw = [[line[:MOST_CHARACTERS] for line in _BREAKS.split(text or "") if line.strip()][:MOST_LINES]
           for text in pages[:MOST_SLIDES]]
    repeated = repeated_keys(raw)
    return [_page([line for at, line in enumerate(lines) if 1 in (number, at + 1) or key(line) not in repeated], number)
            for number, lines in enumerate(raw, 1)]


def _page(raw: list[str], number: int) -> Slide:
    if not raw:
        return Slide(number)
    title = one_line(raw[0])
    grids, rest = [], []
    at = 1
    while at < len(raw):
        rows = _spaced_rows(raw[at:]) or _aligned_rows(raw[at:])
        if rows:
            grids.append(Grid(tuple(rows)))
            at += len(rows)
        else:
            rest.append(raw[at])
            at += 1
    lines = tuple(_unwrapped(rest))
    return Slide(number, title, (Box(lines),) if lines else (), tuple(grids))


def _spaced_rows(lines: list[str]) -> list[tuple[str, ...]]:
    """The rows that the first lines make, if wide gaps divide at least two of them into equally many cells."""
    rows: list[tuple[str, ...]] = []
    for line in lines:
        cells = tuple(_clear(one_line(cell)) for cell in _GAP.split(without_bullet(line.strip())))
        if len(cells) < 2 or (rows and len(cells) != len(rows[0])):
            break
        rows.append(cells)
    return rows if len(rows) > 1 else []


def _clear(cell: str) -> str:
    """The cell, empty if it may be the numbers of two columns that came close: "200 214"."""
    number = read_number(cell)
    return "" if number and number.is_spaced else cell


def _aligned_rows(lines: list[str]) -> list[tuple[str, ...]]:
    """The same for single gaps: a head whose words are known labels, then rows that end in as many numbers."""
    rows = []
    for line in lines[1:]:
        row = _label_and_numbers(line)
        if row is None or (rows and len(row) != len(rows[0])):
            break
        rows.append(row)
    if not rows or len(rows[0]) < 3:
        return []
    head = _head(lines[0].split(), len(rows[0]))
    return [head, *rows] if head else []


def _label_and_numbers(line: str) -> tuple[str, ...] | None:
    """The cells of "Cost EUR 42,000 EUR 39,800"; None for other lines."""
    words, cells = line.split(), []
    while len(words) > 1 and len(cells) < _MOST_COLUMNS:
        lengths = (length for length in (3, 2, 1) if length < len(words) and _is_cell(" ".join(words[-length:])))
        length = next(lengths, 0)
        if not length:
            break
        cells.insert(0, " ".join(words[-length:]))
        del words[-length:]
    return (" ".join(words), *cells) if len(cells) > 1 else None


def _is_cell(text: str) -> bool:
    """Whether words are one number, or a dash for none. "200 214" may be the numbers of two columns."""
    number = read_number(text)
    return text in _EMPTY_CELLS or (number is not None and not number.is_spaced)


def _head(words: list[str], columns: int) -> tuple[str, ...] | None:
    """The words as that many labels, or one less if nothing stands above the row labels. None unless one way fits."""
    ways = list(_divisions(tuple(words))) if len(words) <= _MOST_HEAD_WORDS else []
    for blanks in (0, 1):
        fitting = [way for way in ways if len(way) == columns - blanks]
        if fitting:
            return ("",) * blanks + fitting[0] if len(fitting) == 1 else None
    return None


def _divisions(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """All ways to read words as a row of known labels, of at most four words each."""
    if not words:
        yield ()
    for length in range(1, min(4, len(words)) + 1):
        if _is_label(words[:length]):
            yield from ((" ".join(words[:length]), *rest) for rest in _divisions(words[length:]))


def _is_label(words: tuple[str, ...]) -> bool:
    text = " ".join(words)
    label = read_label(text)
    if words[0].startswith("(") or (label.rest and not read_fact(text)):
        return False
    # "Plan Actual" is two labels.
    return bool(label.field) or len(words) == 1 or any(read_label(word).rest for word in words)


def _unwrapped(lines: list[str]) -> Iterator[Line]:
    """Lines that belong to one bullet put together again."""
    held, has_bullet = "", False
    for raw in lines:
        text = one_line(raw)
        starts = text[:1] in BULLETS and without_bullet(text) != text
        if held and has_bullet and not starts and (text[:1].islower() or len(held) > _LONG_LINE):
            held = f"{held} {text}"
            continue
        if held:
            yield Line(held)
        held, has_bullet = without_bullet(text), starts
    if held:
        yield Line(held)
