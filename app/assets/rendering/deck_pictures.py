"""Pictures of slides, by BetterOffice's engine, with fonts found for it."""

import io
from collections.abc import Iterator

from betteroffice_pptx import DisplayList, Presentation
from PIL import Image

from app.assets.rendering import pictures
from app.assets.rendering.deck_repair import repaired
from app.assets.rendering.deck_survey import survey
from app.assets.rendering.fonts import Fonts
from app.assets.rendering.job import Job
from app.assets.rendering.wardrobe import Wardrobe

_MOST_PATCHES = 5_000


class Undrawable(Exception):
    """The engine cannot open or draw this."""


class Painter:
    """An open deck that can draw its slides."""

    def __init__(self, job: Job) -> None:
        try:
            self._wardrobe = Wardrobe(Fonts(job.fonts, job.system_fonts), *survey(job.path))
            self._deck = Presentation.open_path(str(repaired(job.path, job.scratch / "repaired.pptx", self._wardrobe)))
            self._wardrobe.dress(self._deck)
            self._patches = 0
        except BaseException as failure:
            raise _undrawable(failure) from failure

    def __len__(self) -> int:
        return self._deck.slide_count

    def slide(self, index: int) -> Image.Image:
        """The slide number `index` (from 0) at the size pages are kept in. Raises `Undrawable`."""
        try:
            layout = self.layout(index)
            png = self._deck.render_png(index, scale=pictures.scale_for(layout.width, layout.height))
            return Image.open(io.BytesIO(png.bytes))
        except BaseException as failure:
            raise _undrawable(failure) from failure

    def layout(self, index: int) -> DisplayList:
        """The slide as the engine lays it out: every line with its faces and glyphs."""
        self._patch(index)
        return self._deck.render_slide(index)

    def text(self, index: int) -> str:
        """The slide's words as the engine reads them. Raises `Undrawable`."""
        try:
            return self._deck.slide(index).text
        except BaseException as failure:
            raise _undrawable(failure) from failure

    def _patch(self, index: int) -> None:
        """Set what the faces of a slide's runs cannot show in faces that can."""
        for story in _stories(self._deck.slide(index).shapes):
            offset = 0
            for paragraph in story.paragraphs:
                for run in paragraph.runs:
                    self._patch_run(story.id, offset, run)
                    offset += _units(run.text)
                offset += 1

    def _patch_run(self, story: str, offset: int, run) -> None:
        for start, end, family in self._wardrobe.stretches(run.text, run.font_family, bool(run.bold)):
            if self._patches < _MOST_PATCHES:
                self._wardrobe.hand_over(self._deck)
                first, last = offset + _units(run.text[:start]), offset + _units(run.text[:end])
                self._deck.format_text(story, first, last, font_family=family)
                self._patches += 1


def _stories(shapes: list) -> Iterator:
    for shape in shapes:
        yield from shape.stories
        yield from _stories(shape.children)


def _units(text: str) -> int:
    """The engine counts in UTF-16."""
    return len(text.encode("utf-16-le")) // 2


def _undrawable(failure: BaseException) -> BaseException:
    """The engine's panics arrive as `BaseException`; leaving and running out of memory stay what they are."""
    if isinstance(failure, (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError, Undrawable)):
        return failure
    return Undrawable(str(failure)[:200])
