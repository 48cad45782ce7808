"""Inside the reading process: what a page says, as one line of JSON. Started by `reading.read`."""

import json
import os
from pathlib import Path

from app.voices import parsing
from app.voices.found import Reading


def run(request: dict) -> None:
    """Answer one request. Whatever a library prints goes to standard error, so that it cannot pose as an answer."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    try:
        found = parsing.read(Path(request["path"]).read_bytes(), request["url"], request["media_type"])
    except Exception:  # a hostile feed may make its parser raise anything, lack of memory included
        found = Reading(trouble="unreadable")
    answers.write(json.dumps(found.as_json()) + "\n")
    answers.flush()
