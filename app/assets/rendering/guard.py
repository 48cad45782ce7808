"""Looks at an Office package before anything opens it: zip bombs and XML that defines entities stop here."""

import re
import zipfile
import zlib

from app.assets.rendering.job import Job
from app.assets.rendering.results import Unreadable

_MOST_ENTRIES = 30_000
_MOST_UNPACKED = 512 * 1024 * 1024
_MOST_XML = 192 * 1024 * 1024  # all XML parts together: parsed, they take about ten times as much
_MOST_RATIO = 200
_HARMLESS_RATIO_BELOW = 64 * 1024 * 1024
_HEAD = 4096
_XML = (".xml", ".rels", ".vml")
_DEFINITIONS = re.compile(rb"<\s*!\s*(DOCTYPE|ENTITY)", re.I)


def check_package(job: Job) -> None:
    """Raises `Unreadable`: `damaged`, `encrypted`, `too_large_unpacked` or `unsafe`."""
    try:
        with zipfile.ZipFile(job.path) as archive:
            entries = archive.infolist()
            _check_sizes(entries)
            for entry in entries:
                if entry.filename.lower().endswith(_XML):
                    _check_xml(archive, entry)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError) as error:
        raise Unreadable("damaged") from error


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable("encrypted")
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    markup = sum(entry.file_size for entry in entries if entry.filename.lower().endswith(_XML))
    dense = unpacked > _HARMLESS_RATIO_BELOW and unpacked > packed * _MOST_RATIO
    if len(entries) > _MOST_ENTRIES or unpacked > _MOST_UNPACKED or markup > _MOST_XML or dense:
        raise Unreadable("too_large_unpacked")
    if len({entry.filename for entry in entries}) < len(entries):
        raise Unreadable("damaged")  # two parts of one name: readers disagree on which one counts


def _check_xml(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Office documents never define entities (ECMA-376 part 2, 8.1.4), so one that does is an attack."""
    with archive.open(entry) as part:
        head = part.read(_HEAD)
    if _DEFINITIONS.search(head) or _DEFINITIONS.search(head.replace(b"\0", b"")):
        raise Unreadable("unsafe")
