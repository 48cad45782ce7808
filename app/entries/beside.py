"""What stands beside a thread: features add their part, the spine knows none of them."""

from collections.abc import Callable
from typing import NamedTuple

from app.entries.models import Entry


class Part(NamedTuple):
    """A template and the things it shows."""

    template: str
    items: list


PARTS: list[tuple[str, Callable[[Entry], list]]] = []


def beside_thread(template: str):
    """Register what finds the things about a root entry that `template` shows as `items`, one statement each."""
    def register(find: Callable[[Entry], list]) -> Callable[[Entry], list]:
        PARTS.append((template, find))
        return find
    return register


def beside(root: Entry) -> list[Part]:
    """The parts that have something to show, ready for `components/_beside.html`."""
    found = (Part(template, find(root)) for template, find in PARTS)
    return [part for part in found if part.items]
