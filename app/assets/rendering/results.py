"""What rendering is asked and what it answers. Imported on both sides of the process border."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Limits:
    """What one file may use: wall-clock seconds, bytes of memory, pages drawn, pixels of one picture, characters."""

    seconds: float = 180
    memory_bytes: int = 2 * 1024 * 1024 * 1024
    pages: int = 500
    pixels: int = 100_000_000
    characters: int = 5_000_000


@dataclass(frozen=True)
class RenderedPage:
    """One slide, page, sheet or picture. The paths are of WebP files; width and height are the image's, in pixels."""

    number: int
    title: str = ""
    text: str = ""
    notes: str = ""
    hidden: bool = False
    image_path: Path | None = None
    thumbnail_path: Path | None = None
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True)
class Rendered:
    """Everything made of a file. `reason` is a code of `app.assets.reasons.PARTIAL` when something is missing."""

    pages: list[RenderedPage] = field(default_factory=list)
    text: str = ""
    reason: str | None = None


class Unreadable(Exception):
    """Nothing can be made of the file; `code` is one of `app.assets.reasons.UNREADABLE`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
