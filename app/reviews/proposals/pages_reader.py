"""Pages of text, as a PDF gives them, as `slides.Slide`: lines, and tables where columns can be told apart."""

import re
from collections.abc import Iterator, Sequence

from app.reviews.proposals.labels import read_fact, read_label
from app.reviews.proposals.numbers import read_number
from app.reviews.proposals.pptx_reader import BULLETS, without_bullet
from app.reviews.proposals.slides import MOST_CHARACTERS, MOST_LINES, MOST_SLIDES, Box, Grid, Line, Slide, one_line

_GAP = re.compile(r"\t+|[ \u00a0]{2,}")
_BREAKS = re.compile(r"\r\n|[\r\n\x0b\x0c\u2028\u2029]")
_MOST_COLUMNS = 8
_LONG_LINE = 50
_EMPTY_CELLS = ("–", "-", "—", "n/a", "")


def read_pages(pages: Sequence[str]) -> list[Slide]:
    """The pages as slides, numbered from 1, at most `MOST_SLIDES`; the first line is taken for a page's title."""
    return [_page(text or "", number) for number, text in enumerate(pages[:MOST_SLIDES], 1)]


def _page(text: str, number: int) -> Slide:
    raw = [line[:MOST_CHARACTERS] for line in _BREAKS.split(text) if line.strip()][:MOST_LINES]
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
        cells = tuple(one_line(cell) for cell in _GAP.split(line.strip()))
        if len(cells) < 2 or (rows and len(cells) != len(rows[0])):
            break
        rows.append(cells)
    return rows if len(rows) > 1 else []


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
        for length in (3, 2, 1):
            cell = " ".join(words[-length:])
            # "1 200" in a row of several columns may be two cells.
            is_two = length > 1 and re.fullmatch(r"[\d ]+", cell)
            if len(words) > length and not is_two and (cell in _EMPTY_CELLS or read_number(cell)):
                cells.insert(0, cell)
                del words[-length:]
                break
        else:
            break
    return (" ".join(words), *cells) if len(cells) > 1 else None


def _head(words: list[str], columns: int) -> tuple[str, ...] | None:
    """The words as that many labels; the one above the row labels may be missing. None unless there is one way."""
    if len(words) > 2 * _MOST_COLUMNS:
        return None
    ways = [way for way in _divisions(tuple(words)) if len(way) in (columns, columns - 1)]
    if len(ways) != 1:
        return None
    return ways[0] if len(ways[0]) == columns else ("", *ways[0])


def _divisions(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Ways to read words as a row of known labels, the longest labels first; at most a few words a label."""
    if not words:
        yield ()
    for length in range(min(4, len(words)), 0, -1):
        first = " ".join(words[:length])
        label = read_label(first)
        if (not label.rest and not first.startswith("(")) or read_fact(first):
            found = [(first, *rest) for rest in _divisions(words[length:])]
            yield from found
            if found:
                return


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
