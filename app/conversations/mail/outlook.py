"""Messages that Outlook saved (.msg, MS-OXMSG): an OLE container with a stream for each property."""

import struct
from datetime import UTC, datetime, timedelta
from email.parser import HeaderParser
from io import BytesIO
from typing import NamedTuple

import olefile

from app.conversations.mail import headers, rtf
from app.conversations.mail.charsets import decode
from app.conversations.mail.message import DEEPEST_MESSAGE, MOST_FILES, MOST_PEOPLE, Address, Message

_STREAM = "__substg1.0_"
_TEXT = ("001F", "001E")
_INSIDE = f"{_STREAM}3701000D"
"""The folder in which a message stands that is attached to another."""
MOST_STREAM = 256 * 1024 * 1024


class File(NamedTuple):
    """A file inside; one that is a message of its own is `inside`, and has no bytes."""

    filename: str
    media_type: str
    cid: str
    data: bytes
    inside: "Read | None" = None


class Read(NamedTuple):
    message: Message
    text: str
    html: str
    files: list[File]


def is_outlook(data: bytes) -> bool:
    """Whether `data` is a container that holds a message."""
    try:
        with olefile.OleFileIO(BytesIO(data)) as box:
            return box.exists("__properties_version1.0")
    except Exception:  # whatever a damaged container raises, it is none
        return False


def read(data: bytes) -> Read:
    """What the message says, with its body as text and as HTML. A container that is damaged may raise anything."""
    with olefile.OleFileIO(BytesIO(data)) as box:
        return _read(box, "", DEEPEST_MESSAGE)


def _read(box, at: str, levels: int) -> Read:
    """The message in the folder `at`, empty or ending in "/", and as many `levels` of those attached to it."""
    message = Message(
        subject=_text(box, at, "0037")[:300], sender=_sender(box, at), message_id=_one_id(_text(box, at, "1035")),
        date=_date(box, at),
    )
    message.references = headers.ids(" ".join([_text(box, at, "1039"), _text(box, at, "1042")]))
    for kind, address in _recipients(box, at):
        (message.cc if kind == 2 else message.to).append(address)
    _take_head(box, at, message)
    html = decode(_bytes(box, at, "1013"), _codepage(box, at)) or _text(box, at, "1013")
    text = _text(box, at, "1000")
    if not text.strip() and not html:
        found, is_html = rtf.html_or_text(rtf.unpack(_bytes(box, at, "1009")))
        text, html = ("", found) if is_html else (found, "")
    return Read(message, text, html, list(_files(box, at, levels)))


def _bytes(box, folder: str, key: str, kinds=("0102",)) -> bytes:
    for kind in kinds:
        name = f"{folder}{_STREAM}{key}{kind}"
        if box.exists(name) and box.get_size(name) <= MOST_STREAM:
            return box.openstream(name).read()
    return b""


def _text(box, folder: str, key: str) -> str:
    if data := _bytes(box, folder, key, _TEXT[:1]):
        return data.decode("utf-16-le", "replace").rstrip("\0")
    return decode(_bytes(box, folder, key, _TEXT[1:]).rstrip(b"\0"), "cp1252")


def _number(box, folder: str, key: int, form: str = "<I"):
    """A property of a fixed size: sixteen bytes each in one stream, behind a head whose size depends on where it is."""
    name = f"{folder}__properties_version1.0"
    data = box.openstream(name).read() if box.exists(name) else b""
    head = 32 if not folder else 24 if folder.endswith(f"{_INSIDE}/") else 8
    for place in range(head, len(data) - 15, 16):
        _kind, found = struct.unpack_from("<HH", data, place)
        if found == key:
            return struct.unpack_from(form, data, place + 8)[0]
    return None


def _codepage(box, at: str) -> str | None:
    page = _number(box, at, 0x3FDE)
    return {65001: "utf-8", 20127: "ascii", 28591: "latin-1"}.get(page, f"cp{page}") if page else None


def _date(box, at: str) -> str:
    """When it was sent: 100 nanoseconds since 1601."""
    for key in (0x0039, 0x0E06):
        if ticks := _number(box, at, key, "<Q"):
            try:
                return (datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)).isoformat()
            except OverflowError:
                continue
    return ""


def _sender(box, at: str) -> Address:
    name = _text(box, at, "0C1A") or _text(box, at, "0042")
    for key in ("5D01", "5D02", "0C1F", "0065"):
        if "@" in (email := _text(box, at, key)):
            return Address(email.strip().lower(), name)
    return Address("", name)


def _folders(box, at: str, begin: str) -> list[str]:
    """The folders in `at` whose name begins so, each ending in "/"."""
    above = at.split("/")[:-1]
    depth = len(above)
    names = {path[depth] for path in box.listdir(streams=True, storages=True)
             if len(path) > depth and path[:depth] == above and path[depth].startswith(begin)}
    return [f"{at}{name}/" for name in sorted(names)]


def _recipients(box, at: str):
    for folder in _folders(box, at, "__recip_version1.0_")[:MOST_PEOPLE]:
        email = next((each for key in ("39FE", "3003") if "@" in (each := _text(box, folder, key))), "")
        name = _text(box, folder, "3001")
        if email or name:
            yield _number(box, folder, 0x0C15), Address(email.strip().lower(), "" if "@" in name else name)


def _take_head(box, at: str, message: Message) -> None:
    """What only the head tells as it came over the wire; messages that never left Exchange have none."""
    text = _text(box, at, "007D")
    if not text.strip():
        return
    head = HeaderParser().parsestr(text)
    message.is_automatic, message.list_id = headers.is_automatic(head), headers.first(head, "List-Id")[:250]
    message.references = headers.ids(" ".join(headers.fields(head, "References"))) or message.references
    message.message_id = message.message_id or _one_id(headers.first(head, "Message-ID"))
    sent = headers.first(head, "Date")
    message.date, message.minutes_ahead = message.date or headers.moment(sent), headers.minutes_ahead(sent)
    sent_by = headers.addresses(headers.first(head, "From"))
    if not message.sender.email and sent_by:
        message.sender = sent_by[0]


def _one_id(text: str) -> str:
    return next(iter(headers.ids(text)), "")


def _files(box, at: str, levels: int):
    for folder in _folders(box, at, "__attach_version1.0_")[:MOST_FILES]:
        name = _text(box, folder, "3707") or _text(box, folder, "3704") or _text(box, folder, "3001")
        inside = f"{folder}{_INSIDE}"
        if not box.exists(inside):
            yield File(name, _text(box, folder, "370E"), _text(box, folder, "3712"), _bytes(box, folder, "3701"))
        else:
            yield File(name, "", "", b"", _read(box, f"{inside}/", levels - 1) if levels else None)
