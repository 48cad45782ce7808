"""Text of any sort: split into pages of a readable length. Nothing in it is ever drawn or run."""

import email
import email.policy
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from app.assets.decoding import decode
from app.assets.rendering.job import Job, first_line
from app.assets.rendering.results import RenderedPage, Unreadable

PAGE = 3000  # characters: about one printed page
_MOST_BYTES = 32 * 1024 * 1024


def pages(job: Job) -> Iterator[RenderedPage]:
    """The text of the file, a page at a time. Raises `Unreadable` for bytes that are no text after all."""
    with job.path.open("rb") as file:
        data = file.read(_MOST_BYTES)
    if job.path.stat().st_size > _MOST_BYTES:
        job.reason = "text_cut"
    text = _mail(data) if job.type == "message/rfc822" else decode(data, cut=True)
    if text is None:
        raise Unreadable("damaged")
    if job.type in ("text/html", "image/svg+xml"):
        text = _shown(text)
    yield from paged(job, text.lstrip("\ufeff"))


def paged(job: Job, text: str) -> Iterator[RenderedPage]:
    """Pages of about `PAGE` characters, cut between lines; the first page is titled by the first line."""
    parts = split(text)
    for number, part in enumerate(parts[: job.expect(len(parts))], 1):
        title = first_line(re.sub(r"^#+\s*", "", part.strip())) if number == 1 else ""
        yield RenderedPage(number, title, part)


def split(text: str) -> list[str]:
    """The text in parts of about `PAGE` characters; lines stay whole unless one is longer than a page."""
    parts, current, length = [], [], 0
    for line in text.splitlines(keepends=True):
        for piece in (line[start : start + PAGE] for start in range(0, len(line), PAGE)):
            if length + len(piece) > PAGE and current:
                parts.append("".join(current))
                current, length = [], 0
            current.append(piece)
            length += len(piece)
    if current:
        parts.append("".join(current))
    return parts


def _mail(data: bytes) -> str | None:
    message = email.message_from_bytes(data, policy=email.policy.default)
    heads = [f"{name}: {message[name]}" for name in ("Subject", "From", "To", "Date") if message[name]]
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        return "\n".join(heads)
    content = body.get_content()
    text = _shown(content) if body.get_content_type() == "text/html" else content
    return "\n".join([*heads, "", text])


class _Words(HTMLParser):
    """What a reader would see: no scripts, no styles. A lenient parser, which knows no entities but HTML's own."""

    _SILENT = frozenset({"script", "style", "template", "noscript"})
    _INLINE = frozenset({"a", "b", "i", "em", "strong", "span", "tspan", "code", "u", "small", "sub", "sup", "font"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._SILENT:
            self._silent += 1
        elif tag not in self._INLINE:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._SILENT and self._silent:
            self._silent -= 1

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)


def _shown(markup: str) -> str:
    parser = _Words()
    parser.feed(markup)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.words).splitlines())
    return "\n".join(line for line in lines if line)
