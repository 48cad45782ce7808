"""Signed words in mail addresses and links: whom and what they are for. Lower case and short, as addresses are."""

import base64
import binascii
import hashlib
import hmac
import struct
from datetime import date, timedelta
from typing import NamedTuple

from flask import current_app

from app.db import now

LIFETIME = timedelta(days=90)
"""So long a mail can be answered."""
_LAYOUT = struct.Struct(">IIH")
_SIGNATURE = 16
_FIRST = date(2020, 1, 1)


class Token(NamedTuple):
    """A person, an entry (0 for none), and the day it was made."""

    person_id: int
    entry_id: int
    made_on: date

    @property
    def is_expired(self) -> bool:
        return now().date() > self.made_on + LIFETIME


def _sign(purpose: str, content: bytes) -> bytes:
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.digest(key, f"mail:{purpose}:".encode() + content, hashlib.sha256)[:_SIGNATURE]


def _spelled(token: bytes) -> str:
    return base64.b32encode(token).decode().rstrip("=").lower()


def make(purpose: str, person_id: int, entry_id: int = 0) -> str:
    """A token for one purpose; worth nothing for another."""
    content = _LAYOUT.pack(person_id, entry_id, (now().date() - _FIRST).days)
    return _spelled(content + _sign(purpose, content))


def read(purpose: str, text: str) -> Token | None:
    """What a token says, in whatever case a mail server left it; None if it is not one of ours for this purpose."""
    try:
        found = base64.b32decode(text.upper() + "=" * (-len(text) % 8))
    except (binascii.Error, ValueError):
        return None
    # The last letter carries bits that no byte needs: four letters would be read alike, and one is ours.
    if _spelled(found) != text.lower():
        return None
    content, signature = found[:_LAYOUT.size], found[_LAYOUT.size:]
    if len(content) != _LAYOUT.size or not hmac.compare_digest(signature, _sign(purpose, content)):
        return None
    person_id, entry_id, days = _LAYOUT.unpack(content)
    return Token(person_id, entry_id, _FIRST + timedelta(days=days))
