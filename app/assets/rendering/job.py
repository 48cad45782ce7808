"""The work order inside the rendering process, and what every renderer needs of it."""

import re
from dataclasses import dataclass
from pathlib import Path

from app.assets.rendering.results import Unreadable

ABSURD_PAGES = 100_000
"""More pages than any real document has: a file that claims them is lying."""

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile(r"\r\n|[\r\x0b\x0c\u2028]")
_MANY_EMPTY_LINES = re.compile(r"\n{3,}")


@dataclass
class Job:
    """One file to make pages of. A renderer sets `total` before its first page, and `reason` if something is cut."""

    path: Path
    type: str
    out_dir: Path
    scratch: Path
    fonts: list[Path]
    system_fonts: list[Path]
    pictures: bool
    seconds: float
    pages: int
    pixels: int
    characters: int
    total: int = 0
    reason: str | None = None

    def expect(self, pages: int) -> int:
        """Note how many pages the file has; returns how many of them are to be made. Raises `Unreadable`."""
        if pages > ABSURD_PAGES:
            raise Unreadable("too_many_pages")
        self.total = min(pages, self.pages)
        if pages > self.pages:
            self.reason = "first_pages_only"
        return self.total

    def words(self, text: str | None) -> str:
        """The text fit to be stored and searched: no control characters, and no more than is left of the allowance."""
        text = _CONTROLS.sub("", _BREAKS.sub("\n", text or ""))
        text = _MANY_EMPTY_LINES.sub("\n\n", text).strip()
        if len(text) > self.characters:
            text, self.reason = text[: self.characters], "text_cut"
        self.characters -= len(text)
        return text


def first_line(text: str) -> str:
    """A title for a page that has none: its first line, if that is short enough to be one."""
    line = text.partition("\n")[0].strip()
    return line if len(line) <= 120 else ""
