"""Reading what came from elsewhere in a process with limits of its own: whatever it does there, nothing is harmed."""

import logging
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from app.assets.rendering.process import clean_environment, messages
from app.assets.rendering.render import START
from app.assets.rendering.results import Limits, Unreadable
from app.voices.found import Reading

log = logging.getLogger(__name__)
LIMITS = Limits(seconds=20, memory_bytes=768 * 1024**2)


def read(data: bytes, url: str, media_type: str = "") -> Reading:
    """What the page that came from `url` is. Needs no transaction; never raises for what is in it."""
    with tempfile.TemporaryDirectory(prefix="quarterdeck-feed-") as scratch:
        path = Path(scratch) / "page"
        path.write_bytes(data)
        request = {"module": "app.voices.reader", "path": str(path), "url": url, "media_type": media_type,
                   "seconds": LIMITS.seconds, "memory_bytes": LIMITS.memory_bytes}
        command = [sys.executable, "-I", str(START)]
        try:
            with closing(messages(command, request, LIMITS, clean_environment(Path(scratch)))) as told:
                return next(Reading.from_json(each) for each in told)
        except (Unreadable, StopIteration, KeyError, TypeError):
            log.info("a feed could not be read", exc_info=True)
            return Reading(trouble="unreadable")
