"""What is inside a zip: an Office document, an OpenDocument, or files. Looks without unpacking, in little memory."""

import re
import struct
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

_MOST_DIRECTORY = 2 * 1024 * 1024  # bytes of a central directory worth reading: about 25,000 names
_MOST_CONTENT_TYPES = 1024 * 1024

_PREFIX = "application/vnd.openxmlformats-officedocument."
PPTX = _PREFIX + "presentationml.presentation"
DOCX = _PREFIX + "wordprocessingml.document"
XLSX = _PREFIX + "spreadsheetml.sheet"

_MAIN_PART = re.compile(
    rb'ContentType\s*=\s*["\']application/vnd\.(?:openxmlformats-officedocument\.(presentation|wordprocessing|spreadsheet)ml'
    rb'|ms-(powerpoint|word|excel))\.[\w.]+\.main(?:\+xml)?["\']'
)
_OOXML = {
    b"presentation": PPTX,
    b"powerpoint": PPTX,
    b"wordprocessing": DOCX,
    b"word": DOCX,
    b"spreadsheet": XLSX,
    b"excel": XLSX,
}
_BY_FOLDER = ((b"ppt/", PPTX), (b"word/", DOCX), (b"xl/", XLSX))


def package_type(path: Path, head: bytes) -> str:
    """The media type of the zip at `path`, whose first bytes are `head`. Damaged ones are judged by those bytes."""
    if directory_bytes(path) <= _MOST_DIRECTORY:
        try:
            with zipfile.ZipFile(path) as archive:
                return _type_of(archive)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError, zlib.error):
            pass
    return _type_by_folders(head)


def directory_bytes(path: Path) -> float:
    """Size of the zip's table of contents as its end record states it; infinite when it has none or a 64-bit one."""
    with path.open("rb") as file:
        tail = _tail(file, 66_000)
    at = tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) < at + 22 or tail[max(0, at - 20) : at].startswith(b"PK\6\7"):
        return float("inf")
    return struct.unpack_from("<I", tail, at + 12)[0]


def _type_of(archive: zipfile.ZipFile) -> str:
    names = {info.filename: info for info in archive.infolist()}
    declared = _read(archive, names.get("mimetype"), 100).strip()
    if re.fullmatch(rb"application/(vnd\.oasis\.opendocument\.[a-z-]+|epub\+zip)", declared):
        return declared.decode()
    found = _MAIN_PART.search(_read(archive, names.get("[Content_Types].xml"), _MOST_CONTENT_TYPES))
    if found:
        return _OOXML[found[1] or found[2]]
    return "application/zip"


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo | None, most: int) -> bytes:
    if info is None or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return b""
    with archive.open(info) as file:
        return file.read(most)


def _type_by_folders(head: bytes) -> str:
    """Judge a zip whose table of contents is gone or absurd by the first names in it."""
    if any(sign in head for sign in (b"[Content_Types].xml", b"_rels/", b"docProps/")):
        for folder, name in _BY_FOLDER:
            if folder in head:
                return name
    return "application/zip"


def _tail(file: BinaryIO, size: int) -> bytes:
    file.seek(0, 2)
    file.seek(max(0, file.tell() - size))
    return file.read()
