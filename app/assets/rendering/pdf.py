"""PDF: a picture and the text of every page, by PDFium."""

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from PIL import Image
from pypdfium2 import PdfDocument, PdfiumError

from app.assets.rendering import pictures
from app.assets.rendering.job import ABSURD_PAGES, Job, first_line
from app.assets.rendering.results import RenderedPage, Unreadable

_PIECE = 4 * 1024 * 1024
_CLAIM = re.compile(rb"/Count\s{1,16}(\d{6,20})")
_MOST_CHARACTERS = 100_000  # of one page: far more than can be printed on it


def pages(job: Job) -> Iterator[RenderedPage]:
    """Every page; one that cannot be drawn comes with its text alone. Raises `Unreadable`."""
    _check_claim(job.path)
    document = opened(job.path)
    for index in range(job.expect(len(document))):
        try:
            page = document[index]
        except PdfiumError:
            yield RenderedPage(index + 1)
            continue
        text = _text(page)
        yield RenderedPage(index + 1, first_line(text.strip()), text, **_drawn(page, index + 1, job))
        page.close()


def _check_claim(path: Path) -> None:
    """PDFium quietly corrects an absurd number of pages; we refuse a file that states one. Memory: one piece."""
    before = b""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            if any(int(claim[1]) > ABSURD_PAGES for claim in _CLAIM.finditer(before + piece)):
                raise Unreadable("too_many_pages")
            before = piece[-64:]


def opened(path: Path) -> PdfDocument:
    """The document at `path`. Raises `Unreadable`: `encrypted` or `damaged`."""
    try:
        document = PdfDocument(path)
        with contextlib.suppress(PdfiumError):
            document.init_forms()
    except PdfiumError as error:
        locked = getattr(error, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD or "assword" in str(error)
        raise Unreadable("encrypted" if locked else "damaged") from error
    if not len(document):
        raise Unreadable("damaged")
    return document


def draw(page: pypdfium2.PdfPage) -> Image.Image:
    """The page at the size pages are kept in."""
    return page.render(scale=pictures.scale_for(*page.get_size())).to_pil()


def _drawn(page: pypdfium2.PdfPage, number: int, job: Job) -> dict:
    if not job.pictures:
        return {}
    try:
        return pictures.save(draw(page), number, job)
    except (PdfiumError, ValueError, OSError):
        return {}


def _text(page: pypdfium2.PdfPage) -> str:
    try:
        words = page.get_textpage()
        return words.get_text_range(0, min(words.count_chars(), _MOST_CHARACTERS))
    except PdfiumError:
        return ""
