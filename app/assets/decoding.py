"""Text out of bytes whose encoding nobody wrote down."""

import re
from contextlib import suppress

_RARE = 200  # one stray control character in so many is still text
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes, *, cut: bool = False) -> str | None:
    """Text from bytes: by its byte order mark, as UTF-8, as unmarked UTF-16, or as Windows Western; None if binary.

    `cut` says that `data` may end in the middle of a character.
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if b"\0" not in data and len(_CONTROLS.findall(data)) * _RARE <= len(data):
        with suppress(UnicodeDecodeError):
            return data.decode()
        if cut:
            for tail in (1, 2, 3):
                with suppress(UnicodeDecodeError):
                    return data[:-tail].decode()
        return data.decode("cp1252", "replace")
    return _unmarked_utf16(data)


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 shows itself by the zeros of its spaces and Latin letters, all on one side."""
    zeros = data[0::2].count(0), data[1::2].count(0)
    if max(zeros) < len(data) * 0.1 or min(zeros) > len(data) * 0.01:
        return None
    return data.decode("utf-16-be" if zeros[0] > zeros[1] else "utf-16-le", "replace")
