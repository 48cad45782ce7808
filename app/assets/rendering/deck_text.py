"""The words of a slide deck, by python-pptx: titles, text in every kind of shape, notes, and what is hidden."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from pptx.presentation import Presentation
from pptx.shapes.base import BaseShape
from pptx.slide import Slide

_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_PARAGRAPH = "{http://schemas.openxmlformats.org/drawingml/2006/main}p"
_DIAGRAM = "/diagramData"
_DEEPEST_GROUP = 30


@dataclass(frozen=True)
class Words:
    """What one slide says."""

    title: str = ""
    text: str = ""
    notes: str = ""
    hidden: bool = False


def slide_count(deck: Presentation) -> int:
    """Slides the deck lists, hidden ones included."""
    return len(deck.slides._sldIdLst)


def words(deck: Presentation, index: int) -> Words:
    """What slide number `index` (from 0) says; what cannot be read of a damaged slide is left out."""
    try:
        slide = deck.slides[index]
    except (KeyError, AttributeError, ValueError, IndexError):
        return Words()
    title = slide.shapes.title
    return Words(
        title=title.text_frame.text if title is not None and title.has_text_frame else "",
        text="\n".join(part for part in _parts(slide) if part.strip()),
        notes=_notes(slide),
        hidden=slide._element.get("show") in ("0", "false"),
    )


def _parts(slide: Slide) -> Iterator[str]:
    title = slide.shapes.title
    for shape in slide.shapes:
        if title is None or shape.shape_id != title.shape_id:
            yield from _shape(shape)
    for relation in slide.part.rels.values():
        if relation.reltype.endswith(_DIAGRAM) and not relation.is_external:
            yield _diagram(relation.target_part.blob)


def _shape(shape: BaseShape, depth: int = 0) -> Iterator[str]:
    if hasattr(shape, "shapes") and depth < _DEEPEST_GROUP:
        for inner in shape.shapes:
            yield from _shape(inner, depth + 1)
    elif getattr(shape, "has_table", False):
        for row in shape.table.rows:
            yield "\t".join(cell.text.replace("\n", " ") for cell in row.cells)
    elif getattr(shape, "has_chart", False):
        yield from _chart(shape)
    elif shape.has_text_frame:
        yield shape.text_frame.text


def _chart(shape: BaseShape) -> Iterator[str]:
    """Title, series and categories: what one would search a chart by."""
    try:
        chart = shape.chart
        if chart.has_title and chart.chart_title.has_text_frame:
            yield chart.chart_title.text_frame.text
        for plot in chart.plots:
            yield ", ".join(str(series.name) for series in plot.series)
            yield ", ".join(str(category) for category in plot.categories)
    except (KeyError, AttributeError, ValueError, IndexError, TypeError):
        return


def _diagram(data: bytes) -> str:
    """The text of a SmartArt graphic, a line a paragraph."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return ""
    lines = ("".join(text.text or "" for text in paragraph.iter(_TEXT)) for paragraph in root.iter(_PARAGRAPH))
    return "\n".join(line for line in lines if line.strip())


def _notes(slide: Slide) -> str:
    try:
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            return slide.notes_slide.notes_text_frame.text
    except (KeyError, AttributeError, ValueError):
        pass
    return ""
