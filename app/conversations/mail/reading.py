"""Reading files of mail in a process with limits of its own: whatever a message does there, nothing is lost here."""

import logging
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from app.assets.actions import KeptFile, keep, store
from app.assets.rendering.process import clean_environment, messages
from app.assets.rendering.render import START
from app.assets.rendering.results import Limits, Unreadable
from app.conversations.mail.message import Attached, Message

log = logging.getLogger(__name__)
LIMITS = Limits(seconds=60, memory_bytes=1024**3)
GLANCE = Limits(seconds=15, memory_bytes=512 * 1024**2)
"""For a second look at the head alone, when all of it was too much."""


@dataclass
class Arrived:
    """A message with its own bytes and its files in the store: all that filing it needs."""

    message: Message
    original: KeptFile
    files: list[tuple[Attached, KeptFile]] = field(default_factory=list)
    inside: list["Arrived"] = field(default_factory=list)
    """The messages among its files, which are among `files` as well: `filing` decides as what they are kept."""


@dataclass
class Delivery:
    """What a file of mail held; `left` messages of a mailbox were too many."""

    arrived: list[Arrived] = field(default_factory=list)
    left: int = 0


def read(original: KeptFile) -> Delivery:
    """The messages of a stored file. Needs no transaction, and call it before one.

    Raises StoreError where the store does not take what is in them; nothing else.
    """
    delivery = Delivery()
    with tempfile.TemporaryDirectory(prefix="quarterdeck-mail-") as scratch:
        for told in _told(original, Path(scratch)):
            if "left" in told:
                delivery.left = told["left"]
            else:
                delivery.arrived.append(_arrived(told, original))
    return delivery


def _told(original: KeptFile, scratch: Path) -> Iterator[dict]:
    """What the reading process tells; where it dies, the head of what it died of."""
    known = 0
    with store().local_path(original.sha256) as path:
        for shallow, limits in ((False, LIMITS), (True, GLANCE)):
            try:
                for number, told in enumerate(_ask(path, scratch, limits, shallow=shallow)):
                    if number >= known:
                        known += 1
                        yield told
                return
            except Unreadable:
                log.info("a file of mail could not be read to its end", exc_info=True)
    if not known:
        yield {"message": Message(trouble="unreadable").as_json(), "path": None}


def _ask(path: Path, scratch: Path, limits: Limits, *, shallow: bool) -> Iterator[dict]:
    request = {"module": "app.conversations.mail.reader", "path": str(path.resolve()), "scratch": str(scratch),
               "shallow": shallow, "seconds": limits.seconds, "memory_bytes": limits.memory_bytes}
    command = [sys.executable, "-I", str(START)]
    with closing(messages(command, request, limits, clean_environment(scratch))) as told:
        yield from told


def _arrived(told: dict, original: KeptFile) -> Arrived:
    message = Message.from_json(told["message"])
    if told["path"]:
        original = _kept(Path(told["path"]), f"{message.subject[:80] or 'message'}.eml")
    return _with_files(message, original)


def _with_files(message: Message, original: KeptFile) -> Arrived:
    files = [(each, _kept(Path(each.path), each.filename or "attachment")) for each in message.files]
    inside = [_with_files(each.message, kept) for each, kept in files if each.message]
    return Arrived(message, original, files, inside)


def _kept(path: Path, filename: str) -> KeptFile:
    with path.open("rb") as file:
        kept = keep(file, filename)
    path.unlink()
    return kept
