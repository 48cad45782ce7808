"""What single parts of a message hold: their names, bytes and texts, whatever their heads say."""

from email.errors import MessageError
from email.message import Message as Parsed
from typing import NamedTuple

from app.conversations.mail import headers
from app.conversations.mail.charsets import decode, tidy
from app.conversations.mail.message import Message

MESSAGE = "message/rfc822"
ODD = (RecursionError, AttributeError, LookupError, TypeError, ValueError, MessageError)
"""What the library makes of odd heads."""


class File(NamedTuple):
    """A part that is a file; what it is as a `message` is found out by `inside`, and which `files` that one has."""

    filename: str
    media_type: str
    cid: str
    is_inline: bool
    data: bytes
    message: Message | None = None
    files: tuple["File", ...] = ()


def filename_of(part: Parsed) -> str:
    try:
        name = part.get_filename() or part.get_param("name") or ""
        name = name[2] if isinstance(name, tuple) else name
    except ODD:
        return ""
    if any("\udc80" <= sign <= "\udcff" for sign in name):
        name = decode(name.encode("utf-8", "surrogateescape"))
    return headers.words(name)[:200]


def bytes_of(part: Parsed) -> bytes:
    try:
        data = part.get_payload(decode=True)
    except ODD:
        data = None
    return data if isinstance(data, bytes) else str(payload_of(part) or "").encode("utf-8", "surrogateescape")


def payload_of(part: Parsed) -> str | list:
    """What is below its head, as it stands."""
    try:
        return part.get_payload()
    except ODD:  # a charset that is none
        kind = part.get_content_type()
        del part["Content-Type"]
        part["Content-Type"] = kind
        return part.get_payload()


def text_of(part: Parsed) -> str:
    try:
        charset = part.get_param("charset")
        charset = charset[2] if isinstance(charset, tuple) else charset
        flowed, delsp = (str(part.get_param(name, "")).lower() for name in ("format", "delsp"))
    except ODD:
        charset, flowed, delsp = None, "", ""
    text = tidy(decode(bytes_of(part), charset))
    return _unflow(text, joined=delsp == "yes") if flowed == "flowed" else text


def _unflow(text: str, *, joined: bool) -> str:
    """Paragraphs of format=flowed (RFC 3676): lines that end in a blank go on in the next one of the same depth."""
    lines: list[str] = []
    flows, before = False, -1
    for line in text.split("\n"):
        content = line.lstrip(">")
        depth = len(line) - len(content)
        content = content.removeprefix(" ")
        if flows and depth == before and content != "-- ":
            lines[-1] = (lines[-1].removesuffix(" ") if joined else lines[-1]) + content
        else:
            lines.append(">" * depth + (" " if depth else "") + content)
        flows, before = content.endswith(" ") and content != "-- ", depth
    return "\n".join(lines)
