"""What the files in a zip are called. The format says UTF-8 or, for the rest, the code page of the first PC; in truth
it is the code page of whoever packed it: an archive is read in the one in which its names look like words.
"""

import re
import struct
import unicodedata
import zlib
from dataclasses import dataclass
from zipfile import ZipInfo

UTF8_FLAG = 0x800
_UNICODE_PATH = 0x7075
_FOREIGN = re.compile(r"[^\x00-\x7f]+")


@dataclass(frozen=True)
class _Guess:
    """A code page and how names in it look: in which script, in runs of how many letters on average, and for double
    bytes with which first bytes (the common characters have them).
    """

    encoding: str
    scripts: tuple[str, ...]
    run: float = 1
    leads: range | None = None


# Strict ones first: in a Western code page everything looks like letters with accents.
_GUESSES = (
    _Guess("utf-8", ("",)),
    _Guess("cp932", ("HIRAGANA", "KATAKANA", "CJK"), 2),
    _Guess("cp949", ("HANGUL",), 2, range(0xB0, 0xC9)),
    _Guess("gbk", ("CJK",), 2, range(0xB0, 0xD8)),
    _Guess("big5", ("CJK",), 2, range(0xA4, 0xC7)),
    _Guess("cp866", ("CYRILLIC",), 3),
    _Guess("cp1251", ("CYRILLIC",), 3),
    _Guess("cp437", ("LATIN",)),
    _Guess("cp1252", ("LATIN",)),
    _Guess("cp850", ("LATIN",)),
)
_SURE = 0.9
_COMMON = 0.7


def names_of(infos: list[ZipInfo]) -> list[str]:
    """The path of each member, as whoever packed it read it."""
    told = [_told(info) for info in infos]
    encoding = encoding_of([name for name in told if isinstance(name, bytes)])
    return [name.decode(encoding, "replace") if isinstance(name, bytes) else name for name in told]


def _told(info: ZipInfo) -> str | bytes:
    """The name as text where the archive says how to read it, else its bytes."""
    if info.flag_bits & UTF8_FLAG:
        return info.orig_filename
    raw = info.orig_filename.encode("cp437")
    return _unicode_path(info.extra, raw) or raw


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    """The name in UTF-8 that some packers put beside the other, if it belongs to it."""
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        field, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and len(field) > 5 and struct.unpack_from("<I", field, 1)[0] == zlib.crc32(raw):
            return field[5:].decode(errors="replace")
    return None


def encoding_of(names: list[bytes]) -> str:
    """The code page in which these names, taken together, look like words."""
    whole = b"\n".join(name for name in names if not name.isascii())
    if not whole:
        return "ascii"
    scores = {guess.encoding: _score(guess, whole) for guess in _GUESSES}
    return next((name for name, score in scores.items() if score >= _SURE), max(scores, key=scores.get))


def _score(guess: _Guess, whole: bytes) -> float:
    """The share of letters beyond ASCII that are of the script; 0 if it cannot be read, or the runs are too short."""
    try:
        text = whole.decode(guess.encoding)
    except UnicodeDecodeError:
        return 0
    runs = _FOREIGN.findall(text)
    letters = "".join(runs)
    if not letters or len(letters) / len(runs) < guess.run:
        return 0
    if guess.leads and sum(each.encode(guess.encoding)[0] in guess.leads for each in letters) < _COMMON * len(letters):
        return 0
    return sum(unicodedata.name(each, "").startswith(guess.scripts) for each in letters) / len(letters)
