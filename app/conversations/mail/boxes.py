"""Files of mail: one message, or a mailbox (mbox) with many, each of which is cut out as it stands."""

import re
from collections.abc import Iterator
from pathlib import Path

MOST_MESSAGES = 1_000
_BEGINNING = re.compile(rb"^From \S+\s.*\d{4}|^From - ")


def is_mailbox(path: Path) -> bool:
    """Whether the file is a mailbox: it begins with the line that stands before each of its messages."""
    with path.open("rb") as file:
        return _BEGINNING.match(file.readline(2_000)) is not None


def cut(path: Path, folder: Path) -> Iterator[Path]:
    """Each message of a mailbox as a file of its own in `folder`, without the line before it; never all in memory."""
    out, number, empty = None, 0, True
    with path.open("rb") as file:
        while line := file.readline(1_000_000):
            if empty and _BEGINNING.match(line):
                if out is not None:
                    out.close()
                    yield Path(out.name)
                out = (folder / f"message-{number}.eml").open("wb")
                number += 1
            elif out is not None:
                out.write(line)
            empty = not line.strip()
    if out is not None:
        out.close()
        yield Path(out.name)
