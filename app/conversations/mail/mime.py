"""A message in the form of the internet (RFC 5322, MIME), read as far as it can be."""

import re
from collections.abc import Iterator
from email.message import Message as Parsed
from email.parser import BytesHeaderParser, BytesParser

from app.assets.decoding import decode as decode_file
from app.conversations.mail import armour, calendar, dates, headers, html, tnef, within
from app.conversations.mail.bodies import Body, write_up
from app.conversations.mail.charsets import tidy
from app.conversations.mail.embedded import HEAD, embedded
from app.conversations.mail.message import MOST_FILES, MOST_MESSAGES_INSIDE, Message
from app.conversations.mail.parts import MESSAGE, ODD, File, bytes_of, filename_of, payload_of, text_of

MOST_PARTS = 2_000
_FIRST_EDGE = re.compile(rb"\s*--([^\s\"]{1,70})[ \t]*\r?\n")
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
    except ODD:
        return shallow(data), []
    message.is_report = _is_report(parsed, message)
    message.drop("parts", parts.unread)
    _take_calendar(message, parts)
    shown = write_up(message, parts.bodies)
    if armour.is_encrypted(message.text) or parts.is_encrypted and not message.text:
        message.trouble = "encrypted"
    elif not any(parsed.get(name) for name in KNOWN):
        return _no_mail(data), []
    return message, _sorted_out(message, parts, shown)


def shallow(data: bytes) -> Message:
    """Its head, and its text as it stands: what is left when its parts cannot be taken apart."""
    parsed = BytesHeaderParser().parsebytes(data[:HEAD])
    message = head(parsed)
    body = payload_of(parsed)
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
        date=_sent(parsed) or _received(parsed),
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


def _sent(parsed: Parsed) -> str:
    """What the Date says; some programs write it as people do."""
    says = headers.first(parsed, "Date")
    return headers.moment(says) or dates.written(says)


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
        payload = part.get_payload() if part.is_multipart() else None
        if kind.startswith("multipart/") and payload is None and (guessed := _guessed(part)):
            stack.append((guessed, alternative))
        elif kind.startswith("multipart/") and payload is not None:
            parts.is_encrypted |= kind == "multipart/encrypted"
            inner = id(part) if kind == "multipart/alternative" else alternative
            stack.extend((each, inner) for each in reversed(payload))
        else:
            _take(part, kind, alternative, parts)
    return parts


def _guessed(part: Parsed) -> Parsed | None:
    """A part of which nothing says where its own parts begin, by the line with which the first of them does."""
    body = bytes_of(part)
    line = _FIRST_EDGE.match(body[:2_000])
    if not line or body.count(b"--" + line[1]) < 2:
        return None
    kind = b"Content-Type: " + part.get_content_type().encode() + b'; boundary="' + line[1] + b'"\n\n'
    guessed = BytesParser().parsebytes(kind + body)
    return guessed if guessed.is_multipart() else None


def _take(part: Parsed, kind: str, alternative: int | None, parts: Parts) -> None:
    name, disposition = filename_of(part), str(part.get("Content-Disposition", "")).split(";")[0].strip().lower()
    if kind in _MESSAGES and part.is_multipart():
        file, is_whole = embedded(part, name)
        parts.files.append(file)
        parts.unread += not is_whole
    elif kind in _REPORTS:
        parts.unread += 1
    elif kind.startswith("multipart/"):  # nothing says where its parts begin
        parts.bodies.append(Body("plain", text_of(part), alternative))
    elif kind in ("text/plain", "text/html", "text/enriched", "text/richtext") and disposition != "attachment" and not (
            name and disposition):
        _take_text(part, kind, alternative, parts)
    elif kind == "text/calendar" and not parts.calendars:
        parts.calendars.append(bytes_of(part))
        if disposition == "attachment":
            parts.files.append(File(name or "invitation.ics", kind, "", False, parts.calendars[0]))
    elif kind in _SIGNATURES:
        pass  # the original, which is kept, has what it signs byte for byte as well
    else:
        _take_file(part, kind, name, disposition, parts)


def _take_text(part: Parsed, kind: str, alternative: int | None, parts: Parts) -> None:
    if kind == "text/html":
        parts.bodies.append(Body("html", text_of(part), alternative))
        return
    text, files = within.split(text_of(part), bytes_of(part))
    parts.files += files
    parts.bodies.append(Body("plain", armour.without(text), alternative))


def _take_file(part: Parsed, kind: str, name: str, disposition: str, parts: Parts) -> None:
    data = bytes_of(part)
    parts.is_encrypted |= kind in _ENCRYPTED
    packed = tnef.read(data) if kind in _PACKED or tnef.is_tnef(data) else None
    if packed is None:
        cid = headers.words(headers.first(part, "Content-ID")).strip("<> ").lower()
        parts.files.append(File(name, kind, cid, disposition == "inline", data))
        return
    parts.files += [File(each.filename, "application/octet-stream", "", False, each.data) for each in packed.files]
    if packed.text or packed.html:
        parts.bodies.append(Body("html" if packed.html else "plain", packed.html or packed.text, None, spare=True))


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
