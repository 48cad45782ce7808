"""What people type, read by Whoosh's query parser into what to find and what to filter by.

    pricing webinar "exact words" -draft (event OR fair) pric* kind:learning in:emea account:acme by:@lena tag:q3
    after:2026-01 before:2026-06

Nothing typed is an error: what is no syntax is words.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from whoosh import query
from whoosh.qparser import QueryParser, plugins

from app.search.analysis import compounds, fold, is_cjk, query_tokens

FIELDS = ("kind", "in", "account", "by", "tag", "after", "before")
TEXT_LENGTH = 1000
"""What is typed beyond that is not read. Characters."""
MAX_WORDS = 32
MAX_PARENTHESES = 12
_LOOK_ALIKES = str.maketrans(dict.fromkeys("“”„«»＂「」『』", '"') | {"：": ":", "（": "(", "）": ")", "＊": "*"})
_DIGRAPHS = {"ae": "a", "oe": "o", "ue": "u"}
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue"}


@dataclass(frozen=True)
class Phrase:
    """Tokens that follow each other; mostly a single one. A prefix stands for whatever begins with the last token.

    `exact` was demanded by quotation marks; `typed` is the word or phrase as it was written.
    """

    tokens: tuple[str, ...]
    typed: str
    prefix: bool = False
    exact: bool = False


@dataclass(frozen=True)
class All:
    nodes: tuple["Node", ...]


@dataclass(frozen=True)
class Any:
    """Any of them: spellings of one word, or what somebody joined by OR (`exact`)."""

    nodes: tuple["Node", ...]
    exact: bool = False


Node = Phrase | All | Any


@dataclass(frozen=True)
class Filter:
    """One `field:value`; `negated` by a minus before it."""

    field: str
    value: str
    negated: bool = False


@dataclass
class Request:
    """What to find: documents that hold `wanted`, none of `unwanted`, and pass all `filters`."""

    wanted: Node | None = None
    unwanted: list[Node] = field(default_factory=list)
    filters: list[Filter] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Nothing was asked for, so nothing is to be found; a bare exclusion asks for nothing."""
        return self.wanted is None and not any(not condition.negated for condition in self.filters)


def _parser() -> QueryParser:
    start = r"(?:^|(?<=[\s(\-]))"
    operators = plugins.OperatorsPlugin(
        Not=rf"{start}(?:NOT(?=\s)|-(?=[^\s-]))", AndNot=None, AndMaybe=None, Require=None
    )
    fields = plugins.FieldsPlugin(rf"{start}(?P<text>{'|'.join(FIELDS)}):(?=[^\s:])", remove_unknown=False)
    parts = [fields, plugins.PrefixPlugin(), plugins.PhrasePlugin(), plugins.GroupPlugin(), operators]
    return QueryParser(None, None, plugins=parts)


_whoosh = _parser()
_words_only = QueryParser(None, None, plugins=[])


def clean(text: str) -> str:
    """The text without what no database stores: zero bytes and halves of surrogate pairs."""
    return text.replace("\x00", " ").encode("utf-8", "ignore").decode()


def read(text: str) -> Request:
    """The request a person typed. Never raises."""
    text = clean(text[:TEXT_LENGTH]).translate(_LOOK_ALIKES)
    if text.count("(") > MAX_PARENTHESES:
        text = text.replace("(", " ").replace(")", " ")
    try:
        tree = _whoosh.parse(text, normalize=False)
    except Exception:  # Whoosh stumbles in many ways over syntax without operands, such as "(NOT )".
        tree = _words_only.parse(text, normalize=False)
    return _Reader().read(tree)


def moment(value: str) -> datetime | None:
    """The start of a year, quarter, month or day (2026, 2026-Q3, 2026-07, 2026-07-14) in UTC; None for other text."""
    parts = value.upper().split("-")
    try:
        if len(parts) == 2 and parts[1].startswith("Q"):
            parts[1] = str(int(parts[1][1:]) * 3 - 2)
        year, month, day = (int(part) for part in [*parts, "1", "1"][:3]) if len(parts) <= 3 else (0, 0, 0)
        return datetime.combine(date(year, month, day), time(), UTC)
    except ValueError:
        return None


class _Reader:
    """Walks one Whoosh tree."""

    def __init__(self) -> None:
        self.request = Request()
        self.words = 0

    def read(self, tree) -> Request:
        self.request.wanted = self.node(tree)
        return self.request

    def node(self, tree, negated: bool = False) -> Node | None:
        """The wanted part of a subtree; filters and exclusions in it go to the request."""
        if isinstance(tree, query.Not):
            unwanted = self.node(tree.query, True)
            if unwanted and not negated:
                self.request.unwanted.append(unwanted)
            return None
        if isinstance(tree, query.Term | query.Prefix | query.Phrase):
            return self.leaf(tree, negated)
        if isinstance(tree, query.And | query.Or):
            nodes = tuple(node for child in tree if (node := self.node(child, negated)))
            if len(nodes) < 2:
                return nodes[0] if nodes else None
            return Any(nodes, exact=True) if isinstance(tree, query.Or) else All(nodes)
        return None

    def leaf(self, tree, negated: bool) -> Node | None:
        is_phrase, is_prefix = isinstance(tree, query.Phrase), isinstance(tree, query.Prefix)
        typed = " ".join(tree.words) if is_phrase else tree.text
        if tree.fieldname:
            value = typed.strip().strip("@#$\"'")
            if value and (tree.fieldname not in ("after", "before") or moment(value)):
                self.request.filters.append(Filter(tree.fieldname, value, negated))
                return None
        return self.phrase(typed, prefix=is_prefix, exact=is_phrase)

    def phrase(self, typed: str, *, prefix: bool, exact: bool) -> Node | None:
        found = query_tokens(typed.lower() if prefix else typed)
        room = MAX_WORDS - self.words
        if not found or room <= 0:
            return None
        self.words += len(found)
        one_character = len(found) == 1 and len(found[0]) == 1 and is_cjk(found[0])
        phrase = Phrase(tuple(found[:room]), typed, prefix or one_character, exact)
        if exact or one_character:
            return phrase
        if len(found) > 1:
            # Of e-mail some write email, and of one who writes so the index knows it too.
            joined = next(compounds(typed), None)
            return Any((phrase, Phrase((joined[0],), typed, prefix))) if joined else phrase
        if prefix:
            # The index holds stems: what is typed may begin one, or be a whole word whose stem is shorter.
            begun = Phrase((fold(typed) or found[0],), typed, prefix=True)
            return Any((begun, Phrase(phrase.tokens, typed)))
        others = {tuple(query_tokens(spelling)) for spelling in _spellings(typed)} - {phrase.tokens, ()}
        return Any((phrase, *(Phrase(other, typed) for other in sorted(others)))) if others else phrase


def _spellings(word: str) -> tuple[str, ...]:
    """The other way to write a German umlaut: Müller for Mueller, Mueller for Müller."""
    lower = word.lower()
    plain = expanded = lower
    for digraph, vowel in _DIGRAPHS.items():
        plain = plain.replace(digraph, vowel)
    for umlaut, digraph in _UMLAUTS.items():
        expanded = expanded.replace(umlaut, digraph)
    return tuple({plain, expanded} - {lower})


def leaves(node: Node | None) -> list[Phrase]:
    """All phrases of a tree, from left to right."""
    if node is None:
        return []
    return [node] if isinstance(node, Phrase) else [leaf for child in node.nodes for leaf in leaves(child)]
