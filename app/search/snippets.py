"""The few lines of a text around what was found, by Whoosh's highlighter."""

from collections.abc import Iterable, Iterator

from markupsafe import Markup, escape
from whoosh.analysis import Token
from whoosh.highlight import SCORE, BasicFragmentScorer, ContextFragmenter, Formatter, top_fragments

from app.search.analysis import analyzer, compounds
from app.search.language import Phrase

CHARACTERS = 220
WINDOW = 2500
"""So much of a long text is looked through, around the first likely place. Characters."""

_fragmenter = ContextFragmenter(maxchars=CHARACTERS, surround=60, charlimit=None)


class _Marks(Formatter):
    """Escapes the text and marks what matched."""

    between = " … "

    def _text(self, text: str) -> str:
        return str(escape(text))

    def format_token(self, text: str, token: Token, replace: bool = False) -> str:
        return f"<mark>{escape(text[token.startchar : token.endchar])}</mark>"


_marks = _Marks()


def snippet(text: str, phrases: Iterable[Phrase]) -> Markup:
    """Up to two places of a plain text that hold the phrases' tokens, those marked; else how the text begins."""
    phrases = list(phrases)
    exact = {token for phrase in phrases for token in phrase.tokens}
    prefixes = tuple(phrase.tokens[-1] for phrase in phrases if phrase.prefix)
    start = _likely_start(text, exact)
    window = text[start : start + WINDOW]
    fragments = _fragmenter.fragment_tokens(window, _matched(window, exact, prefixes))
    best = top_fragments(fragments, 2, BasicFragmentScorer(), SCORE)
    if not best:
        beginning = " ".join(text[: CHARACTERS + 1].split())
        return escape(beginning[: CHARACTERS - 1] + "…" if len(beginning) >= CHARACTERS else beginning)
    best.sort(key=lambda fragment: fragment.startchar)
    before = "… " if start or best[0].startchar else ""
    after = " …" if best[-1].endchar < len(window) or start + WINDOW < len(text) else ""
    return Markup(before + " ".join(_marks.format(best).split()) + after)  # noqa: S704 - escaped by _Marks


def _likely_start(text: str, tokens: Iterable[str]) -> int:
    """Where a window that shows a match may begin; 0 when the text is short or shows none as it is written."""
    if len(text) <= WINDOW:
        return 0
    lower = text.lower()
    # A stem may end otherwise than the word does: price, pricing.
    beginnings = [token[: max(3, len(token) - 1)] for token in sorted(tokens, key=len, reverse=True)]
    places = [place for beginning in beginnings if (place := lower.find(beginning)) >= 0]
    if not places or len(lower) != len(text) or places[0] < WINDOW // 2:
        return 0
    # Begin at a word.
    return text.find(" ", places[0] - 200, places[0]) + 1 or places[0]


def _matched(text: str, exact: set[str], prefixes: tuple[str, ...]) -> Iterator[Token]:
    """The tokens of a text, told whether they match; overlapping matches (pairs of CJK characters) made one."""
    held: Token | None = None
    spans = [(start, end) for joined, start, end in compounds(text) if joined in exact]
    for token in analyzer(text, chars=True):
        token.matched = (token.text in exact or (bool(prefixes) and token.text.startswith(prefixes))
                         or any(start <= token.startchar < end for start, end in spans))
        if held is not None and token.matched and token.startchar < held.endchar:
            held.endchar = token.endchar
            continue
        if held is not None:
            yield held
        # Whoosh hands out one token object again and again.
        held = token.copy() if token.matched else None
        if held is None:
            yield token
    if held is not None:
        yield held
