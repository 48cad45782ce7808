"""Mailboxes (mbox, in its dialects): many messages in one file, each of which is cut out as it was."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

MOST_MESSAGES = 1_000
SMALL = 10 * 1024 * 1024
MOST_AT_ONCE = 100
"""A mailbox of more bytes or messages than these is not filed while somebody waits."""
PIECE = 1_000_000
_BEGINNING = re.compile(rb"From \S+\s.*\d{4}|From - ")
# Without an empty line above it, only what no sentence looks like begins a message.
_SURELY = re.compile(rb"From \S+ +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +(?:[A-Z][a-z]{2} +\d+|\d+ +[A-Z][a-z]{2}) .*\d{4}")
_FIELD = re.compile(rb"[!-9;-~]{1,80}[ \t]*:|>From ")
_ESCAPED = re.compile(rb">+From ")


class Cut(NamedTuple):
    """A message as a file of its own, and the byte of the mailbox at which the next one begins."""

    path: Path
    end: int


def is_mailbox(path: Path) -> bool:
    """Whether the file is a mailbox: it begins with the line that stands before each of its messages."""
    with path.open("rb") as file:
        return _BEGINNING.match(_first_line(file)) is not None


def _first_line(file: BinaryIO) -> bytes:
    """The first line that says something: some programs begin with empty ones, or with a mark of UTF-8."""
    for _each in range(10):
        line = file.readline(2_000)
        if line.strip(b"\r\n\xef\xbb\xbf"):
            return line.removeprefix(b"\xef\xbb\xbf")
    return b""


def is_large(path: Path) -> bool:
    """Whether it is a mailbox of very many or large messages."""
    if not is_mailbox(path):
        return False
    if path.stat().st_size > SMALL:
        return True
    with path.open("rb") as file:
        return sum(is_first for _at, _line, is_first in _lines(file, 0)) > MOST_AT_ONCE


def cut(path: Path, folder: Path, start: int = 0) -> Iterator[Cut]:
    """Each message from this byte on as a file in `folder`, without the line before it; never all in memory."""
    out, number = None, start
    with path.open("rb") as file:
        for at, line, is_first in _lines(file, start):
            if is_first:
                if out is not None:
                    out.close()
                    yield Cut(Path(out.name), at)
                number = at
                out = (folder / f"message-{number}.eml").open("wb")
            elif out is not None:
                out.write(line[1:] if _ESCAPED.match(line) else line)
        at = file.tell()
    if out is not None:
        out.close()
        yield Cut(Path(out.name), at)


def _lines(file: BinaryIO, start: int) -> Iterator[tuple[int, bytes, bool]]:
    """Where each line begins, the line, and whether a message begins after it."""
    file.seek(start)
    at, above, line = start, b"", file.readline(PIECE)
    whole = True  # whether `line` is the beginning of one: very long ones come in pieces
    while line:
        below = file.readline(PIECE)
        yield at, line, whole and _begins(line.removeprefix(b"\xef\xbb\xbf"), above, below)
        whole = line.endswith(b"\n")
        at, above, line = at + len(line), line, below


def _begins(line: bytes, above: bytes, below: bytes) -> bool:
    """Whether a message begins: its line, with an empty one above or beyond doubt, and a head below."""
    if not _BEGINNING.match(line) or not (_FIELD.match(below) or not below.strip()):
        return False
    return not above.strip() or _SURELY.match(line) is not None
