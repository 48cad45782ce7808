"""PowerPoint decks: the words by one library, the pictures by another; each does without the other if it must."""

from collections.abc import Iterator

from PIL import Image
from pptx import Presentation

from app.assets.rendering import deck_text, office, pictures
from app.assets.rendering.deck_pictures import Painter, Undrawable
from app.assets.rendering.guard import check_package
from app.assets.rendering.job import Job, first_line
from app.assets.rendering.results import RenderedPage, Unreadable


def pages(job: Job) -> Iterator[RenderedPage]:
    """Every slide, hidden ones too. Raises `Unreadable` when neither words nor pictures can be had."""
    check_package(job)
    words = _words(job)  # before the pictures, so that the two libraries never hold the whole file at once
    painter = _painter(job)
    if words is None:
        words = [deck_text.Words(text=_engine_text(painter, index)) for index in range(job.expect(len(painter or ())))]
    if painter is None and not words:
        raise Unreadable("damaged")
    converted = office.converted(job) if job.pictures and painter is None else None
    for index, said in enumerate(words):
        image = _picture(painter, index)
        if image is None and job.pictures:
            converted = converted or office.converted(job)
            image = converted.page(index)
        drawn = pictures.save(image, index + 1, job) if image else {}
        if image is None:
            job.reason = job.reason or "no_pictures"
        title = said.title or first_line(said.text)
        yield RenderedPage(index + 1, title, said.text, said.notes, said.hidden, **drawn)


def _words(job: Job) -> list[deck_text.Words] | None:
    """What every slide says; None if the deck cannot be read."""
    try:
        deck = Presentation(str(job.path))
        return [deck_text.words(deck, index) for index in range(job.expect(deck_text.slide_count(deck)))]
    except (MemoryError, Unreadable):
        raise
    except Exception:  # damaged packages make the library raise KeyError, ValueError, XMLSyntaxError and others
        return None


def _painter(job: Job) -> Painter | None:
    if not job.pictures:
        return None
    try:
        return Painter(job)
    except Undrawable:
        return None


def _picture(painter: Painter | None, index: int) -> Image.Image | None:
    try:
        return painter.slide(index) if painter else None
    except Undrawable:
        return None


def _engine_text(painter: Painter, index: int) -> str:
    try:
        return painter.text(index)
    except Undrawable:
        return ""
