"""Messages that are parts of messages, as files of their own."""

import re
from email.generator import BytesGenerator
from email.message import Message as Parsed
from email.parser import BytesHeaderParser
from io import BytesIO

from app.conversations.mail import headers
from app.conversations.mail.parts import MESSAGE, ODD, File, bytes_of, payload_of

HEAD = 1_000_000
"""Bytes in which the head of a message is looked for."""
_FIRST_FIELD = re.compile(rb"[A-Za-z][A-Za-z0-9-]{0,60}[ \t]*:")


def embedded(part: Parsed, name: str) -> tuple[File, bool]:
    """A message that was attached, as a file of its own; and whether that is all of it."""
    [inner, *_rest] = part.get_payload() or [Parsed()]
    out = BytesIO()
    try:
        BytesGenerator(out, mangle_from_=False, maxheaderlen=0).flatten(inner)
    except ODD:
        return File(name or "message.eml", MESSAGE, "", False, _decoded(part, _as_it_stands(inner))), False
    data = _decoded(part, out.getvalue())
    subject = headers.words(headers.first(BytesHeaderParser().parsebytes(data[:HEAD]), "Subject"))
    return File(name or f"{subject[:80] or 'message'}.eml", MESSAGE, "", False, data), True


def _as_it_stands(inner: Parsed) -> bytes:
    """The head of a message that cannot be written as a whole, and its text if that is one."""
    head = "".join(f"{name}: {value}\n" for name, value in inner.raw_items())
    body = payload_of(inner)
    return f"{head}\n{body if isinstance(body, str) else ''}".encode("utf-8", "surrogateescape")


def _decoded(part: Parsed, data: bytes) -> bytes:
    """Messages must not be encoded as a whole (RFC 2046), but are."""
    way = headers.first(part, "Content-Transfer-Encoding").strip().lower()
    if way not in ("base64", "quoted-printable"):
        return data
    whole = Parsed()
    whole["Content-Transfer-Encoding"] = way
    whole.set_payload(data.lstrip().decode("ascii", "surrogateescape"))
    return decoded if is_message(decoded := bytes_of(whole)) else data


def is_message(data: bytes) -> bool:
    """Whether bytes begin as a message does."""
    if not _FIRST_FIELD.match(data[:200].lstrip()):
        return False
    parsed = BytesHeaderParser().parsebytes(data[:HEAD])
    return bool(parsed.get("From")) and any(parsed.get(name) for name in ("Date", "Subject", "Message-ID", "Received"))
