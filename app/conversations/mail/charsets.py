"""Text out of bytes that claim a character set, or claim a wrong one, or none."""

import codecs
import re
from contextlib import suppress

from charset_normalizer import from_bytes

# What browsers read under these names, since it is what writers meant (WHATWG Encoding Standard).
_MEANT = {"ascii": "cp1252", "iso8859-1": "cp1252", "latin-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030",
          "euc_kr": "cp949", "shift_jis": "cp932", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874"}
# Codecs that Python has under names of character sets, but which are something else, or call for trouble.
_NO_CHARSETS = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem", "utf-7"}
_GUESSED_BY = 20_000  # bytes that are looked at to guess
_RUN = re.compile(rb"[\x80-\xff]{3}")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff]")
_BREAKS = re.compile(r"\r\n|[\r\x85\u2028\u2029]")
_DIRECTIONS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def tidy(text: str) -> str:
    """Text that can be stored and shown: no control characters, no turned direction, lines that end in one way."""
    return _DIRECTIONS.sub("", _CONTROLS.sub("", _BREAKS.sub("\n", text)))


def decode(data: bytes, claimed: str | None = None) -> str:
    """The text of these bytes: as UTF-8 where they are that, else as claimed if that fits, else as they look like."""
    if not data:
        return ""
    marks = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
    for mark, name in marks.items():
        if data.startswith(mark):
            return data.decode(name, "replace")
    name = _codec(claimed)
    stateful = name is not None and (name.startswith(("utf-16", "utf_16", "utf-32", "utf_32", "iso2022", "hz")))
    if not stateful:
        with suppress(UnicodeDecodeError):
            return data.decode()
    if name:
        with suppress(UnicodeError):
            return data.decode(_MEANT.get(name, name))
    return _guess(data, name)


def _codec(claimed: str | None) -> str | None:
    """Python's name of a character set; None for one that nobody knows."""
    with suppress(LookupError, ValueError):
        found = codecs.lookup((claimed or "").strip(" \t\"'").removeprefix("x-").replace("_8859", "-8859"))
        # "rot13", "base64" and their like turn text into text or bytes into bytes.
        if found._is_text_encoding and found.name not in _NO_CHARSETS:
            return found.name
    return None


def _guess(data: bytes, name: str | None) -> str:
    """What they most likely are: what was claimed with some bytes broken, or another character set."""
    if name and name not in ("ascii", "utf-8"):
        claimed = data.decode(_MEANT.get(name, name), "replace")
        if claimed.count("\ufffd") * 50 <= len(claimed):
            return claimed
    lenient = data.decode("utf-8", "replace")
    if lenient.count("\ufffd") * 50 <= len(lenient):
        return lenient
    # Among letters of ASCII single signs are the accents of Western languages; others consist of signs beyond it.
    seen = data[:_GUESSED_BY]
    if not _RUN.search(seen) or sum(byte > 127 for byte in seen) * 3 < len(seen):
        return data.decode("cp1252", "replace")
    best = from_bytes(seen).best()
    return data.decode(best.encoding if best else "cp1252", "replace")
