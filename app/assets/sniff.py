"""What a file is, decided by its bytes. The name given by whoever uploaded it only tells kinds of text apart."""

import json
import re
from dataclasses import dataclass
from pathlib import Path, PurePath

from app.assets.decoding import decode
from app.assets.ole import MAGIC as OLE
from app.assets.ole import entry_names
from app.assets.packages import package_type

HEAD = 64 * 1024
"""Bytes looked at from the start of a file."""

UNKNOWN = "application/octet-stream"
EMPTY = "application/x-empty"
ENCRYPTED_OFFICE = "application/x-encrypted-office"

# Web pages and drawings can carry programs: they are kept and given back, never opened here.
ACTIVE = frozenset({"text/html", "application/xhtml+xml", "image/svg+xml"})

_INLINE = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})

# What browsers play without a plug-in.
_PLAYABLE = frozenset({
    "audio/mpeg", "audio/wav", "audio/ogg", "audio/flac", "audio/mp4", "video/mp4", "video/webm", "video/ogg",
})

_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"{\\rtf", "application/rtf"),
    (b"%!PS", "application/postscript"),
    (b"\x1f\x8b", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\0", "application/x-xz"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xfa", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
    (b"\xff\xf2", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
    (b"MZ", UNKNOWN),
    (b"\x7fELF", UNKNOWN),
)

_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}

_BRANDS = (
    (re.compile(rb"avi[fs]"), "image/avif"),
    (re.compile(rb"he[iv][cxms]|mif1|msf1"), "image/heic"),
    (re.compile(rb"qt  "), "video/quicktime"),
    (re.compile(rb"M4[AB] "), "audio/mp4"),
)

_OLE = (
    ("EncryptedPackage", ENCRYPTED_OFFICE),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("Book", "application/vnd.ms-excel"),
    ("__properties_version1.0", "application/vnd.ms-outlook"),
)

_TEXT_BY_NAME = {
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".json": "application/json",
    ".eml": "message/rfc822",
    ".ics": "text/calendar",
    ".vcf": "text/vcard",
}

_KINDS = {
    "application/pdf": "document",
    "application/msword": "document",
    "application/rtf": "document",
    "application/postscript": "document",
    "application/vnd.ms-powerpoint": "deck",
    "application/vnd.ms-excel": "sheet",
    "text/csv": "sheet",
    "text/tab-separated-values": "sheet",
    "application/json": "text",
    "application/xml": "text",
    "message/rfc822": "text",
    "application/vnd.ms-outlook": "text",
    "application/zip": "archive",
    "application/gzip": "archive",
    "application/x-bzip2": "archive",
    "application/x-xz": "archive",
    "application/x-tar": "archive",
    "application/x-7z-compressed": "archive",
    "application/vnd.rar": "archive",
}

_KIND_BY_PART = (
    ("presentation", "deck"),
    ("slideshow", "deck"),
    ("powerpoint", "deck"),
    ("spreadsheet", "sheet"),
    ("ms-excel", "sheet"),
    ("wordprocessing", "document"),
    ("ms-word", "document"),
    ("opendocument.text", "document"),
    ("epub", "document"),
)

_KIND_BY_NAME = {".pptx": "deck", ".docx": "document", ".xlsx": "sheet"}

# What browsers take for HTML (the WHATWG's MIME sniffing list), so that nothing they would run passes as text.
_HTML = re.compile(
    r"\s*<(!doctype\s+html|html|head|body|script|iframe|style|title|h1|div|font|table|br|p|a|b|img|form|meta|!--)\b",
    re.I,
)
_PROLOGUE = re.compile(r"\s*(<\?.*?\?>\s*|<!--.*?-->\s*|<!doctype[^>\[]*(\[.*?\])?[^>]*>\s*)*", re.I | re.S)
_HEADER = re.compile(
    r"(from|to|date|subject|message-id|received|return-path|delivered-to|mime-version|x-[\w-]+):", re.I
)


@dataclass(frozen=True)
class MediaType:
    """`type` as in HTTP; `kind` is deck, document, sheet, image, video, audio, text, archive or other."""

    type: str
    kind: str


def media_type(path: Path | str, filename: str) -> MediaType:
    """What the file at `path` is; `filename` its name when uploaded. Reads little, never fails on content."""
    path, suffix = Path(path), PurePath(filename.lower()).suffix
    with path.open("rb") as file:
        head = file.read(HEAD)
    name = _binary_type(path, head) or _text_type(path, head, suffix) or UNKNOWN
    if name == ENCRYPTED_OFFICE:
        return MediaType(name, _KIND_BY_NAME.get(suffix, "document"))
    return MediaType(name, _kind(name))


def inline_safe(type_: str) -> bool:
    """Whether a browser may be handed this for display; everything else goes out as an attachment."""
    return type_ in _INLINE


def playable(type_: str) -> bool:
    """Whether a page may play it: sound or moving pictures, which run nothing."""
    return type_ in _PLAYABLE


def _binary_type(path: Path, head: bytes) -> str | None:
    if not head:
        return EMPTY
    if head.startswith((b"PK\3\4", b"PK\5\6")):
        return package_type(path, head)
    if head.startswith(OLE):
        names = entry_names(path)
        return next((name for entry, name in _OLE if entry in names), "application/x-ole-storage")
    if head.startswith(b"RIFF"):
        return _RIFF.get(head[8:12], UNKNOWN)
    if head[4:8] == b"ftyp":
        return next((name for brand, name in _BRANDS if brand.match(head, 8)), "video/mp4")
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "video/webm" if b"webm" in head[:4096] else "video/x-matroska"
    if head.startswith(b"OggS"):
        return "video/ogg" if b"theora" in head[:4096] else "audio/ogg"
    if head[257:262] == b"ustar":
        return "application/x-tar"
    found = next((name for magic, name in _MAGIC if head.startswith(magic)), None)
    if found in ("image/bmp", UNKNOWN) and decode(head, cut=True) is not None:
        return None  # two letters that begin a picture or a program, but also "BMW" and "MZ-80": text
    return found


def _text_type(path: Path, head: bytes, suffix: str) -> str | None:
    text = decode(head, cut=len(head) == HEAD)
    start = text.lstrip("\ufeff") if text is not None else head[:1024].decode("latin-1")
    markup = _markup(start)
    if markup and not (markup == "text/html" and suffix in (".md", ".markdown") and not _is_page(start)):
        return markup
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    if text is None:
        return None
    named = _TEXT_BY_NAME.get(suffix)
    if named and named != "application/json":
        return named
    if _is_json(path, start, named is not None):
        return "application/json"
    return "message/rfc822" if _is_mail(start) else "text/plain"


def _markup(text: str) -> str | None:
    start = text[_PROLOGUE.match(text[:8192]).end() :]
    if re.match(r"<(\w+:)?svg\b", start, re.I):
        return "image/svg+xml"
    if _HTML.match(text) or _HTML.match(start):
        return "text/html"
    return "application/xml" if text.lstrip().startswith("<?xml") else None


def _is_page(text: str) -> bool:
    return re.match(r"\s*<(!doctype|html|head|script)\b", text, re.I) is not None


def _is_json(path: Path, start: str, named: bool) -> bool:
    if not start.lstrip().startswith(("{", "[")):
        return False
    if path.stat().st_size > HEAD:
        return named
    try:
        json.loads(start)
    except (ValueError, RecursionError):
        return False
    return True


def _is_mail(text: str) -> bool:
    """At least two well-known header lines at the very top."""
    lines = text.splitlines()[:2]
    return len(lines) == 2 and all(_HEADER.match(line) for line in lines)


def _kind(name: str) -> str:
    if name in _KINDS:
        return _KINDS[name]
    whole = name.partition("/")[0]
    if whole in ("image", "video", "audio", "text"):
        return whole
    return next((kind for part, kind in _KIND_BY_PART if part in name), "other")
