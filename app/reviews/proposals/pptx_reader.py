"""PowerPoint decks as `slides.Slide`, by python-pptx; a shape that cannot be read is left out, never raised."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn
from pptx.shapes.base import BaseShape
from pptx.slide import Slide as PptxSlide

from app.reviews.proposals.charts import chart_grids
from app.reviews.proposals.slides import (
    MOST_CELLS,
    MOST_LINES,
    MOST_SHAPES,
    MOST_SLIDES,
    Box,
    Grid,
    Line,
    Place,
    Slide,
    one_line,
)

_DEEPEST_GROUP = 20
_LARGEST_DIAGRAM = 4 * 1024 * 1024
_DIAGRAM_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}t"
_FURNITURE = {PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.HEADER}
BULLETS = "-–—•·∙●▪■◦‣*➢➤✓✔✗✘»"


def read_pptx(path: Path | str) -> list[Slide]:
    """The slides of the deck at `path`; raises whatever python-pptx does for a file that is none."""
    return read_presentation(Presentation(str(path)))


def read_presentation(deck) -> list[Slide]:
    """The slides of an open `pptx.presentation.Presentation`, at most `MOST_SLIDES`; a damaged one comes empty."""
    slides = []
    for number in range(1, min(len(deck.slides._sldIdLst), MOST_SLIDES) + 1):
        try:
            slides.append(_slide(deck.slides[number - 1], number))
        except Exception:  # damaged parts make the library raise KeyError, AttributeError, XMLSyntaxError and others
            slides.append(Slide(number))
    return slides


class _Reader:
    """What has been read of one slide, within what one slide may ask for."""

    def __init__(self, title_id: int | None) -> None:
        self.boxes: list[Box] = []
        self.grids: list[Grid] = []
        self._title_id = title_id
        self._shapes_left, self._areas = MOST_SHAPES, 0

    def take(self, shapes: Iterable[BaseShape], area: int = 0, depth: int = 0) -> None:
        for shape in shapes:
            self._shapes_left -= 1
            if self._shapes_left < 0:
                return
            try:
                self._shape(shape, area, depth)
            except Exception:  # as above: one damaged shape costs itself, not its slide
                continue

    def _shape(self, shape: BaseShape, area: int, depth: int) -> None:
        if hasattr(shape, "shapes"):
            if depth < _DEEPEST_GROUP:
                self._areas += 1
                self.take(shape.shapes, self._areas, depth + 1)
        elif getattr(shape, "has_table", False):
            self.grids.append(Grid(tuple(_rows(shape))))
        elif getattr(shape, "has_chart", False):
            self.grids.extend(chart_grids(shape.chart))
        elif shape.has_text_frame and shape.shape_id != self._title_id and not _is_furniture(shape):
            lines = tuple(_lines(shape.text_frame._txBody))
            if lines:
                self.boxes.append(Box(lines, _place(shape, area)))


def _slide(slide: PptxSlide, number: int) -> Slide:
    title = slide.shapes.title
    reader = _Reader(title.shape_id if title is not None else None)
    reader.take(slide.shapes)
    reader.boxes.extend(_diagrams(slide))
    return Slide(
        number, one_line(title.text_frame.text) if title is not None and title.has_text_frame else "",
        tuple(reader.boxes), tuple(reader.grids), tuple(_notes(slide)), slide._element.get("show") in ("0", "false"),
    )


def _is_furniture(shape: BaseShape) -> bool:
    return shape.is_placeholder and shape.placeholder_format.type in _FURNITURE


def _place(shape: BaseShape, area: int) -> Place | None:
    sides = (shape.left, shape.top, shape.width, shape.height)
    if any(side is None for side in sides):
        return None
    left, top, width, height = (int(side) for side in sides)
    return Place(left, top, left + width, top + height, area)


def _lines(body) -> Iterator[Line]:
    """The paragraphs of a text body, line breaks inside them as lines of their own."""
    taken = 0
    for paragraph in body.iterchildren(qn("a:p")):
        properties = paragraph.find(qn("a:pPr"))
        level = properties.get("lvl", "0") if properties is not None else "0"
        text = "".join(_runs(paragraph))
        for at, part in enumerate(text.split("\v")):
            taken += 1
            if taken > MOST_LINES:
                return
            if line := without_bullet(one_line(part)):
                yield Line(line, int(level) if level.isdigit() else 0, is_continued=at > 0)


def _runs(paragraph) -> Iterator[str]:
    for child in paragraph.iter(qn("a:t"), qn("a:br"), qn("a:tab")):
        yield (child.text or "") if child.tag == qn("a:t") else "\v" if child.tag == qn("a:br") else "\t"


def without_bullet(text: str) -> str:
    """The line without a bullet that was typed; a minus before a digit is none."""
    bare = text.lstrip(BULLETS).lstrip()
    return text if bare == text or (bare[:1].isdigit() and text[:1] in "-–—" and text[1:2] == bare[:1]) else bare


def _rows(shape: BaseShape) -> Iterator[tuple[str, ...]]:
    """A table's rows; what spans several columns or rows is said in each of them."""
    left, above = MOST_CELLS, []
    for row in shape.table._tbl.tr_lst:
        cells: list[str] = []
        for cell in row.tc_lst:
            left -= 1
            if left < 0:
                return
            at = len(cells)
            if cell.get("hMerge") in ("1", "true") and cells:
                cells.append(cells[-1])
            elif cell.get("vMerge") in ("1", "true") and at < len(above):
                cells.append(above[at])
            else:
                cells.append(one_line(" ".join("".join(_runs(each)).replace("\v", " ")
                                               for each in cell.iter(qn("a:p")))))
        above = cells
        yield tuple(cells)


def _diagrams(slide: PptxSlide) -> Iterator[Box]:
    """The paragraphs of SmartArt graphics."""
    for relation in slide.part.rels.values():
        if relation.reltype.endswith("/diagramData") and not relation.is_external:
            data = relation.target_part.blob
            if len(data) > _LARGEST_DIAGRAM:
                continue
            try:
                root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
            except etree.XMLSyntaxError:
                continue
            lines = tuple(line for body in root.iter(_DIAGRAM_TEXT) for line in _lines(body))[:MOST_LINES]
            if lines:
                yield Box(lines)


def _notes(slide: PptxSlide) -> Iterator[Line]:
    try:
        frame = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
        if frame is not None:
            yield from _lines(frame._txBody)
    except Exception:  # damaged notes are no reason to lose the slide
        return
