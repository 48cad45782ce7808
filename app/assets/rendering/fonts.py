"""Which face stands in for which font, and which one has the characters that face lacks."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from pathlib import Path

from app.assets.rendering.fontfile import Face, faces

SYSTEM_FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("/System/Library/Fonts"),
    Path("/Library/Fonts"),
)
_MOST_FILES = 3000
_SUFFIXES = {".ttf", ".otf", ".ttc", ".woff"}

_SANS = ("Arimo", "Liberation Sans", "Arial", "Helvetica", "DejaVu Sans", "Noto Sans")
_SERIF = ("Tinos", "Liberation Serif", "Times New Roman", "DejaVu Serif", "Noto Serif")
_MONO = ("Cousine", "Liberation Mono", "Courier New", "Menlo", "DejaVu Sans Mono", "Noto Sans Mono")
_STAND_INS = (
    (re.compile(r"verdana|tahoma", re.I), ("DejaVu Sans", *_SANS)),
    (re.compile(r"calibri|aptos|segoe|corbel|candara", re.I), ("Carlito", *_SANS)),
    (re.compile(r"cambria", re.I), ("Caladea", *_SERIF, *_SANS)),
    (re.compile(r"georgia", re.I), ("Gelasio", *_SERIF, *_SANS)),
    (
        re.compile(r"times|garamond|book antiqua|palatino|minion|constantia|serif$", re.I),
        _SERIF + _SANS,
    ),
    (re.compile(r"courier|consolas|menlo|monaco|mono", re.I), _MONO + _SANS),
)
# The front end brings the first of each list; the others are where systems keep like ones.
_HAN = ("Noto Sans S Chinese", "Noto Sans SC", "Noto Sans CJK SC", "PingFang SC", "Hiragino Sans GB", "STHeiti")
_HAN += ("Source Han Sans SC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Droid Sans Fallback", "Arial Unicode MS")
_JAPANESE = ("BIZ UDPGothic", "Noto Sans JP", "Noto Sans CJK JP", "Hiragino Sans", *_HAN)
_KOREAN = ("NanumGothic", "Noto Sans KR", "Noto Sans CJK KR", "Apple SD Gothic Neo", *_HAN)
_ARABIC = ("IBM Plex Sans Arabic", "Noto Sans Arabic", "Noto Naskh Arabic", "Geeza Pro", "Arial", "DejaVu Sans")
_TECHNICAL = ("Arimo", "Carlito", "Noto Sans Math", "Noto Sans Symbols 2", "Noto Sans Symbols", "DejaVu Sans")
_EMOJI = ("Arimo", "Carlito", "Noto Emoji", "Noto Sans Symbols 2", "Noto Sans Symbols")
_BY_SCRIPT = {
    "CJK": _HAN,
    "IDEOGRAPHIC": _HAN,
    "FULLWIDTH": _HAN,
    "HALFWIDTH": _JAPANESE,
    "HIRAGANA": _JAPANESE,
    "KATAKANA": _JAPANESE,
    "HANGUL": _KOREAN,
    "ARABIC": _ARABIC,
}
_BY_BLOCK = (
    (range(0x2190, 0x2400), _TECHNICAL),
    (range(0x25A0, 0x2600), _TECHNICAL),
    (range(0x2600, 0x27C0), _EMOJI),
    (range(0x27C0, 0x2C00), _TECHNICAL),
    (range(0x3000, 0x3040), _HAN),
    (range(0x1F000, 0x1FB00), _EMOJI),
)
_ANY = ("Arimo", "Carlito", "Liberation Sans", "DejaVu Sans", "Noto Sans", "Noto Sans Symbols 2", "Noto Sans Symbols")
_ANY += ("Noto Sans Math", "Noto Emoji", "Apple Symbols", *_HAN)


class Fonts:
    """The faces in some folders and, where those do not suffice, the system's."""

    def __init__(self, folders: Iterable[Path], system: Iterable[Path] = SYSTEM_FOLDERS) -> None:
        self._own = _by_family(folders)
        self._system_folders = tuple(system)

    @cached_property
    def _system(self) -> dict[str, list[Face]]:
        return _by_family(self._system_folders)

    def stand_in(self, family: str) -> str | None:
        """The family to draw `family` with: itself if it is here, else one of like widths; None without any fonts."""
        if self._faces(family):
            return family
        wanted = next((names for pattern, names in _STAND_INS if pattern.search(family)), _SANS)
        return next((name for name in wanted if self._faces(name)), None)

    def face(self, family: str, bold: bool, italic: bool, character: str = "a") -> Face | None:
        """The face of a family nearest to a style among those that have the character."""
        having = [face for face in self._faces(family) if ord(character) in face.characters]
        weight = 700 if bold else 400
        return min(having, key=lambda face: (face.italic != italic, abs(face.weight - weight)), default=None)

    @cache  # noqa: B019 (one Fonts lives as long as the process that draws one file)
    def fallback(self, character: str, bold: bool, japanese: bool = False) -> Face | None:
        """An upright face that has the character, by its script; `japanese`: shared ideographs as Japan writes them."""
        found = (self.face(family, bold, False, character) for family in _families(character, japanese))
        return next((face for face in found if face), None)

    def _faces(self, family: str) -> list[Face]:
        return self._own.get(family.lower()) or self._system.get(family.lower(), [])


def _families(character: str, japanese: bool) -> tuple[str, ...]:
    """Families that may have the character, the likeliest to look right first."""
    script = unicodedata.name(character, "").split(" ")[0].split("-")[0]
    by_block = next((names for block, names in _BY_BLOCK if ord(character) in block), ())
    named = _BY_SCRIPT.get(script, ()) or by_block
    if japanese and named is _HAN:
        named = _JAPANESE
    return (*named, f"Noto Sans {script.title()}", *_ANY)


def _by_family(folders: Iterable[Path]) -> dict[str, list[Face]]:
    found: dict[str, list[Face]] = {}
    for path in _files(folders):
        for face in faces(path):
            found.setdefault(face.family.lower(), []).append(face)
    return found


def _files(folders: Iterable[Path]) -> Iterator[Path]:
    paths = (path for folder in folders if folder.is_dir() for path in sorted(folder.rglob("*")))
    fonts = (path for path in paths if path.suffix.lower() in _SUFFIXES)
    for _, path in zip(range(_MOST_FILES), fonts, strict=False):
        yield path
