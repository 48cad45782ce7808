"""Which documents come first: those that hold all words; then, when they do not fill the page, some of the words."""

from dataclasses import dataclass, field
from types import ModuleType

from sqlalchemy import ColumnElement

from app.extensions import db
from app.search.language import All, Any, Node, Phrase, Request, leaves
from app.search.query import COMMON_SHARE, HITS, Candidate, Frequency, Match, at_most

CANDIDATES = 200
"""Documents that are ranked, and the end of paging: who has read 200 hits asks anew."""
SOME_WORDS_DOCUMENTS = 10_000
"""Of some of the words, the rarest that together are in no more documents than that."""


@dataclass
class Ranking:
    """Documents, best first, and what was matched to get all of them; `is_bounded` when those were not all counted."""

    candidates: list[Candidate] = field(default_factory=list)
    match: Match | None = None
    is_bounded: bool = False


def rank(engine: ModuleType, request: Request, conditions: list[ColumnElement[bool]], limit: int) -> Ranking:
    """The best documents among the entries that pass the conditions, in two to four statements."""
    unwanted = tuple(request.unwanted)
    tokens = sorted({token for leaf in leaves(request.wanted) for token in leaf.tokens})
    held = engine.frequencies(db.session, tokens)
    match = Match(_telling(request.wanted, held), unwanted)
    found = engine.ranked(db.session, match, conditions, CANDIDATES, held)
    some = _some_words(request.wanted, held)
    if some and len({one.entry_id for one in found}) < limit:
        match = Match(some, unwanted)
        first = {one.id for one in found}
        others = engine.ranked(db.session, match, conditions, CANDIDATES, held)
        found = (found + [one for one in others if one.id not in first])[:CANDIDATES]
    return Ranking(found, match, at_most(match.wanted, held) > HITS)


def _is_common(node: Node, held: dict[str, Frequency]) -> bool:
    """A word that a third of all documents hold."""
    return (
        isinstance(node, Phrase)
        and not (node.exact or node.prefix)
        and all(token in held and held[token].share > COMMON_SHARE for token in node.tokens)
    )


def _telling(wanted: Node, held: dict[str, Frequency]) -> Node:
    """The tree without the words that tell nothing, unless there are no others."""
    if not isinstance(wanted, All):
        return wanted
    telling = tuple(node for node in wanted.nodes if not _is_common(node, held))
    if not telling:
        return wanted
    return telling[0] if len(telling) == 1 else All(telling)


def _some_words(wanted: Node, held: dict[str, Frequency]) -> Node | None:
    """Any of the rarer words, beside all that was demanded by quotes or OR. None when that asks for no less."""
    nodes = wanted.nodes if isinstance(wanted, All) else (wanted,)
    demanded = tuple(node for node in nodes if not isinstance(node, All) and node.exact)
    optional = [part for node in nodes if node not in demanded for part in _parts(node) if not _is_common(part, held)]
    if len(optional) < 2:
        return None
    rarest = sorted(optional, key=lambda node: at_most(node, held))
    chosen, documents = [], 0
    for node in rarest:
        documents += at_most(node, held)
        if chosen and documents > SOME_WORDS_DOCUMENTS:
            break
        chosen.append(node)
    some = Any(tuple(chosen)) if len(chosen) > 1 else chosen[0]
    return All((*demanded, some)) if demanded else some


def _parts(node: Node) -> list[Node]:
    """What is one word to its writer, high-speed or 价格策略, holds several that may also do alone."""
    if isinstance(node, Any) and not node.exact and any(len(leaf.tokens) > 1 for leaf in leaves(node)):
        return [part for child in node.nodes for part in _parts(child)]
    if isinstance(node, Phrase) and not node.exact:
        return [Phrase((token,), token) for token in dict.fromkeys(node.tokens[:-1])] + [
            Phrase(node.tokens[-1:], node.typed, node.prefix)
        ]
    return [node]
