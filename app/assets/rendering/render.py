"""`render()`: the one way in. Chooses nothing itself but whether a file can have pages at all."""

import logging
import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from app.assets.rendering.fonts import SYSTEM_FOLDERS
from app.assets.rendering.process import clean_environment, messages
from app.assets.rendering.results import Limits, Rendered, RenderedPage, Unreadable
from app.assets.rendering.table import renderer_for
from app.assets.sniff import EMPTY, ENCRYPTED_OFFICE, MediaType

log = logging.getLogger(__name__)

START = Path(__file__).with_name("start.py")
BUILT_FONTS = Path(__file__).parents[2] / "static" / "built" / "slide-fonts"

_WORTH_TEXT_ALONE = {"too_slow", "too_much_memory", "crashed"}

Progress = Callable[[RenderedPage, int], None]


def render(
    path: Path | str,
    media_type: MediaType,
    out_dir: Path | str,
    on_progress: Progress | None = None,
    *,
    limits: Limits | None = None,
    fonts: list[Path] | None = None,
    system_fonts: list[Path] | None = None,
) -> Rendered:
    """Make pages of the file at `path`: WebP pictures in `out_dir` (long side 1600 px, thumbnails 320 px) and text.

    `on_progress(page, total)` is called as each page is done. `fonts` are folders looked in before `system_fonts`; by
    default `QUARTERDECK_FONTS` (separated like `PATH`), else those of the built front end, and where systems keep them.
    Raises `Unreadable` and, whatever the file holds, nothing else.
    """
    if media_type.type == EMPTY:
        raise Unreadable("empty")
    if media_type.type == ENCRYPTED_OFFICE:
        raise Unreadable("encrypted")
    if renderer_for(media_type.type) is None:
        return Rendered(reason="no_preview")
    limits, out_dir = limits or Limits(), Path(out_dir).resolve()
    out_dir.mkdir(parents=True, exist_ok=True)
    folders = _font_folders() if fonts is None else fonts
    job = _Job(Path(path).resolve(), media_type.type, out_dir, folders, system_fonts)
    try:
        return job.run(limits, on_progress)
    except Unreadable as failure:
        if failure.code not in _WORTH_TEXT_ALONE:
            raise
        return _text_alone(job, limits, failure)


def _text_alone(job: "_Job", limits: Limits, failure: Unreadable) -> Rendered:
    """When drawing fails, try once more for the words alone, more briefly; pages drawn before that are kept."""
    try:
        rendered = job.run(replace(limits, seconds=limits.seconds / 3), None, pictures=False)
    except Unreadable:
        raise failure from None
    if not rendered.text:
        raise failure
    pages = [job.drawn.get(page.number, page) for page in rendered.pages]
    return Rendered(pages, rendered.text, "no_pictures")


class _Job:
    """One file on its way through the rendering process, as often as it takes."""

    def __init__(self, path: Path, type_: str, out_dir: Path, fonts: list[Path], system: list[Path] | None) -> None:
        self.path, self.type, self.out_dir = path, type_, out_dir
        self.drawn: dict[int, RenderedPage] = {}
        self.fonts, self.system_fonts = fonts, SYSTEM_FOLDERS if system is None else system

    def run(self, limits: Limits, on_progress: Progress | None, *, pictures: bool = True) -> Rendered:
        pages: list[RenderedPage] = []
        with tempfile.TemporaryDirectory(prefix="quarterdeck-render-") as scratch:
            request = self._request(limits, scratch, pictures)
            command = [sys.executable, "-I", str(START)]
            with closing(messages(command, request, limits, clean_environment(Path(scratch)))) as received:
                for message in received:
                    if "error" in message:
                        log.info("unreadable (%s): %s", message["error"], message.get("detail", ""))
                        raise Unreadable(message["error"])
                    if "done" in message:
                        return Rendered(pages, _whole_text(pages), message["done"])
                    pages.append(self._page(message["page"]))
                    if pages[-1].image_path:
                        self.drawn[pages[-1].number] = pages[-1]
                    if on_progress:
                        on_progress(pages[-1], message["total"])
        raise Unreadable("crashed")

    def _request(self, limits: Limits, scratch: str, pictures: bool) -> dict:
        return {
            "path": str(self.path),
            "type": self.type,
            "out_dir": str(self.out_dir),
            "scratch": scratch,
            "fonts": [str(folder) for folder in self.fonts],
            "system_fonts": [str(folder) for folder in self.system_fonts],
            "pictures": pictures,
            "seconds": limits.seconds,
            "memory_bytes": limits.memory_bytes,
            "pages": limits.pages,
            "pixels": limits.pixels,
            "characters": limits.characters,
        }

    def _page(self, fields: dict) -> RenderedPage:
        """The page as the child told it; file names from the child are only ever names inside `out_dir`."""
        for name in ("image_path", "thumbnail_path"):
            if fields.get(name):
                fields[name] = self.out_dir / Path(fields[name]).name
        return RenderedPage(**fields)


def _whole_text(pages: list[RenderedPage]) -> str:
    return "\n\n".join(part for page in pages for part in (page.title, page.text, page.notes) if part)


def _font_folders() -> list[Path]:
    named = os.environ.get("QUARTERDECK_FONTS")
    return [Path(folder) for folder in named.split(os.pathsep)] if named else [BUILT_FONTS]
