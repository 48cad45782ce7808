"""winmail.dat: what Outlook packs attachments and rich text into, as if everybody used Outlook (MS-OXTNEF)."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.conversations.mail import rtf
from app.conversations.mail.charsets import decode

SIGNATURE = 0x223E9F78
MOST_ATTRIBUTES = 5_000
_BODY, _TITLE, _DATA, _RENDERING, _MESSAGE, _ATTACHMENT = 0x800C, 0x8010, 0x800F, 0x9002, 0x9003, 0x9005
_FIXED = {0x0002: 4, 0x0003: 4, 0x0004: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x000A: 4, 0x000B: 4, 0x0014: 8, 0x0040: 8,
          0x0048: 16}
_SIZED = {0x001E, 0x001F, 0x0102, 0x000D}
_FILENAME, _LONG_FILENAME, _CONTENT, _RTF, _PLAIN, _HTML = 0x3704, 0x3707, 0x3701, 0x1009, 0x1000, 0x1013


@dataclass
class Packed:
    """A file that was packed, by its name."""

    filename: str = ""
    data: bytes = b""


@dataclass
class Unpacked:
    """What was in a winmail.dat."""

    text: str = ""
    html: str = ""
    files: list[Packed] = field(default_factory=list)


def is_tnef(data: bytes) -> bool:
    return data[:4] == struct.pack("<I", SIGNATURE)


def read(data: bytes) -> Unpacked | None:
    """Its contents, as far as they can be read; None if it is something else."""
    if not is_tnef(data):
        return None
    found, current = Unpacked(), None
    for kind, value in _attributes(data):
        if kind == _RENDERING:
            current = Packed()
            found.files.append(current)
        elif kind == _BODY:
            found.text = found.text or decode(value.rstrip(b"\0"), "cp1252")
        elif kind == _MESSAGE:
            _take_body(dict(_properties(value)), found)
        elif current is not None and kind == _TITLE:
            current.filename = current.filename or decode(value.rstrip(b"\0"), "cp1252")
        elif current is not None and kind == _DATA:
            current.data = value
        elif current is not None and kind == _ATTACHMENT:
            known = dict(_properties(value))
            name = known.get(_LONG_FILENAME) or known.get(_FILENAME)
            current.filename = name or current.filename
            if not current.data and isinstance(known.get(_CONTENT), bytes):
                current.data = known[_CONTENT]
    return found


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 6
    for _count in range(MOST_ATTRIBUTES):
        if at + 9 > len(data):
            return
        _level, kind, length = struct.unpack_from("<BII", data, at)
        at += 9
        if at + length > len(data):
            return
        yield kind & 0xFFFF, data[at : at + length]
        at += length + 2  # a checksum


def _properties(data: bytes) -> Iterator[tuple[int, object]]:
    """Properties by their ids. Ends at the first that cannot be read: what follows has no beginning then."""
    try:
        [count] = struct.unpack_from("<I", data)
        at = 4
        for _count in range(min(count, MOST_ATTRIBUTES)):
            kind, key = struct.unpack_from("<HH", data, at)
            at += 4
            if key >= 0x8000:
                at = _after_name(data, at)
            many, kind = bool(kind & 0x1000), kind & 0xEFFF
            if kind in _FIXED and not many:
                yield key, data[at : at + _FIXED[kind]]
                at += _FIXED[kind]
            elif kind in _SIZED or many:
                [values] = struct.unpack_from("<I", data, at)
                at += 4
                for _value in range(min(values, MOST_ATTRIBUTES)):
                    if many and kind in _FIXED:
                        at += _FIXED[kind]
                        continue
                    [length] = struct.unpack_from("<I", data, at)
                    at += 4
                    if length > len(data) - at:
                        return
                    yield key, _value_of(kind, data[at : at + length])
                    at += length + (-length % 4)
            else:
                return
    except struct.error:
        return


def _after_name(data: bytes, at: int) -> int:
    [named_by_text] = struct.unpack_from("<I", data, at + 16)
    if not named_by_text:
        return at + 24
    [length] = struct.unpack_from("<I", data, at + 20)
    return at + 24 + length + (-length % 4)


def _value_of(kind: int, value: bytes):
    if kind == 0x001F:
        return value.decode("utf-16-le", "replace").rstrip("\0")
    if kind == 0x001E:
        return decode(value.rstrip(b"\0"), "cp1252")
    # An object begins with the id of its interface.
    return value[16:] if kind == 0x000D else value


def _take_body(known: dict, found: Unpacked) -> None:
    if isinstance(known.get(_PLAIN), str):
        found.text = known[_PLAIN]
    if isinstance(known.get(_HTML), bytes):
        found.html = decode(known[_HTML])
    if isinstance(known.get(_RTF), bytes) and not (found.text or found.html):
        text, is_html = rtf.html_or_text(rtf.unpack(known[_RTF]))
        found.html, found.text = (text, "") if is_html else ("", text)
