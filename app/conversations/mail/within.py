"""Files that stand in the text of a message, as before MIME and by some programs still: uuencode, yEnc."""

import binascii
import re
from collections.abc import Iterator
from contextlib import suppress

from app.conversations.mail.message import MOST_FILES
from app.conversations.mail.parts import File

_UU = re.compile(r"^begin [0-7]{3,4} (?P<name>[^\n]{1,200})\n(?P<lines>(?:[ -`]{1,80}\n)+?)(?:[` ]?\n)?end[ \t]*$",
                 re.MULTILINE)
_YENC_NAME = re.compile(rb"=ybegin [^\r\n]{0,200}?name=(?P<name>[^\r\n]{1,200})\r?\n(?:=ypart [^\r\n]{0,200}\r?\n)?")
_SHIFTED = bytes((value - 42) % 256 for value in range(256))


def split(text: str, raw: bytes) -> tuple[str, list[File]]:
    """The text of a part without the files that stand in it, and those; `raw` are its bytes."""
    files: list[File] = []

    def taken(found: re.Match) -> str:
        data = _of_uu(found["lines"])
        if data is None or len(files) >= MOST_FILES:
            return found[0]
        files.append(File(found["name"].strip(), "application/octet-stream", "", False, data))
        return ""

    if "begin " in text:
        text = _UU.sub(taken, text)
    if b"=ybegin " in raw:
        files += list(_yencoded(raw))
        text = "".join(_around(text))
    return text, files


def _yencoded(raw: bytes) -> Iterator[File]:
    at = 0
    for _each in range(MOST_FILES):
        at = raw.find(b"=ybegin ", at)
        end = raw.find(b"=yend", at)
        if min(at, end) < 0:
            return
        if head := _YENC_NAME.match(raw, at):
            data = _of_yenc(raw[head.end() : end])
            yield File(head["name"].decode("utf-8", "replace").strip(), "application/octet-stream", "", False, data)
        at = end


def _around(text: str) -> Iterator[str]:
    """A text without what is encoded so."""
    at = 0
    while (begin := text.find("=ybegin ", at)) >= 0 and (end := text.find("=yend", begin)) >= 0:
        yield text[at:begin]
        at = text.find("\n", end)
        if at < 0:
            return
    yield text[at:]


def _of_uu(lines: str) -> bytes | None:
    """The bytes, or None for what is none."""
    out = []
    for line in lines.splitlines():
        size = (((ord(line[0]) - 32) & 63) * 4 + 5) // 3
        with suppress(binascii.Error, UnicodeEncodeError):
            out.append(binascii.a2b_uu(line[: size + 1].encode("ascii")))
            continue
        return None
    return b"".join(out) or None


def _of_yenc(data: bytes) -> bytes:
    data = re.sub(rb"[\r\n]", b"", data)
    return re.sub(rb"=(.)", lambda found: bytes(((found[1][0] - 64) % 256,)), data, flags=re.DOTALL).translate(_SHIFTED)
