"""Word documents: their words, page by page as Word last broke them."""

from collections.abc import Iterator

import docx
from docx.document import Document
from docx.table import Table
from docx.text.paragraph import Paragraph

from app.assets.rendering.guard import check_package
from app.assets.rendering.job import Job, first_line
from app.assets.rendering.results import RenderedPage
from app.assets.rendering.text import split

_DEEPEST_TABLE = 8


def pages(job: Job) -> Iterator[RenderedPage]:
    """Pages of text; the headers and footers of the document are the notes of the first. Raises `Unreadable`."""
    check_package(job)
    document = docx.Document(str(job.path))
    parts = [piece for page in _broken(document) for piece in split(page) if piece.strip()]
    heading = _heading(document)
    margins = "\n".join(dict.fromkeys(_margins(document)))
    for number, part in enumerate(parts[: job.expect(len(parts))], 1):
        first = number == 1
        yield RenderedPage(number, (first and heading) or first_line(part), part, margins if first else "")


def _broken(document: Document) -> Iterator[str]:
    """The body's text, cut where Word put a page break or last ended a page."""
    lines: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            lines += _rows(block)
            continue
        if block.contains_page_break or block._p.xpath('.//w:br[@w:type="page"]'):
            yield "\n".join(lines)
            lines = []
        lines.append(block.text)
    yield "\n".join(lines)


def _rows(table: Table, depth: int = 0) -> Iterator[str]:
    for row in table.rows:
        texts, seen = [], set()
        for cell in row.cells:
            if cell._tc in seen:  # a merged cell is listed once for every column it spans
                continue
            seen.add(cell._tc)
            inner = cell.tables if depth < _DEEPEST_TABLE else []
            nested = (line for table in inner for line in _rows(table, depth + 1))
            texts.append(" ".join([cell.text.strip(), *nested]).replace("\n", " ").strip())
        yield "\t".join(texts)


def _heading(document: Document) -> str:
    named = (document.core_properties.title or "").strip()
    headings = (block.text.strip() for block in document.paragraphs if _is_heading(block))
    return next((heading for heading in headings if heading), named)


def _is_heading(paragraph: Paragraph) -> bool:
    style = paragraph.style
    return style is not None and (style.name or "").startswith(("Title", "Heading 1"))


def _margins(document: Document) -> Iterator[str]:
    for section in document.sections:
        for margin in (section.header, section.footer):
            if not margin.is_linked_to_previous:
                yield from (paragraph.text.strip() for paragraph in margin.paragraphs if paragraph.text.strip())
