"""A message in the form of the internet (RFC 5322, MIME), read as far as it can be."""

import re
from collections.abc import Iterator
from email.generator import BytesGenerator
from email.message import Message as Parsed
from email.parser import BytesHeaderParser, BytesParser
from io import BytesIO
from typing import NamedTuple

from app.assets.decoding import decode as decode_file
from app.conversations.mail import calendar, headers, html, tnef
from app.conversations.mail.bodies import Body, write_up
from app.conversations.mail.charsets import decode, tidy
from app.conversations.mail.message import MOST_FILES, MOST_MESSAGES_INSIDE, Message

MESSAGE = "message/rfc822"
MOST_PARTS = 2_000
HEAD = 1_000_000
"""Bytes that are read of a message whose parts cannot be taken apart."""
_FIRST_FIELD = re.compile(rb"[A-Za-z][A-Za-z0-9-]{0,60}[ \t]*:")
LOGO = 8_000
"""Bytes of a picture in the text below which it decorates: a logo, a pixel that tells who reads."""
KNOWN = ("From", "To", "Subject", "Date", "Message-ID", "Received", "Return-Path", "MIME-Version", "Content-Type")
_SIGNATURES = {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"}
_ENCRYPTED = {"application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"}
_REPORTS = {"message/delivery-status", "message/disposition-notification", "text/rfc822-headers",
            "message/feedback-report"}
_MESSAGES = {MESSAGE, "message/global", "message/news"}
_SERVERS = {"mailer-daemon", "postmaster", "mail-daemon"}
_PACKED = {"application/ms-tnef", "application/vnd.ms-tnef"}


class File(NamedTuple):
    """A part that is a file; what it is as a `message` is found out by `inside`, and which `files` that one has."""

    filename: str
    media_type: str
    cid: str
    is_inline: bool
    data: bytes
    message: Message | None = None
    files: tuple["File", ...] = ()


class Parts:
    """What the parts of a message are."""

    def __init__(self) -> None:
        self.bodies: list[Body] = []
        self.files: list[File] = []
        self.calendars: list[bytes] = []
        self.is_encrypted = False
        self.unread = 0


def read(data: bytes) -> tuple[Message, list[File]]:
    """The message and its files. Whatever it is made of, something comes of it."""
    try:
        parsed = BytesParser().parsebytes(data)
        message, parts = head(parsed), _take_apart(parsed)
    except (RecursionError, AttributeError, LookupError, TypeError, ValueError):  # what the library makes of odd heads
        return shallow(data), []
    message.is_report = _is_report(parsed, message)
    message.drop("parts", parts.unread)
    _take_calendar(message, parts)
    shown = write_up(message, parts.bodies)
    if parts.is_encrypted and not message.text:
        message.trouble = "encrypted"
    elif not any(parsed.get(name) for name in KNOWN):
        return _no_mail(data), []
    return message, _sorted_out(message, parts, shown)


def shallow(data: bytes) -> Message:
    """Its head, and its text as it stands: what is left when its parts cannot be taken apart."""
    parsed = BytesHeaderParser().parsebytes(data[:HEAD])
    message = head(parsed)
    body = parsed.get_payload()
    raw = body.encode("utf-8", "surrogateescape") if isinstance(body, str) else b""
    message.text, message.trouble = tidy(decode_file(raw, cut=True) or "")[:20_000].strip(), "unreadable"
    return message


def _no_mail(data: bytes) -> Message:
    text = decode_file(data[:HEAD], cut=True)
    return Message(text=tidy(text or "")[:20_000].strip(), trouble="no_mail")


def head(parsed: Parsed) -> Message:
    """What the head says."""
    def people(*names: str):
        return headers.addresses(", ".join(each for name in names for each in headers.fields(parsed, name)))

    sender = headers.addresses(headers.first(parsed, "From")) or people("Sender") or people("Return-Path")
    message = Message(
        subject=headers.words(headers.first(parsed, "Subject"))[:300], to=people("To"), cc=people("Cc"),
        reply_to=people("Reply-To"), delivered_to=people("Delivered-To", "X-Original-To", "Envelope-To"),
        date=headers.moment(headers.first(parsed, "Date")) or _received(parsed),
        message_id=next(iter(headers.ids(headers.first(parsed, "Message-ID"))), ""),
        references=headers.ids(" ".join([*headers.fields(parsed, "References"),
                                         *headers.fields(parsed, "In-Reply-To")])),
        minutes_ahead=headers.minutes_ahead(headers.first(parsed, "Date")),
        is_automatic=headers.is_automatic(parsed), list_id=tidy(headers.first(parsed, "List-Id"))[:250].strip(),
    )
    if sender:
        message.sender = sender[0]
    return message


def _is_report(parsed: Parsed, message: Message) -> bool:
    """Whether a mail server tells what became of a letter: what it brings along is that letter, or its head."""
    by_robot = message.sender.email.partition("@")[0] in _SERVERS
    return (parsed.get_content_type() == "multipart/report" or by_robot
            or headers.first(parsed, "Return-Path").strip() == "<>")


def _received(parsed: Parsed) -> str:
    """When the last server took it, which writes it behind the last semicolon."""
    return next((found for each in headers.fields(parsed, "Received")
                 if (found := headers.moment(each.rpartition(";")[2]))), "")


def _take_apart(parsed: Parsed) -> Parts:
    """Its parts in their order. A stack in place of recursion: nesting has no end."""
    parts, stack, number = Parts(), [(parsed, None)], 0
    while stack:
        part, alternative = stack.pop()
        number += 1
        if number > MOST_PARTS:
            parts.unread += 1
            continue
        kind = part.get_content_type()
        payload = part.get_payload()
        if kind.startswith("multipart/") and isinstance(payload, list):
            parts.is_encrypted |= kind == "multipart/encrypted"
            inner = id(part) if kind == "multipart/alternative" else alternative
            stack.extend((each, inner) for each in reversed(payload))
        else:
            _take(part, kind, alternative, parts)
    return parts


def _take(part: Parsed, kind: str, alternative: int | None, parts: Parts) -> None:
    name, disposition = _filename(part), str(part.get("Content-Disposition", "")).split(";")[0].strip().lower()
    if kind in _MESSAGES and part.is_multipart():
        parts.files.append(_embedded(part, name))
    elif kind in _REPORTS:
        parts.unread += 1
    elif kind.startswith("multipart/"):  # nothing says where its parts begin
        parts.bodies.append(Body("plain", _text(part), alternative))
    elif kind in ("text/plain", "text/html", "text/enriched", "text/richtext") and disposition != "attachment" and not (
            name and disposition):
        parts.bodies.append(Body("html" if kind == "text/html" else "plain", _text(part), alternative))
    elif kind == "text/calendar" and not parts.calendars:
        parts.calendars.append(_bytes(part))
        if disposition == "attachment":
            parts.files.append(File(name or "invitation.ics", kind, "", False, parts.calendars[0]))
    elif kind in _SIGNATURES:
        pass  # the original, which is kept, has what it signs byte for byte as well
    else:
        _take_file(part, kind, name, disposition, parts)


def _take_file(part: Parsed, kind: str, name: str, disposition: str, parts: Parts) -> None:
    data = _bytes(part)
    parts.is_encrypted |= kind in _ENCRYPTED
    packed = tnef.read(data) if kind in _PACKED or tnef.is_tnef(data) else None
    if packed is None:
        cid = headers.words(headers.first(part, "Content-ID")).strip("<> ").lower()
        parts.files.append(File(name, kind, cid, disposition == "inline", data))
        return
    parts.files += [File(each.filename, "application/octet-stream", "", False, each.data) for each in packed.files]
    if packed.text or packed.html:
        parts.bodies.append(Body("html" if packed.html else "plain", packed.html or packed.text, None, spare=True))


def _filename(part: Parsed) -> str:
    try:
        name = part.get_filename() or part.get_param("name") or ""
        name = name[2] if isinstance(name, tuple) else name
    except (AttributeError, LookupError, TypeError, ValueError):
        return ""
    if any("\udc80" <= sign <= "\udcff" for sign in name):
        name = decode(name.encode("utf-8", "surrogateescape"))
    return headers.words(name)[:200]


def _bytes(part: Parsed) -> bytes:
    try:
        data = part.get_payload(decode=True)
    except (AttributeError, LookupError, TypeError, ValueError):
        data = None
    return data if isinstance(data, bytes) else str(part.get_payload() or "").encode("utf-8", "surrogateescape")


def _text(part: Parsed) -> str:
    try:
        charset = part.get_param("charset")
        charset = charset[2] if isinstance(charset, tuple) else charset
        flowed, delsp = (str(part.get_param(name, "")).lower() for name in ("format", "delsp"))
    except (AttributeError, LookupError, TypeError, ValueError):
        charset, flowed, delsp = None, "", ""
    text = tidy(decode(_bytes(part), charset))
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


def _embedded(part: Parsed, name: str) -> File:
    """A message that was attached, as a file of its own."""
    [inner, *_rest] = part.get_payload() or [Parsed()]
    out = BytesIO()
    try:
        BytesGenerator(out, mangle_from_=False, maxheaderlen=0).flatten(inner)
    except (RecursionError, AttributeError, LookupError, TypeError, ValueError):
        return File(name or "message.eml", MESSAGE, "", False, _decoded(part, as_it_stands(inner)))
    data = _decoded(part, out.getvalue())
    subject = headers.words(headers.first(BytesHeaderParser().parsebytes(data[:HEAD]), "Subject"))
    return File(name or f"{subject[:80] or 'message'}.eml", MESSAGE, "", False, data)


def as_it_stands(inner: Parsed) -> bytes:
    """The head of a message that cannot be written as a whole, and its text if that is one."""
    head = "".join(f"{name}: {value}\n" for name, value in inner.raw_items())
    body = inner.get_payload()
    return f"{head}\n{body if isinstance(body, str) else ''}".encode("utf-8", "surrogateescape")


def _decoded(part: Parsed, data: bytes) -> bytes:
    """Messages must not be encoded as a whole (RFC 2046), but are."""
    way = headers.first(part, "Content-Transfer-Encoding").strip().lower()
    if way not in ("base64", "quoted-printable"):
        return data
    whole = Parsed()
    whole["Content-Transfer-Encoding"] = way
    whole.set_payload(data.lstrip().decode("ascii", "surrogateescape"))
    return decoded if is_message(decoded := _bytes(whole)) else data


def is_message(data: bytes) -> bool:
    """Whether bytes begin as a message does."""
    if not _FIRST_FIELD.match(data[:200].lstrip()):
        return False
    parsed = BytesHeaderParser().parsebytes(data[:HEAD])
    return bool(parsed.get("From")) and any(parsed.get(name) for name in ("Date", "Subject", "Message-ID", "Received"))


def _take_calendar(message: Message, parts: Parts) -> None:
    for data in parts.calendars:
        message.invitation = calendar.read(data)


def _sorted_out(message: Message, parts: Parts, shown: Iterator[html.Found]) -> list[File]:
    """The files without what only decorates: pictures that the text shows or that are small and stand in it."""
    cids = {cid for found in shown for cid in found.cids}
    kept = []
    for each in parts.files:
        in_text = each.cid in cids or each.is_inline or not each.filename or bool(
            re.fullmatch(r"(?:image|outlook-?)\d*\S{0,40}\.(?:png|gif|jpe?g)", each.filename, re.IGNORECASE))
        is_picture = each.media_type.startswith("image/")
        if is_picture and ((each.cid and each.cid in cids) or (in_text and len(each.data) < LOGO)):
            message.drop("pictures")
        elif each.data:
            kept.append(each)
    letters = [each for each in kept if each.media_type == MESSAGE][:MOST_MESSAGES_INSIDE]
    files = [each for each in kept if each.media_type != MESSAGE][:MOST_FILES]
    message.drop("parts", len(kept) - len(letters) - len(files))
    return [*files, *letters]
