"""Just enough of font files: names, style and characters of a face, and its bytes as a plain sfnt.

The slide renderer takes only that last form, while the front end's packages hold WOFF (the same tables, each deflated)
and systems hold collections (.ttc). Formats: W3C WOFF 1.0, OpenType 1.9 "OpenType Font File", `name`, `OS/2`, `cmap`.
"""

import mmap
import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

_SFNT = (b"\0\1\0\0", b"OTTO", b"true")
_LARGEST_TABLE = 64 * 1024 * 1024
_MOST_FACES = 64
_STYLE = re.compile(r" (Thin|(Extra|Ultra|Semi|Demi)?(Light|Bold)|Regular|Book|Medium|Black|Heavy)$", re.I)

Tables = dict[bytes, tuple[int, int, int]]  # tag → (offset, bytes in the file, bytes of the table)


@dataclass(frozen=True, eq=False)
class Face:
    """One face in a font file. `weight` is 100–900, `family` as the typographic or else the legacy family name."""

    path: Path
    family: str
    weight: int
    italic: bool
    tables: Tables

    @cached_property
    def characters(self) -> frozenset[int]:
        """Code points the face has glyphs for."""
        with _opened(self.path) as data:
            return frozenset(_mapped(_table(data, self.tables, b"cmap")))

    def sfnt(self) -> bytes:
        """The face alone, as a TrueType or OpenType file (without checksums, which renderers do not look at)."""
        data = self.path.read_bytes()
        if data[:4] in _SFNT:
            return data
        flavour = b"OTTO" if b"CFF " in self.tables or b"CFF2" in self.tables else b"\0\1\0\0"
        count = len(self.tables)
        power = 1 << (count.bit_length() - 1)
        head = struct.pack(">4sHHHH", flavour, count, power * 16, power.bit_length() - 1, (count - power) * 16)
        body = bytearray()
        for tag in sorted(self.tables):
            table = _table(data, self.tables, tag)
            head += struct.pack(">4sIII", tag, 0, 12 + 16 * count + len(body), len(table))
            body += table + b"\0" * (-len(table) % 4)
        return head + bytes(body)


def faces(path: Path) -> list[Face]:
    """The faces in a font file; none if it is not one this module reads."""
    try:
        with _opened(path) as data:
            return [face for tables in _directories(data) if (face := _face(path, data, tables))]
    except (OSError, ValueError, struct.error, zlib.error, KeyError, IndexError):  # ValueError: an empty file
        return []


@contextmanager
def _opened(path: Path) -> Iterator[mmap.mmap]:
    """The file in memory as far as it is looked at: fonts of Chinese have megabytes of which names take a kilobyte."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        yield data


def _directories(data: mmap.mmap) -> list[Tables]:
    if data[:4] == b"wOFF":
        count = struct.unpack_from(">H", data, 12)[0]
        entries = (struct.unpack_from(">4sIII", data, 44 + 20 * index) for index in range(count))
        return [{tag: (offset, packed, size) for tag, offset, packed, size in entries}]
    if data[:4] == b"ttcf":
        count = min(struct.unpack_from(">I", data, 8)[0], _MOST_FACES)
        return [_plain(data, offset) for offset in struct.unpack_from(f">{count}I", data, 12)]
    return [_plain(data, 0)] if data[:4] in _SFNT else []


def _plain(data: bytes | mmap.mmap, start: int) -> Tables:
    count = struct.unpack_from(">H", data, start + 4)[0]
    entries = (struct.unpack_from(">4sIII", data, start + 12 + 16 * index) for index in range(count))
    return {tag: (offset, size, size) for tag, _, offset, size in entries}


def _face(path: Path, data: bytes | mmap.mmap, tables: Tables) -> Face | None:
    family = _family(_table(data, tables, b"name"))
    style = _table(data, tables, b"OS/2")
    weight, selection = struct.unpack_from(">H", style, 4)[0], struct.unpack_from(">H", style, 62)[0]
    return Face(path, family, weight, bool(selection & 1), tables) if family and b"cmap" in tables else None


def _table(data: bytes | mmap.mmap, tables: Tables, tag: bytes) -> bytes:
    offset, packed, size = tables[tag]
    raw = data[offset : offset + packed]
    return zlib.decompressobj().decompress(raw, min(size, _LARGEST_TABLE)) if packed < size else raw


def _family(names: bytes) -> str:
    """The English family name: the typographic one (16) before the legacy one (1)."""
    _, count, strings = struct.unpack_from(">HHH", names)
    found = {}
    for index in range(count):
        platform, _, language, name, length, offset = struct.unpack_from(">HHHHHH", names, 6 + 12 * index)
        if name in (1, 16) and (platform == 0 or (platform == 3 and language == 0x409)):
            start = strings + offset
            found[name] = names[start : start + length].decode("utf-16-be", "replace")
    return _STYLE.sub("", found.get(16) or found.get(1) or "")


def _mapped(cmap: bytes) -> set[int]:
    characters: set[int] = set()
    for index in range(struct.unpack_from(">H", cmap, 2)[0]):
        start = struct.unpack_from(">I", cmap, 8 + 8 * index)[0]
        layout = struct.unpack_from(">H", cmap, start)[0]
        if layout == 12:
            groups = struct.unpack_from(">I", cmap, start + 12)[0]
            for first, last, _ in struct.iter_unpack(">III", cmap[start + 16 : start + 16 + 12 * groups]):
                characters.update(range(first, min(last, 0x10FFFF) + 1))
        elif layout == 4:
            width = struct.unpack_from(">H", cmap, start + 6)[0]
            ends = struct.unpack_from(f">{width // 2}H", cmap, start + 14)
            starts = struct.unpack_from(f">{width // 2}H", cmap, start + 16 + width)
            for first, last in zip(starts, ends, strict=True):
                characters.update(range(first, last + 1))
    characters.discard(0xFFFF)
    return characters
