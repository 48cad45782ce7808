"""Inside the reading process: what a file of mail holds, a message a line, as JSON. Started by `reading.read`."""

import json
import os
from collections.abc import Callable
from pathlib import Path

from app.conversations.mail import boxes, mime, outlook
from app.conversations.mail.bodies import Body, write_up
from app.conversations.mail.message import Attached, Message


def run(request: dict) -> None:
    """Answer one request. Whatever a library prints goes to standard error, so that it cannot pose as an answer."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def send(told: dict) -> None:
        answers.write(json.dumps(told) + "\n")
        answers.flush()

    read_all(Path(request["path"]), Path(request["scratch"]), send, shallow=request["shallow"])


def read_all(path: Path, scratch: Path, send: Callable[[dict], None], *, shallow: bool = False) -> None:
    """Tell of each message: itself, and where its own bytes are if they are not the whole file."""
    if boxes.is_container(path):
        send({"message": (_unread(path) if shallow else _outlook(path, scratch)).as_json(), "path": None})
    elif not boxes.is_mailbox(path):
        send({"message": _mime(path, scratch, 0, shallow=shallow).as_json(), "path": None})
    else:
        left = 0
        for number, each in enumerate(boxes.cut(path, scratch)):
            if number < boxes.MOST_MESSAGES:
                send({"message": _mime(each, scratch, number, shallow=shallow).as_json(), "path": str(each)})
            else:
                left += 1
                each.unlink()
        send({"left": left})


def _mime(path: Path, scratch: Path, number: int, *, shallow: bool) -> Message:
    if shallow:
        with path.open("rb") as file:
            return mime.shallow(file.read(mime.HEAD))
    data = path.read_bytes()
    try:
        message, files = mime.read(data)
    except MemoryError:
        return mime.shallow(data[: mime.HEAD])
    for place, each in enumerate(files):
        _keep(message, each.filename, each.media_type, each.data, scratch / f"file-{number}-{place}")
    return message


def _outlook(path: Path, scratch: Path) -> Message:
    try:
        found = outlook.read(path)
    except Exception:  # a damaged container may raise anything
        return _unread(path)
    message = found.message
    bodies = [Body("plain", found.text, 1), Body("html", found.html, 1)]
    shown = write_up(message, [each for each in bodies if each.text])
    cids = {cid for each in shown for cid in each.cids}
    for place, each in enumerate(found.files):
        if each.data is None:
            message.drop("parts")
        elif each.cid and each.cid.strip("<>").lower() in cids:
            message.drop("pictures")
        elif each.data:
            _keep(message, each.filename, each.media_type, each.data, scratch / f"file-0-{place}")
    return message


def _unread(path: Path) -> Message:
    return Message(subject=path.stem[:300] if path.suffix == ".msg" else "", trouble="unreadable")


def _keep(message: Message, filename: str, media_type: str, data: bytes, path: Path) -> None:
    path.write_bytes(data)
    message.files.append(Attached(filename, media_type, len(data), str(path)))
