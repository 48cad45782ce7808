"""Inside the reading process: what a file of mail holds, a message a line, as JSON. Started by `reading.read`."""

import json
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from app.assets.ole import MAGIC
from app.conversations.mail import boxes, inside, mime
from app.conversations.mail.message import Attached, Message
from app.conversations.mail.parts import File

DEEPEST_CALLS = 3_000
"""The library calls itself for each level of messages in messages; some hundred are read, thousands are not."""


def run(request: dict) -> None:
    """Answer one request. Whatever a library prints goes to standard error, so that it cannot pose as an answer."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    sys.setrecursionlimit(DEEPEST_CALLS)

    def send(told: dict) -> None:
        answers.write(json.dumps(_storable(told)) + "\n")
        answers.flush()

    read_all(Path(request["path"]), Path(request["scratch"]), send, shallow=request["shallow"], start=request["start"],
             most=request["most"])


def _storable(value):
    """The same without signs that no database takes, wherever they hid."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {name: _storable(each) for name, each in value.items()}
    return [_storable(each) for each in value] if isinstance(value, list) else value


def read_all(path: Path, scratch: Path, send: Callable[[dict], None], *, shallow: bool = False, start: int = 0,
             most: int = boxes.MOST_MESSAGES) -> None:
    """Tell of each message: itself, and where its own bytes are if they are not the whole file.

    Of a mailbox as many as `most` from the byte `start` on, each with the byte at its `end`; then how many are `left`.
    """
    if not boxes.is_mailbox(path):
        send({"message": _letter(path, scratch, shallow=shallow).as_json(), "path": None})
        return
    left = 0
    for number, each in enumerate(boxes.cut(path, scratch, start)):
        if number < most:
            message = _letter(each.path, scratch, shallow=shallow)
            send({"message": message.as_json(), "path": str(each.path), "end": each.end})
        elif most == boxes.MOST_MESSAGES:
            left += 1
            each.path.unlink()
        else:
            left = 1
            break
    send({"left": left})


def _letter(path: Path, scratch: Path, *, shallow: bool) -> Message:
    if shallow:
        with path.open("rb") as file:
            data = file.read(mime.HEAD)
        return Message(trouble="unreadable") if data.startswith(MAGIC) else mime.shallow(data)
    data = path.read_bytes()
    try:
        message, files = inside.read(data)
        _keep(message, files, scratch)
    except MemoryError:
        return mime.shallow(data[: mime.HEAD])
    return message


def _keep(message: Message, files: Sequence[File], scratch: Path) -> None:
    """Write the bytes of its files where who asked finds them, and those of the messages among them."""
    for each in files:
        if each.message:
            _keep(each.message, each.files, scratch)
        handle, path = tempfile.mkstemp(prefix="file-", dir=scratch)
        with os.fdopen(handle, "wb") as out:
            out.write(each.data)
        message.files.append(Attached(each.filename, each.media_type, len(each.data), path, message=each.message))
