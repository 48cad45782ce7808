"""The next steps of a review as they are kept, and whether two of them say the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Step:
    """A next step as it is kept: what is to be done, who owes it, until when."""

    text: str
    owner_id: int | None = None
    due_on: date | None = None


def alike(left: str, right: str) -> bool:
    """Whether one text may be the other, reworded: they share half of the pairs of signs they are made of."""
    first, second = _pairs(left), _pairs(right)
    return 2 * len(first & second) >= max(len(first), len(second))


def _pairs(text: str) -> Iterable[str]:
    text = text.lower()
    return {text[at:at + 2] for at in range(max(1, len(text) - 1))}
