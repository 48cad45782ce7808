"""LibreOffice, where it is installed: for older formats, and for slides that nothing else can draw."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from pypdfium2 import PdfDocument, PdfiumError

from app.assets.rendering import pdf
from app.assets.rendering.job import Job
from app.assets.rendering.results import RenderedPage, Unreadable

# Hidden slides are exported too, or every page after the first hidden one would have the wrong number.
_FILTER = "pdf:impress_pdf_Export:" + json.dumps({"ExportHiddenSlides": {"type": "boolean", "value": "true"}})
_DECKS = ("application/vnd.ms-powerpoint", "presentation")


class Converted:
    """A document as LibreOffice printed it, or nothing if it is not installed or failed."""

    def __init__(self, document: PdfDocument | None) -> None:
        self._document = document

    def page(self, index: int) -> Image.Image | None:
        """A picture of the page number `index` (from 0), if there is one."""
        if self._document is None or index >= len(self._document):
            return None
        try:
            return pdf.draw(self._document[index])
        except (PdfiumError, ValueError):
            return None


def pages(job: Job) -> Iterator[RenderedPage]:
    """Pages of an older or foreign Office format. Raises `Unreadable("old_format")` without LibreOffice."""
    if shutil.which("soffice") is None:
        raise Unreadable("old_format")
    printed = _print(job)
    if printed is None:
        raise Unreadable("damaged")
    job.path = printed
    yield from pdf.pages(job)


def converted(job: Job) -> Converted:
    """The deck printed by LibreOffice."""
    printed = _print(job)
    try:
        return Converted(pdf.opened(printed) if printed else None)
    except Unreadable:
        return Converted(None)


def _print(job: Job) -> Path | None:
    program = shutil.which("soffice")
    if program is None:
        return None
    source = job.scratch / "source"
    shutil.copyfile(job.path, source)  # stored files have no suffix and must not be locked or changed
    command = [
        program,
        f"-env:UserInstallation={(job.scratch / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        _FILTER if any(part in job.type for part in _DECKS) else "pdf",
        "--outdir",
        str(job.scratch),
        str(source),
    ]
    try:
        subprocess.run(command, stdout=subprocess.DEVNULL, timeout=job.seconds * 0.8, check=False)
    except subprocess.TimeoutExpired:
        return None
    printed = job.scratch / "source.pdf"
    return printed if printed.is_file() else None
