"""Answers by mail: from a letter that came to an address of ours to a comment in the thread that was told of.

The address says who answers and where, signed by us; what the letter says of its sender decides nothing.
"""

import hashlib
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote

from flask_babel import force_locale
from flask_babel import gettext as _

from app.access import can, root_of
from app.assets.actions import KeptFile, hold
from app.conversations.mail.message import Message
from app.conversations.mail.reading import Arrived
from app.db import insert_missing, now
from app.entries.actions import comment
from app.entries.forms import BODY_LENGTH
from app.entries.models import Comment, Entry
from app.extensions import db
from app.forms import tidy
from app.notifications import tokens
from app.notifications.choosing import OFF, change_settings
from app.notifications.models import MailReply
from app.people.models import Person

REPLY, UNSUBSCRIBE = "reply", "unsubscribe"
MOST_FILES = 20
_NOBODYS = ("mailer-daemon", "postmaster")


class Refused(ValueError):
    """An answer that is not taken; `why` is for who sent it."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Door(NamedTuple):
    """What an address is for, and whose it is."""

    purpose: str
    token: tokens.Token


@dataclass(frozen=True)
class Outcome:
    """What became of a letter: commented, repeated, unsubscribed or ignored (nobody wrote it)."""

    what: str
    comment: Comment | None = None


def door_at(addresses: list[str]) -> Door | None:
    """The first of these addresses that is one of ours for answering, or for hearing no more."""
    for address in addresses:
        purpose, _plus, text = address.strip().strip("<>").partition("@")[0].partition("+")
        if purpose.lower() in (REPLY, UNSUBSCRIBE) and (token := tokens.read(purpose.lower(), text)):
            return Door(purpose.lower(), token)
    return None


def take(door: Door, arrived: Arrived) -> Outcome:
    """Do what a letter to this address asks for. Raises Refused where it may not."""
    person = db.session.get(Person, door.token.person_id)
    if person is None or not person.is_active:
        raise Refused("There is no such address here.")
    if door.purpose == UNSUBSCRIBE:
        change_settings(person, mail=OFF)
        return Outcome("unsubscribed")
    if _is_automatic(arrived.message):
        return Outcome("ignored")
    if door.token.is_expired:
        raise Refused("It was asked too long ago to be answered by mail.")
    return _answer(arrived, person, door.token.entry_id)


def _is_automatic(message: Message) -> bool:
    """Out-of-office notes, bounces, lists: what they say is no answer."""
    return message.is_automatic or bool(message.list_id) or message.sender.email.split("@")[0].endswith(_NOBODYS)


def _answer(arrived: Arrived, person: Person, entry_id: int) -> Outcome:
    entry = db.session.get(Entry, entry_id)
    root = root_of(entry) if entry else None
    if root is None or not can(person, "read", root):
        raise Refused("What it answers is not there any more.")
    if not can(person, "comment", root):
        raise Refused("Nobody answers there any more.")
    words, files = tidy(arrived.message.text)[:BODY_LENGTH], [kept for _told, kept in arrived.files]
    if not words and not files:
        raise Refused("It says nothing of its own.")
    known_by = arrived.message.message_id or arrived.original.sha256
    row = {"entry_id": root.id, "person_id": person.id, "created_at": now(),
           "message": hashlib.sha256(known_by.encode("utf-8", "replace")).hexdigest()}
    if not insert_missing(db.session, MailReply, [row]):
        return Outcome("repeated")
    with force_locale(person.locale):
        body = "\n\n".join(filter(None, (words, _held(files, person))))
    parent = entry if isinstance(entry, Comment) and not entry.is_deleted and entry.root_id == root.id else None
    return Outcome("commented", comment(root, body, actor=person, parent=parent))


def _held(files: list[KeptFile], person: Person) -> str:
    """The files as links in the text."""
    lines = []
    for kept in files[:MOST_FILES]:
        held = hold(kept, actor=person)
        shown = held.filename.replace("[", "(").replace("]", ")")
        lines.append(f"[{shown}](/uploads/{held.id}/{quote(held.filename)})")
    if len(files) > MOST_FILES:
        lines.append(_("(%(count)s further files were not kept.)", count=len(files) - MOST_FILES))
    return "\n".join(lines)
