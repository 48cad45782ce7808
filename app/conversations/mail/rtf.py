"""Rich text as Outlook packs it: unpacked (MS-OXRTFCP) and read as plain text."""

import re
import struct

from app.conversations.mail.charsets import decode, tidy

MOST = 8_000_000
"""Bytes that are unpacked."""
_DICTIONARY = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor "
    b"MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n"
    b"\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_TOKEN = re.compile(r"\\([a-z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-z])|([{}])|[\r\n]+|(.)", re.DOTALL)
_SILENT = {"fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "footer", "generator", "themedata",
           "listtable", "listoverridetable", "rsidtbl", "latentstyles", "datastore", "xmlnstbl", "fldinst", "mhtmltag",
           "filetbl", "revtbl"}
_SIGNS = {"par": "\n", "line": "\n", "tab": "\t", "cell": "\t", "row": "\n", "emdash": "—", "endash": "–",
          "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emspace": " ",
          "enspace": " "}


def unpack(data: bytes) -> bytes:
    """The RTF inside a compressed property; empty for what is none."""
    if len(data) < 16:
        return b""
    _size, raw, magic = struct.unpack_from("<III", data)
    if magic == 0x414C454D:  # "MELA": stored as it is
        return data[16 : 16 + raw][:MOST]
    if magic != 0x75465A4C:  # "LZFu"
        return b""
    window, write, out, at = bytearray(_DICTIONARY.ljust(4096, b"\0")), len(_DICTIONARY), bytearray(), 16
    while at < len(data) and len(out) < min(raw, MOST):
        control, at = data[at], at + 1
        for bit in range(8):
            if at >= len(data):
                break
            if not control & (1 << bit):
                piece, at = data[at : at + 1], at + 1
            else:
                if at + 1 >= len(data):
                    return bytes(out)
                token, at = data[at] << 8 | data[at + 1], at + 2
                offset, length = token >> 4, (token & 15) + 2
                if offset == write % 4096:
                    return bytes(out[:raw])
                piece = bytes(window[(offset + step) % 4096] for step in range(length)) if (
                    (write - offset) % 4096 >= length) else _overlapping(window, offset, write, length)
            for byte in piece:
                window[write % 4096] = byte
                write += 1
            out += piece
    return bytes(out[:raw])


def _overlapping(window: bytearray, offset: int, write: int, length: int) -> bytes:
    """A reference that runs into what it writes itself: bytes repeat."""
    distance = (write - offset) % 4096
    start = bytes(window[(offset + step) % 4096] for step in range(distance))
    return (start * (length // distance + 1))[:length]


def html_or_text(rtf: bytes) -> tuple[str, bool]:
    """What the rich text says, and whether that is HTML: Outlook wraps messages in HTML into it (MS-OXRTFEX)."""
    text = rtf[:MOST].decode("latin-1")
    wrapped = "\\fromhtml" in text[:400]
    page = re.search(r"\\ansicpg(\d{3,5})", text[:400])
    codepage = f"cp{page[1]}" if page else "cp1252"
    out: list[str] = []
    pending = bytearray()
    stack, silent, hidden, skip, starred = [], False, False, 0, False

    def flush() -> None:
        if pending:
            out.append(decode(bytes(pending), codepage))
            pending.clear()

    for match in _TOKEN.finditer(text):
        word, number, code, sign, brace, letter = match.groups()
        if brace == "{":
            stack.append((silent, hidden))
        elif brace == "}":
            silent, hidden = stack.pop() if stack else (False, False)
        elif word in _SILENT and not (wrapped and word == "mhtmltag"):
            silent = True
        elif word == "htmltag":
            silent = False
        elif word == "htmlrtf":
            hidden = number != "0"
        elif sign == "*":
            starred = True
            continue
        elif starred and word:
            silent = silent or word != "htmltag"
        elif not silent and not hidden:
            if code:
                if skip:
                    skip -= 1
                else:
                    pending.append(int(code, 16))
                continue
            flush()
            if word == "u" and number:
                out.append(chr(int(number) % 65536))
                skip = 1
            elif word in _SIGNS:
                out.append(_SIGNS[word])
            elif sign in ("\\", "{", "}"):
                out.append(sign)
            elif sign == "~":
                out.append(" ")
            elif letter:
                if skip:
                    skip -= 1
                else:
                    out.append(letter)
        starred = False
    flush()
    joined = "".join(out).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return tidy(joined), wrapped
