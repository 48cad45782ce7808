"""Reading files of mail in a process with limits of its own: whatever a message does there, nothing is lost here."""

import logging
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from app.assets.actions import KeptFile, keep, store
from app.assets.rendering.process import clean_environment, messages
from app.assets.rendering.render import START
from app.assets.rendering.results import Limits, Unreadable
from app.conversations.mail.boxes import MOST_MESSAGES
from app.conversations.mail.message import Attached, Message

log = logging.getLogger(__name__)
LIMITS = Limits(seconds=60, memory_bytes=1024**3)
GLANCE = Limits(seconds=15, memory_bytes=512 * 1024**2)
"""For a second look at the head alone, when all of it was too much."""
PATIENCE = 60
"""Seconds after which the letters of a mailbox that are read are filed, so that what takes its time loses nobody's."""


class CannotGoOn(Exception):
    """From here on nothing can be made of a file."""


@dataclass
class Arrived:
    """A message with its own bytes and its files in the store: all that filing it needs."""

    message: Message
    original: KeptFile
    files: list[tuple[Attached, KeptFile]] = field(default_factory=list)
    inside: list["Arrived"] = field(default_factory=list)
    """The messages among its files, which are among `files` as well: `filing` decides as what they are kept."""


    @property
    def bare(self) -> "Arrived":
        """What is left to file where all that was read of it cannot be: its bytes, and what it is called."""
        told = Message(subject=self.message.subject, date=self.message.date, trouble="unreadable")
        return Arrived(told, self.original)


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
        try:
            for told in _told(original.sha256, Path(scratch), 0, MOST_MESSAGES):
                if "left" in told:
                    delivery.left = told["left"]
                else:
                    delivery.arrived.append(_arrived(told, original))
        except CannotGoOn:
            if not delivery.arrived:
                delivery.arrived.append(Arrived(Message(trouble="unreadable"), original))
    return delivery


class Slice(NamedTuple):
    """Letters of a mailbox, each with the bytes at which it begins and ends; whether they are the last ones."""

    letters: list[tuple[int, Arrived, int]]
    is_last: bool


def read_some(box: KeptFile, start: int, most: int) -> Slice:
    """As many letters of a stored mailbox, from this byte on, or what can be read of them within PATIENCE; a file that
    is no mailbox is one letter. Raises CannotGoOn if there is no reading even the first, StoreError as `read` does.
    """
    letters, at, left, begun = [], start, 0, monotonic()
    with tempfile.TemporaryDirectory(prefix="quarterdeck-mail-") as scratch:
        try:
            with closing(_told(box.sha256, Path(scratch), start, most)) as every:
                for told in every:
                    if "left" in told:
                        left = told["left"]
                    else:
                        letters.append((at, _arrived(told, box), told.get("end", box.bytes)))
                        at = letters[-1][2]
                        if monotonic() - begun > PATIENCE:
                            left = 1
                            break
        except CannotGoOn:
            if not letters:
                raise
            left = 1
    return Slice(letters, not left)


def _told(sha256: str, scratch: Path, at: int, most: int) -> Iterator[dict]:
    """What the reading process tells. Where it dies of a message, another look at the head of that one alone is taken,
    and then it goes on with those after it. Raises CannotGoOn where even that says nothing.
    """
    with store().local_path(sha256) as path:
        while True:
            count = 0
            try:
                for told in _ask(path, scratch, LIMITS, at, most):
                    if "end" in told:
                        count, at, most = count + 1, told["end"], most - 1
                    yield told
                return
            except Unreadable:
                log.info("a file of mail could not be read to its end", exc_info=True)
            if not count:
                told = _glance(path, scratch, at)
                yield told
                if "end" not in told:
                    return
                at, most = told["end"], most - 1


def _glance(path: Path, scratch: Path, at: int) -> dict:
    """The head of the message at this byte."""
    try:
        return next(_ask(path, scratch, GLANCE, at, 1, shallow=True))
    except (Unreadable, StopIteration):
        raise CannotGoOn from None


def _ask(path: Path, scratch: Path, limits: Limits, start: int, most: int, *, shallow: bool = False) -> Iterator[dict]:
    request = {"module": "app.conversations.mail.reader", "path": str(path.resolve()), "scratch": str(scratch),
               "shallow": shallow, "start": start, "most": most, "seconds": limits.seconds,
               "memory_bytes": limits.memory_bytes}
    command = [sys.executable, "-I", str(START)]
    with closing(messages(command, request, limits, clean_environment(scratch))) as told:
        yield from told


def _arrived(told: dict, original: KeptFile | None) -> Arrived:
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
