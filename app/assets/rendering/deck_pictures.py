"""Pictures of slides, by BetterOffice's engine, with fonts found for it."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from betteroffice_pptx import Presentation
from PIL import Image

from app.assets.rendering import pictures
from app.assets.rendering.deck_repair import repaired
from app.assets.rendering.fontfile import Face
from app.assets.rendering.fonts import Fonts
from app.assets.rendering.job import Job

_TYPEFACE = re.compile(rb'<a:(?:latin|ea|cs)\b[^>]*?\btypeface="([^"+]{1,60})"')
_PARTS = re.compile(r"ppt/(slides|slideLayouts|slideMasters|theme|charts)/[^/]+\.xml")
_MOST_FAMILIES = 40
_MOST_PATCHES = 5_000
_DEFAULT = "Arial"
_STYLES = ((False, False), (True, False), (False, True), (True, True))


class Undrawable(Exception):
    """The engine cannot open or draw this."""


class Painter:
    """An open deck that can draw its slides."""

    def __init__(self, job: Job) -> None:
        try:
            fonts = Fonts(job.fonts, job.system_fonts)
            self._deck = Presentation.open_path(str(_repaired(job, fonts)))
            self._wardrobe = _Wardrobe(self._deck, fonts)
            self._wardrobe.dress(_families(job))
        except BaseException as failure:
            raise _undrawable(failure) from failure

    def __len__(self) -> int:
        return self._deck.slide_count

    def slide(self, index: int) -> Image.Image:
        """The slide number `index` (from 0) at the size pages are kept in. Raises `Undrawable`."""
        try:
            self._wardrobe.patch(index)
            layout = self._deck.render_slide(index)
            png = self._deck.render_png(index, scale=pictures.scale_for(layout.width, layout.height))
            return Image.open(io.BytesIO(png.bytes))
        except BaseException as failure:
            raise _undrawable(failure) from failure

    def text(self, index: int) -> str:
        """The slide's words as the engine reads them. Raises `Undrawable`."""
        try:
            return self._deck.slide(index).text
        except BaseException as failure:
            raise _undrawable(failure) from failure


@dataclass
class _Wardrobe:
    """Faces given to the engine. It draws a run in one face and has no fallback of its own, so we give it ours."""

    deck: Presentation
    fonts: Fonts
    main: dict[str, Face] = field(default_factory=dict)
    given: dict[tuple[str, str, int], str] = field(default_factory=dict)
    patches: int = 0

    def dress(self, families: list[str]) -> None:
        """Register a face in each style for every family the deck names; the first one is the engine's default."""
        for family in dict.fromkeys([_DEFAULT, *families]):
            stand_in = self.fonts.stand_in(family)
            if stand_in is None:
                raise Undrawable("no fonts")
            for bold, italic in _STYLES:
                face = self.fonts.face(stand_in, bold, italic)
                if face is not None:
                    self.deck.register_font(family, face.sfnt(), bold=bold, italic=italic)
                    self.main.setdefault(family, face)

    def patch(self, index: int) -> None:
        """Set what the faces of a slide's runs cannot show in faces that can."""
        for story in _stories(self.deck.slide(index).shapes):
            offset = 0
            for paragraph in story.paragraphs:
                for run in paragraph.runs:
                    face = self.main.get(run.font_family or _DEFAULT, self.main[_DEFAULT])
                    for start, end, family in self._lacking(run.text, face, bool(run.bold)):
                        if self.patches < _MOST_PATCHES:
                            self.deck.format_text(story.id, offset + start, offset + end, font_family=family)
                            self.patches += 1
                    offset += _units(run.text)
                offset += 1

    def _lacking(self, text: str, face: Face, bold: bool) -> list[tuple[int, int, str]]:
        """Stretches of a run (in UTF-16 units) and the family each is to be set in."""
        stretches: list[tuple[int, int, str]] = []
        at = 0
        for character in text:
            after = at + _units(character)
            other = None
            if not character.isspace() and ord(character) not in face.characters:
                other = self.fonts.fallback(character, bold)
            if other is not None:
                family = self._give(other, bold)
                if stretches and stretches[-1][1:] == (at, family):
                    stretches[-1] = (stretches[-1][0], after, family)
                else:
                    stretches.append((at, after, family))
            at = after
        return stretches

    def _give(self, face: Face, bold: bool) -> str:
        key = (str(face.path), face.family, face.weight)
        if key not in self.given:
            self.given[key] = f"fallback {len(self.given)}"
            self.deck.register_font(self.given[key], face.sfnt(), bold=bold)
        return self.given[key]


def _repaired(job: Job, fonts: Fonts) -> Path:
    face = fonts.face(fonts.stand_in(_DEFAULT) or "", False, False)
    return repaired(job.path, job.scratch / "repaired.pptx", face.characters if face else frozenset())


def _stories(shapes: list) -> Iterator:
    for shape in shapes:
        yield from shape.stories
        yield from _stories(shape.children)


def _families(job: Job) -> list[str]:
    """Fonts that the deck names, most used first."""
    counts: dict[str, int] = {}
    with zipfile.ZipFile(job.path) as package:
        for name in filter(_PARTS.fullmatch, package.namelist()):
            for match in _TYPEFACE.finditer(package.read(name)):
                family = match[1].decode("utf-8", "replace")
                counts[family] = counts.get(family, 0) + 1
    return sorted(counts, key=counts.get, reverse=True)[:_MOST_FAMILIES]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _undrawable(failure: BaseException) -> BaseException:
    """The engine's panics arrive as `BaseException`; leaving and running out of memory stay what they are."""
    if isinstance(failure, (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError, Undrawable)):
        return failure
    return Undrawable(str(failure)[:200])
