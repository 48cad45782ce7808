"""What the finder and the two engines say to each other."""

from dataclasses import dataclass, field
from typing import NamedTuple

from app.search.language import All, Node, Phrase

TITLE_WEIGHT = 3.0
"""A word of the title counts as three of the text (docs/decisions/search.md)."""
SCORED = 2000
"""Of more visible matches than that only the newest are scored."""
HITS = 10_000
"""Of more matches than that, before access is asked, PostgreSQL looks at the newest first."""
COUNTED = 5000
"""Documents of one token are counted up to here."""
COMMON_SHARE = 0.3
"""What a larger share of the documents holds tells nothing: "the", "der", "的"."""


class Tokens(NamedTuple):
    """A document as the index stores it."""

    id: int
    entry_id: int
    title: list[str]
    body: list[str]


class Candidate(NamedTuple):
    """A document that matches, with its score; higher is better."""

    id: int
    entry_id: int
    score: float


class Frequency(NamedTuple):
    """How many documents hold a token, at most `COUNTED`, and the share of all that hold it, roughly."""

    documents: int
    share: float


@dataclass(frozen=True)
class Match:
    """Documents that hold `wanted` and nothing of `unwanted`."""

    wanted: Node
    unwanted: tuple[Node, ...] = field(default=())


def at_most(node: Node, held: dict[str, Frequency]) -> int:
    """How many documents may match, going by its tokens. Zero when nothing is known of them."""
    if isinstance(node, Phrase):
        return min((held[token].documents for token in node.tokens if token in held), default=0)
    counts = [at_most(child, held) for child in node.nodes]
    return min(counts) if isinstance(node, All) else sum(counts)
