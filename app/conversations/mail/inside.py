"""A message of whatever format with all that is inside it: its files, and the messages among them, read as messages."""

from dataclasses import dataclass
from email.header import Header
from email.mime.application import MIMEApplication
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.parser import BytesParser
from email.utils import format_datetime

from app.assets.ole import MAGIC
from app.conversations.mail import headers, mime, outlook
from app.conversations.mail.bodies import Body, write_up
from app.conversations.mail.embedded import is_message
from app.conversations.mail.message import DEEPEST_MESSAGE, MOST_MESSAGES_INSIDE, Address, Message
from app.conversations.mail.parts import MESSAGE, File

OUTLOOK = "application/vnd.ms-outlook"


@dataclass
class _Room:
    """How many messages inside may still be read."""

    left: int = MOST_MESSAGES_INSIDE

    def take(self) -> bool:
        self.left -= 1
        return self.left >= 0


def read(data: bytes) -> tuple[Message, list[File]]:
    """The message and its files. Whatever it is made of, something comes of it."""
    return _read(data, _Room(), DEEPEST_MESSAGE)


def _read(data: bytes, room: _Room, levels: int) -> tuple[Message, list[File]]:
    if data.startswith(MAGIC):
        return _outlook(data, room)
    message, files = mime.read(data)
    if not message.is_report and levels:
        files = [_opened(each, room, levels) if _is_message(each) else each for each in files]
    return message, files


def _is_message(file: File) -> bool:
    name = file.filename.lower()
    if file.data.startswith(MAGIC):
        return (name.endswith(".msg") or file.media_type == OUTLOOK) and outlook.is_outlook(file.data)
    return (file.media_type == MESSAGE or name.endswith(".eml")) and is_message(file.data)


def _opened(file: File, room: _Room, levels: int) -> File:
    if not room.take():
        return file
    message, files = _read(file.data, room, levels - 1)
    return file if message.trouble else file._replace(message=message, files=tuple(files))


def _outlook(data: bytes, room: _Room) -> tuple[Message, list[File]]:
    try:
        found = outlook.read(data)
    except Exception:  # a damaged container may raise anything
        return Message(trouble="unreadable"), []
    return _written_up(found, room)


def _written_up(found: outlook.Read, room: _Room) -> tuple[Message, list[File]]:
    message, files = found.message, []
    bodies = [Body("plain", found.text, 1), Body("html", found.html, 1)]
    cids = {cid for each in write_up(message, [each for each in bodies if each.text]) for cid in each.cids}
    for each in found.files:
        if each.inside and room.take():
            inner, its = _written_up(each.inside, room)
            name = f"{inner.subject[:80] or each.filename or 'message'}.eml"
            files.append(File(name, MESSAGE, "", False, _as_eml(each.inside, its), inner, tuple(its)))
        elif each.cid and each.cid.strip("<>").lower() in cids:
            message.drop("pictures")
        elif each.data:
            opened = File(each.filename, each.media_type, "", False, each.data)
            files.append(_opened(opened, room, 1) if _is_message(opened) else opened)
        else:
            message.drop("parts")
    return message, files


def _as_eml(found: outlook.Read, files: list[File]) -> bytes:
    """A message that stands in another one's container and has no file of its own, as one: the same each time."""
    message, out = found.message, MIMEMultipart(boundary="part-of-a-message-of-outlook")
    out["From"], out["To"] = _named(message.sender), ", ".join(_named(each) for each in message.to)
    if message.cc:
        out["Cc"] = ", ".join(_named(each) for each in message.cc)
    out["Subject"] = Header(message.subject, "utf-8").encode()
    if message.date:
        out["Date"] = format_datetime(headers.as_moment(message.date))
    if message.message_id:
        out["Message-ID"] = f"<{message.message_id}>"
    if message.references:
        out["References"] = " ".join(f"<{each}>" for each in message.references)
    kind, text = ("html", found.html) if found.html else ("plain", found.text)
    out.attach(MIMEText(text.encode("utf-8", "replace").decode(), kind, "utf-8"))
    for each in files:
        part = MIMEMessage(BytesParser().parsebytes(each.data)) if each.message else MIMEApplication(each.data)
        part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", each.filename))
        out.attach(part)
    return out.as_bytes()


def _named(each: Address) -> str:
    name = Header(each.name, "utf-8").encode() if each.name else ""
    return f"{name} <{each.email}>" if each.email else name
