"""The names inside an OLE container: what old Office files, encrypted new ones and Outlook messages are wrapped in."""

import struct
from pathlib import Path
from typing import BinaryIO

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_MOST_SECTORS = 512  # directory sectors read at most: some thousand names, and an end to chains that go in circles
_LAST = 0xFFFFFFFA


def entry_names(path: Path) -> set[str]:
    """Names of the streams and storages in the container at `path`; what can be read of them if it is damaged."""
    names: set[str] = set()
    with path.open("rb") as file:
        header = file.read(512)
        if len(header) < 512 or not header.startswith(MAGIC):
            return names
        shift, sector = struct.unpack_from("<H", header, 30)[0], struct.unpack_from("<I", header, 48)[0]
        if shift not in (9, 12):
            return names
        size = 1 << shift
        for _ in range(_MOST_SECTORS):
            if sector >= _LAST:
                break
            names |= _names(_sector(file, sector, size))
            sector = _next(file, header, sector, size)
    return names


def _sector(file: BinaryIO, number: int, size: int) -> bytes:
    file.seek((number + 1) * size)
    return file.read(size)


def _next(file: BinaryIO, header: bytes, sector: int, size: int) -> int:
    """The sector after `sector`, from the allocation table whose first 109 sectors the header lists."""
    table, place = divmod(sector, size // 4)
    if table >= 109:
        return _LAST
    entries = _sector(file, struct.unpack_from("<I", header, 76 + 4 * table)[0], size)
    return struct.unpack_from("<I", entries, 4 * place)[0] if len(entries) == size else _LAST


def _names(directory: bytes) -> set[str]:
    names = set()
    for start in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, start + 64)[0]
        if 2 < length <= 64:
            names.add(directory[start : start + length - 2].decode("utf-16-le", "replace"))
    return names
