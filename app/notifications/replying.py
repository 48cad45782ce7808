"""Answers by mail: from the bytes a mail server hands over to a comment in the thread that was told of."""

import hashlib
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import unescape
from io import BytesIO
from typing import NamedTuple
from urllib.parse import quote

import nh3
from flask_babel import force_locale
from flask_babel import gettext as _

from app.access import can, root_of
from app.assets.actions import hold, keep
from app.assets.store import StoreError
from app.db import insert_missing, now
from app.entries.actions import comment
from app.entries.forms import BODY_LENGTH
from app.entries.models import Comment, Entry
from app.extensions import db
from app.forms import tidy
from app.notifications import tokens
from app.notifications.choosing import OFF, change_settings
from app.notifications.models import MailReply
from app.notifications.new_words import new_words
from app.people.models import Person

REPLY, UNSUBSCRIBE = "reply", "unsubscribe"
MOST_BYTES = 50 * 1024 * 1024
MOST_FILES = 20
_BULK = {"bulk", "junk", "list", "auto_reply"}


@dataclass(frozen=True)
class Outcome:
    """What became of a mail: commented, repeated, unsubscribed, ignored (nobody wrote it) or refused, and why."""

    what: str
    why: str = ""
    comment: Comment | None = None


def receive(raw: bytes, recipient: str) -> Outcome:
    """Take a mail that came for `reply+…@` or `unsubscribe+…@`. Never raises for what a mail may hold."""
    purpose, _plus, token_text = recipient.strip().strip("<>").partition("@")[0].partition("+")
    token = tokens.read(purpose.lower(), token_text) if purpose.lower() in (REPLY, UNSUBSCRIBE) else None
    person = db.session.get(Person, token.person_id) if token else None
    if person is None or not person.is_active:
        return Outcome("refused", "no such address")
    if purpose.lower() == UNSUBSCRIBE:
        change_settings(person, mail=OFF)
        return Outcome("unsubscribed")
    if len(raw) > MOST_BYTES:
        return Outcome("refused", "too large")
    message = message_from_bytes(raw, policy=policy.default)
    if _is_automatic(message):
        return Outcome("ignored", "nobody wrote it")
    return Outcome("refused", "too old") if token.is_expired else _answer(message, raw, person, token.entry_id)


def _header(message: EmailMessage, name: str) -> str:
    """A header as text, however broken it is."""
    try:
        return str(message.get(name, "") or "").strip()
    except Exception:
        # The parser of structured headers raises whatever it stumbles over.
        return ""


def _is_automatic(message: EmailMessage) -> bool:
    """Out-of-office notes, bounces, lists: what they say is no answer."""
    submitted = _header(message, "Auto-Submitted").lower()
    return (
        submitted not in ("", "no") or _header(message, "Return-Path").replace(" ", "") == "<>"
        or _header(message, "Precedence").lower() in _BULK or bool(_header(message, "X-Autoreply"))
        or bool(_header(message, "X-Autorespond")) or message.get_content_type() == "multipart/report"
        or _header(message, "From").lower().split("@")[0].endswith(("mailer-daemon", "postmaster"))
    )


def _answer(message: EmailMessage, raw: bytes, person: Person, entry_id: int) -> Outcome:
    entry = db.session.get(Entry, entry_id)
    root = root_of(entry) if entry else None
    if root is None or not can(person, "read", root):
        return Outcome("refused", "nothing there that they can see")
    if not can(person, "comment", root):
        return Outcome("refused", "nobody answers there any more")
    words, files = tidy(new_words(_text(message)))[:BODY_LENGTH], list(_files(message))
    if not words and not files:
        return Outcome("refused", "empty")
    name = hashlib.sha256(_header(message, "Message-ID").encode("utf-8", "replace") or raw).hexdigest()
    row = {"entry_id": root.id, "person_id": person.id, "message": name, "created_at": now()}
    if not insert_missing(db.session, MailReply, [row]):
        return Outcome("repeated")
    with force_locale(person.locale):
        body = "\n\n".join(filter(None, (words, _kept(files, person))))
    parent = entry if isinstance(entry, Comment) and not entry.is_deleted and entry.root_id == root.id else None
    return Outcome("commented", comment=comment(root, body, actor=person, parent=parent))


def _decoded(part: EmailMessage) -> str:
    """The text of a part, in whatever it says it is written in, or as well as it can be read."""
    content = part.get_payload(decode=True) or b""
    try:
        text = content.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:
        text = content.decode("utf-8", "replace")
    return text.encode("utf-8", "replace").decode()


def _text(message: EmailMessage) -> str:
    """What it says: its plain text, else the words of its HTML."""
    found: dict[str, str] = {}
    for part in message.walk():
        if part.get_content_disposition() != "attachment" and not part.is_multipart():
            found.setdefault(part.get_content_type(), _decoded(part))
    return found["text/plain"] if "text/plain" in found else _words_of_html(found.get("text/html", ""))


def _words_of_html(html: str) -> str:
    for end in ("<br>", "<br/>", "<br />", "</p>", "</div>", "</li>"):
        html = html.replace(end, f"\n{end}")
    cut = html.lower().find("<blockquote")
    return unescape(nh3.clean(html[:cut] if cut >= 0 else html, tags=set()))


class File(NamedTuple):
    """An attached file."""

    name: str
    content: bytes


def _files(message: EmailMessage):
    for part in message.walk():
        if not part.is_multipart() and part.get_content_disposition() == "attachment":
            try:
                name = part.get_filename()
            except Exception:
                # As with headers: a broken name is no reason to lose the file.
                name = None
            yield File(name or "file", part.get_payload(decode=True) or b"")


def _kept(files: list[File], person: Person) -> str:
    """The files as links in the text; what cannot be kept is named."""
    lines = []
    for file in files[:MOST_FILES]:
        try:
            held = hold(keep(BytesIO(file.content), file.name), actor=person)
        except StoreError:
            lines.append(_("(%(name)s could not be kept.)", name=file.name))
            continue
        shown = held.filename.replace("[", "(").replace("]", ")")
        lines.append(f"[{shown}](/uploads/{held.id}/{quote(held.filename)})")
    if len(files) > MOST_FILES:
        lines.append(_("(%(count)s further files were not kept.)", count=len(files) - MOST_FILES))
    return "\n".join(lines)
