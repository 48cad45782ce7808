"""The fingerprints of a file, read in a process with limits of its own; kept for a while by the file's hash."""

import json
import logging
import sys
import tempfile
from collections import OrderedDict
from contextlib import ExitStack, closing
from pathlib import Path

from app.assets.actions import store
from app.assets.rendering.process import clean_environment, messages
from app.assets.rendering.render import START
from app.assets.rendering.results import Limits, Unreadable
from app.assets.rendering.table import renderer_for
from app.assets.sniff import ACTIVE, ENCRYPTED_OFFICE
from app.assets.sniff import EMPTY as NOTHING
from app.assets.store import NotStored
from app.radar.prints import EMPTY, Prints, prints, says_little

log = logging.getLogger(__name__)
LIMITS = Limits(seconds=60, memory_bytes=1024**3)
QUICK = Limits(seconds=8, memory_bytes=1024**3)
"""What one may be kept waiting for before a file is shared."""
KEPT = 64
_kept: OrderedDict[str, Prints] = OrderedDict()


def read(sha256: str, media_type: str, *, texts: dict[int, str] | None = None, drawn: dict[int, str] | None = None,
         limits: Limits = LIMITS) -> Prints:
    """The fingerprints of a stored file. `texts` is what its pages say, if that is known, and `drawn` names the
    pictures made of them (SHA-256). Needs no transaction; a file that cannot be read has `EMPTY` ones.
    """
    kind = renderer_for(media_type)
    if media_type in (NOTHING, ENCRYPTED_OFFICE, *ACTIVE) or kind is None:
        return EMPTY
    if kind not in ("deck", "image") and texts and not any(says_little(texts[page]) for page in drawn or ()):
        return prints(texts, {})
    with tempfile.TemporaryDirectory(prefix="quarterdeck-radar-") as scratch, ExitStack() as files:
        try:
            path = files.enter_context(store().local_path(sha256))
            pictures = {page: str(Path(files.enter_context(store().local_path(name))).resolve())
                        for page, name in (drawn or {}).items()}
        except NotStored:
            return EMPTY
        request = ask_for(path, media_type, texts or {}, pictures, scratch, limits)
        return _ask(request, Path(scratch), limits)


def ask_for(path: Path, media_type: str, texts: dict, drawn: dict, scratch: str, limits: Limits = LIMITS) -> dict:
    """What the reading process is asked."""
    return {"module": "app.radar.reader", "path": str(Path(path).resolve()), "type": media_type, "texts": texts,
            "drawn": drawn, "scratch": scratch, "seconds": limits.seconds, "memory_bytes": limits.memory_bytes,
            "pages": limits.pages, "characters": limits.characters}


def read_arrived(sha256: str, media_type: str) -> Prints:
    """The same, quickly, of a file that has just arrived; asked again, it is not read again."""
    found = _kept.get(sha256)
    if found is None:
        found = _kept[sha256] = read(sha256, media_type, limits=QUICK)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return found


def _ask(request: dict, scratch: Path, limits: Limits) -> Prints:
    command = [sys.executable, "-I", str(START)]
    try:
        with closing(messages(command, request, limits, clean_environment(scratch))) as received:
            for told in received:
                return Prints.from_json(told["prints"])
    except (Unreadable, KeyError, ValueError, json.JSONDecodeError):
        log.info("no fingerprints of a file", exc_info=True)
    return EMPTY
