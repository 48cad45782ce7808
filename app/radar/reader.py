"""Inside the reading process: the fingerprints of one file, as one line of JSON. Started by `reading.read`.

Words are read as for its pages, and nothing is drawn but what can be had at once: pictures themselves, pictures on
slides that say little, pages of a PDF without text at the size of a thumbnail.
"""

import importlib
import io
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import pypdfium2.raw as pdfium
from PIL import Image
from pptx import Presentation
from pypdfium2 import PdfiumError, PdfPage

from app.assets.packages import PPTX
from app.assets.rendering import pdf
from app.assets.rendering.guard import check_package
from app.assets.rendering.job import Job
from app.assets.rendering.results import Unreadable
from app.assets.rendering.table import renderer_for
from app.radar.pictures import square
from app.radar.prints import Prints, prints, says_little
from app.radar.sketches import words

SMALL = 128
"""The long side, in pixels, of what is drawn of a PDF page."""
COVERED = 0.12
"""A picture that covers less of its slide than this is decoration."""
SILENT = 3
"""A page of fewer words is a picture: a scan, a photo."""
MOST_PICTURES, MOST_OBJECTS = 4, 200
MOST_PIXELS = 100_000_000


@dataclass
class Found:
    """What the pages of a file say and show."""

    texts: dict[int, str] = field(default_factory=dict)
    squares: dict[int, list[bytes]] = field(default_factory=dict)

    def show(self, page: int, image: Image.Image) -> None:
        if (greys := square(image)) and greys not in self.squares.setdefault(page, []):
            self.squares[page].append(greys)

    def says_little(self, page: int) -> bool:
        return says_little(self.texts.get(page, ""))

    def is_pictured(self, page: int) -> bool:
        """Whether what it looks like tells it from others: all title slides of a template look the same."""
        says_nothing = len(words(self.texts.get(page, ""))) < SILENT
        return says_nothing or (self.says_little(page) and page in self.squares)


def run(request: dict) -> None:
    """Answer one request. Whatever a library prints goes to standard error, so that it cannot pose as an answer."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    try:
        answer = {"prints": take(request).as_json()}
    except (Unreadable, MemoryError) as failure:
        answer = {"error": getattr(failure, "code", "too_much_memory")}
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


def take(request: dict) -> Prints:
    """The fingerprints of the file that a request names. Raises `Unreadable` when nothing is known of its pages."""
    found = Found({int(page): text for page, text in request["texts"].items()})
    try:
        _read(request, found)
    except Unreadable:
        if not found.texts:
            raise
    for page, path in request["drawn"].items() if renderer_for(request["type"]) != "pdf" else ():
        if found.is_pictured(int(page)):
            found.show(int(page), _picture(Path(path)))
    return prints(found.texts, found.squares)


def _read(request: dict, found: Found) -> None:
    job, kind = _job(request), renderer_for(request["type"])
    if kind == "pdf":
        _read_pdf(job, found)
    elif found.texts:
        pass  # what it says is known
    elif kind == "image":
        found.show(1, _picture(job.path))
    elif kind not in (None, "office"):
        for page in importlib.import_module(f"app.assets.rendering.{kind}").pages(job):
            found.texts[page.number] = f"{page.title}\n{page.text.removeprefix(page.title)}"
    if request["type"] == PPTX:
        _read_slides(job, found)


def _job(request: dict) -> Job:
    folder = Path(request["scratch"])
    return Job(Path(request["path"]), request["type"], folder, folder, [], [], pictures=False,
               seconds=request["seconds"], pages=request["pages"], pixels=MOST_PIXELS,
               characters=request["characters"])


def _picture(path: Path | io.BytesIO) -> Image.Image:
    """A picture, decoded no larger than needed. Raises `Unreadable`."""
    Image.MAX_IMAGE_PIXELS = None  # our own limit, below
    try:
        image = Image.open(path)
        if image.width * image.height > MOST_PIXELS:
            raise Unreadable("too_many_pixels")
        image.draft("RGB", (SMALL, SMALL))
        image.load()
        turned = {6: Image.Transpose.ROTATE_270, 8: Image.Transpose.ROTATE_90, 3: Image.Transpose.ROTATE_180}
        turn = turned.get(image.getexif().get(0x0112))
        return image.transpose(turn) if turn is not None else image
    except (OSError, SyntaxError, ValueError) as error:
        raise Unreadable("damaged") from error


def _read_pdf(job: Job, found: Found) -> None:
    """Its words, and pages that are pictures, small."""
    document = pdf.opened(job.path)
    for index in range(job.expect(len(document))):
        try:
            page, number = document[index], index + 1
            if number not in found.texts:
                found.texts[number] = job.words(page.get_textpage().get_text_range())
            if found.says_little(number) and (len(words(found.texts[number])) < SILENT or _has_picture(page)):
                found.show(number, page.render(scale=SMALL / max(*page.get_size(), 1)).to_pil())
            page.close()
        except (PdfiumError, ValueError):
            continue


def _has_picture(page: PdfPage) -> bool:
    wide, high = page.get_size()
    for each in islice(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]), MOST_OBJECTS):
        left, bottom, right, top = each.get_bounds()
        if (right - left) * (top - bottom) >= COVERED * wide * high:
            return True
    return False


def _read_slides(job: Job, found: Found) -> None:
    """What else is on slides: the numbers of charts, without which all of one kind read alike, and large pictures."""
    check_package(job)
    deck = Presentation(str(job.path))
    size = deck.slide_width * deck.slide_height or 1
    for number, slide in enumerate(deck.slides, 1):
        try:
            shapes = list(slide.shapes)
            found.texts[number] = "\n".join([found.texts.get(number, ""), *_figures(shapes)])
            if found.says_little(number):
                large = [each for each in shapes if (each.width or 0) * (each.height or 0) >= COVERED * size]
                for data in _blobs(large):
                    found.show(number, _picture(io.BytesIO(data)))
        except (Unreadable, KeyError, AttributeError, ValueError, TypeError):
            continue


def _figures(shapes: list) -> Iterator[str]:
    for shape in shapes:
        if getattr(shape, "has_chart", False):
            for plot in shape.chart.plots:
                for series in plot.series:
                    yield " ".join(f"{value:g}" for value in series.values if value is not None)


def _blobs(shapes: list) -> Iterator[bytes]:
    pictured = [each for each in shapes if hasattr(each, "image")]
    for shape in pictured[:MOST_PICTURES]:
        yield shape.image.blob
