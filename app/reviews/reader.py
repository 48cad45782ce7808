"""Inside the reading process: what a deck proposes, as one line of JSON. Started by `deck_reading.read`."""

import json
import os
from pathlib import Path

from app.reviews.proposals import Known, from_deck, from_pages


def run(request: dict) -> None:
    """Answer one request. Whatever a library prints goes to standard error, so that it cannot pose as an answer."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    known = Known(**{name: tuple(values) for name, values in request["known"].items()})
    found = from_pages(request["texts"], known) if request["texts"] else from_deck(Path(request["path"]), known)
    answers.write(json.dumps({"proposals": [each.as_json() for each in found]}) + "\n")
    answers.flush()
