"""The members of a zip: which of them can become assets, and why the others cannot. Nothing is ever unpacked to a path
that the archive names.
"""

import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from app.uploads.models import PATH_LENGTH
from app.uploads.zip_names import names_of

MOST_MEMBERS = 10_000
MOST_DIRECTORY = 16 * 1024**2
"""Bytes of the table of contents, which is read into memory."""
MOST_RATIO, HARMLESS = 200, 10 * 1024**2
"""What unpacks to more than so many times its size is a bomb, unless it comes to less than so many bytes."""
MOST_TOTAL_RATIO, HARMLESS_TOTAL = 50, 2 * 1024**3
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The ways of packing that are unpacked piece by piece; others may need any amount of memory."""
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError,
              struct.error)
_JUNK = re.compile(
    r"__MACOSX|\.DS_Store|\.AppleDouble|\.Trashes|(eh)?thumbs\.db|desktop\.ini|~\$.*|\._.*|\.~lock\..*", re.IGNORECASE
)
_TAIL = 66_000


class Unfit(Exception):
    """The archive as a whole cannot be imported; `reason` is a code of models.REASONS."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Member:
    """A file of the archive: where it stood, its bytes unpacked, and why it is refused, if it is."""

    position: int
    path: str
    bytes: int
    reason: str | None


def open_zip(file: BinaryIO) -> zipfile.ZipFile:
    """The archive, once its table of contents is known to be of a size that can be read. Raises Unfit."""
    try:
        count, size = _directory(file)
        if count > MOST_MEMBERS or size > MOST_DIRECTORY:
            raise Unfit("too_many")
        return zipfile.ZipFile(file)
    except UNREADABLE:
        raise Unfit("no_zip") from None


def _directory(file: BinaryIO) -> tuple[int, int]:
    """How many members the end of the archive tells of, and in how many bytes. Raises BadZipFile."""
    file.seek(0, 2)
    end = file.tell()
    file.seek(max(0, end - _TAIL))
    tail = file.read(_TAIL)
    at = tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) < at + 22:
        raise zipfile.BadZipFile("no end")
    count, size = struct.unpack_from("<HI", tail, at + 10)
    if at >= 20 and tail[at - 20 : at - 16] == b"PK\6\7":
        # Where the reader of the archive looks, whatever the locator points at.
        file.seek(max(0, end - len(tail) + at - 20 - 56))
        large = file.read(56)
        if len(large) == 56 and large.startswith(b"PK\6\6"):
            count, size = struct.unpack_from("<QQ", large, 32)
    return count, size


def members(archive: zipfile.ZipFile, most_bytes: int) -> list[Member]:
    """Every file of the archive in its order. `most_bytes`: of one file. Raises Unfit for a bomb as a whole."""
    infos = archive.infolist()
    if len(infos) > MOST_MEMBERS:
        # More than its end tells of.
        raise Unfit("too_many")
    packed = sum(info.compress_size for info in infos)
    if sum(info.file_size for info in infos) > max(HARMLESS_TOTAL, MOST_TOTAL_RATIO * packed):
        raise Unfit("bomb")
    return list(_members(infos, most_bytes))


def _members(infos: list[zipfile.ZipInfo], most_bytes: int) -> Iterator[Member]:
    seen: set[str] = set()
    for position, (info, name) in enumerate(zip(infos, names_of(infos), strict=True)):
        parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".")]
        if name.endswith(("/", "\\")) or not parts:
            continue  # A folder: its files name it.
        path = unicodedata.normalize("NFC", _printable("/".join(parts)))
        reason = _reason(info, name, parts, most_bytes) or ("same_path" if path in seen else None)
        seen.add(path)
        yield Member(position, path[:PATH_LENGTH], info.file_size, reason)


def _reason(info: zipfile.ZipInfo, name: str, parts: list[str], most_bytes: int) -> str | None:
    if any(_JUNK.fullmatch(part) for part in parts):
        return "junk"
    if ".." in parts or name.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", name) or "\0" in name:
        return "unsafe_path"
    if len(name) > PATH_LENGTH:
        return "long_path"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "link"
    if info.flag_bits & 0x1:
        return "encrypted"
    if info.compress_type not in PACKED:
        return "damaged"
    if info.file_size > most_bytes:
        return "too_large"
    if info.file_size > max(HARMLESS, MOST_RATIO * info.compress_size):
        return "bomb"
    return None


def _printable(path: str) -> str:
    return "".join(letter for letter in path if letter.isprintable())


def content(archive: zipfile.ZipFile, position: int):
    """A member's bytes as a stream, which raises one of UNREADABLE where they are damaged."""
    return archive.open(archive.infolist()[position])


def folders(path: str) -> list[str]:
    """The folders a file stood in, the outermost first."""
    return list(PurePosixPath(path).parts[:-1])
