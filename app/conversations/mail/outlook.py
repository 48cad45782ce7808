"""Messages that Outlook saved (.msg, MS-OXMSG): an OLE container with a stream for each property."""

import struct
from datetime import UTC, datetime, timedelta
from email.parser import HeaderParser
from pathlib import Path
from typing import NamedTuple

import olefile

from app.conversations.mail import headers, rtf
from app.conversations.mail.charsets import decode
from app.conversations.mail.message import MOST_FILES, MOST_PEOPLE, Address, Message

_STREAM = "__substg1.0_"
_TEXT = ("001F", "001E")
MOST_STREAM = 256 * 1024 * 1024


class File(NamedTuple):
    """A file inside: `data` is None where it is a message of its own, which is only named."""

    filename: str
    media_type: str
    cid: str
    data: bytes | None


class Read(NamedTuple):
    message: Message
    text: str
    html: str
    files: list[File]


def is_outlook(path: Path) -> bool:
    """Whether the container at `path` is a message."""
    try:
        with olefile.OleFileIO(path) as box:
            return box.exists("__properties_version1.0")
    except Exception:  # whatever a damaged container raises, it is none
        return False


def read(path: Path) -> Read:
    """What the message says, with its body as text and as HTML. Raises OSError for a container that is damaged."""
    with olefile.OleFileIO(path) as box:
        message = Message(
            subject=_text(box, "", "0037"), sender=_sender(box), message_id=_one_id(_text(box, "", "1035")),
            date=_date(box),
        )
        message.references = headers.ids(" ".join([_text(box, "", "1039"), _text(box, "", "1042")]))
        for kind, address in _recipients(box):
            (message.cc if kind == 2 else message.to).append(address)
        _take_head(box, message)
        html = decode(_bytes(box, "", "1013"), _codepage(box)) or _text(box, "", "1013")
        text = _text(box, "", "1000")
        if not text.strip() and not html:
            found, is_html = rtf.html_or_text(rtf.unpack(_bytes(box, "", "1009")))
            text, html = ("", found) if is_html else (found, "")
        return Read(message, text, html, list(_files(box)))


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
    for at in range(32 if not folder else 8, len(data) - 15, 16):
        _kind, found = struct.unpack_from("<HH", data, at)
        if found == key:
            return struct.unpack_from(form, data, at + 8)[0]
    return None


def _codepage(box) -> str | None:
    page = _number(box, "", 0x3FDE)
    return {65001: "utf-8", 20127: "ascii", 28591: "latin-1"}.get(page, f"cp{page}") if page else None


def _date(box) -> str:
    """When it was sent: 100 nanoseconds since 1601."""
    for key in (0x0039, 0x0E06):
        if ticks := _number(box, "", key, "<Q"):
            try:
                return (datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)).isoformat()
            except OverflowError:
                continue
    return ""


def _sender(box) -> Address:
    name = _text(box, "", "0C1A") or _text(box, "", "0042")
    for key in ("5D01", "5D02", "0C1F", "0065"):
        if "@" in (email := _text(box, "", key)):
            return Address(email.strip().lower(), name)
    return Address("", name)


def _folders(box, begin: str) -> list[str]:
    names = {path[0] for path in box.listdir(streams=True, storages=True) if path[0].startswith(begin)}
    return sorted(names)


def _recipients(box):
    for folder in _folders(box, "__recip_version1.0_")[:MOST_PEOPLE]:
        email = next((each for key in ("39FE", "3003") if "@" in (each := _text(box, f"{folder}/", key))), "")
        name = _text(box, f"{folder}/", "3001")
        if email or name:
            yield _number(box, f"{folder}/", 0x0C15), Address(email.strip().lower(), "" if "@" in name else name)


def _take_head(box, message: Message) -> None:
    """What only the head tells as it came over the wire; messages that never left Exchange have none."""
    text = _text(box, "", "007D")
    if not text.strip():
        return
    head = HeaderParser().parsestr(text)
    message.is_automatic, message.list_id = headers.is_automatic(head), headers.first(head, "List-Id")[:250]
    message.references = headers.ids(" ".join(headers.fields(head, "References"))) or message.references
    message.message_id = message.message_id or _one_id(headers.first(head, "Message-ID"))
    message.date = message.date or headers.moment(headers.first(head, "Date"))
    sent_by = headers.addresses(headers.first(head, "From"))
    if not message.sender.email and sent_by:
        message.sender = sent_by[0]


def _one_id(text: str) -> str:
    return next(iter(headers.ids(text)), "")


def _files(box):
    for folder in _folders(box, "__attach_version1.0_")[:MOST_FILES]:
        prefix = f"{folder}/"
        name = _text(box, prefix, "3707") or _text(box, prefix, "3704") or _text(box, prefix, "3001")
        is_message = box.exists(f"{prefix}{_STREAM}3701000D")
        yield File(name, _text(box, prefix, "370E"), _text(box, prefix, "3712"),
                   None if is_message else _bytes(box, prefix, "3701"))
