"""What worked, what did not, next steps: the lines of slides and columns that are headed so."""

from collections.abc import Iterator

from app.reviews.proposals.findings import quoted
from app.reviews.proposals.labels import closes_section, read_heading, simplified
from app.reviews.proposals.proposal import Proposal
from app.reviews.proposals.slides import Box, Grid, Slide
from app.reviews.proposals.surroundings import STEP_HEADS

_MOST_LINES = 30
_MOST_CHARACTERS = 500
_STEP_HEADS = {simplified(word) for word in STEP_HEADS}


def section_proposals(slides: list[Slide]) -> list[Proposal]:
    """A proposal for each slide that holds such a section; those of one field add up. Hidden slides have none."""
    found = []
    for slide in slides:
        lines: dict[str, list[tuple[str, ...]]] = {}
        for name, *parts in () if slide.is_hidden else _section_lines(slide):
            if len(lines.setdefault(name, [])) < _MOST_LINES and sum(map(len, parts)) <= _MOST_CHARACTERS:
                lines[name].append(tuple(parts))
        is_titled = read_heading(slide.title)
        found += [_proposal(name, each, slide.number, sure=name == is_titled or len(lines) > 1)
                  for name, each in lines.items() if each]
    return found


def _proposal(name: str, rows: list[tuple[str, ...]], page: int, *, sure: bool) -> Proposal:
    lines = [" – ".join(parts) for parts in rows]
    if name == "next_steps":
        value: str | list[str] = lines
    else:
        # Several lines are a list in Markdown, which is what a review's texts are written in.
        value = lines[0] if len(lines) == 1 else "\n".join(f"- {line}" for line in lines)
    quote = quoted(*(part for parts in rows for part in parts))
    return Proposal(name, value, page, quote, "sure" if sure else "likely")


def _section_lines(slide: Slide) -> Iterator[tuple[str, ...]]:
    """Each line of a section behind the field it belongs to; a table's row in its cells."""
    title = read_heading(slide.title)
    above = ""
    for box in _reading_order(slide.boxes):
        current = _heading_above(box, slide.boxes) or above or title
        above = ""
        for line in box.lines:
            if heading := read_heading(line.text):
                current = heading
            elif line.level == 0 and closes_section(line.text):
                current = ""
            elif current and any(map(str.isalpha, line.text)):
                yield current, line.text
        if len(box.lines) == 1 and read_heading(box.lines[0].text) and box.place is None:
            above = current
    for grid in slide.grids:
        if not grid.is_chart:
            yield from _grid_lines(grid, title)


def _reading_order(boxes: tuple[Box, ...]) -> list[Box]:
    """Boxes as the file has them, unless their places are known: then left column first, from top to bottom."""
    if any(box.place is None for box in boxes):
        return list(boxes)
    return sorted(boxes, key=lambda box: (box.place.left, box.place.top))


def _heading_above(box: Box, boxes: tuple[Box, ...]) -> str:
    """The section of the nearest box above in the same column, if that holds a heading alone."""
    if box.place is None:
        return ""
    above = [other for other in boxes if other.place and other is not box and other.place.area == box.place.area
             and len(other.lines) == 1 and other.place.top < box.place.top
             and other.place.left < box.place.right and box.place.left < other.place.right]
    nearest = max(above, key=lambda other: other.place.top, default=None)
    return read_heading(nearest.lines[0].text) if nearest else ""


def _grid_lines(grid: Grid, title: str) -> Iterator[tuple[str, ...]]:
    """The cells below heads that are headings; or the rows of a table on a slide that is headed so."""
    if not grid.rows:
        return
    heads = [read_heading(cell) for cell in grid.rows[0]]
    if any(heads):
        for at, name in enumerate(heads):
            yield from ((name, row[at]) for row in grid.rows[1:] if name and at < len(row) and row[at])
    elif title:
        is_head = any(simplified(cell) in _STEP_HEADS for cell in grid.rows[0])
        for row in grid.rows[is_head:]:
            if any(row):
                yield title, *dict.fromkeys(cell for cell in row if cell)
