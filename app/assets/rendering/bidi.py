"""Arabic and Hebrew inside a left-to-right line, written down in the order and the shapes in which they are seen.

The engine draws such words letter by letter from the left, unjoined. Text whose letters already stand in visual order,
as the presentation forms of Unicode's compatibility blocks, comes out right. A reduced form of the Unicode
Bidirectional Algorithm (UAX #9): two levels and numbers, no explicit controls; joining as in Unicode 16, chapter 9.2.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

_CLASSES = {
    "L": "L",
    "R": "R",
    "AL": "R",
    "EN": "N",
    "AN": "N",
    "NSM": "M",
    "BN": "M",
    "ET": "T",
    "CS": "C",
    "B": "B",
    "S": "B",
}
_STRETCH = re.compile(r"R(?:[^LB]*[RN])?[MT]*")
_CLUSTER = re.compile(r"L(?:[^RB]*[LN])?T?M*|T?N(?:C?N)*T?|[^M]M*|M+")
_KEPT = re.compile("[LN]")
_LIGATURES = ("\u0622", "\u0623", "\u0625", "\u0627")
_LAM, _TATWEEL, _JOINER, _PARTER = "\u0644", "\u0640", "\u200d", "\u200c"

MARK = "\u200e"
"""Invisible; stands before each stretch put in order, to tell it from one that is still to be."""

Placed = list[tuple[str, int]]  # shapes in the order they are seen, each with the place of its character


def needs_order(text: str) -> bool:
    """Whether a text has letters that run from the right."""
    return any(unicodedata.bidirectional(character) in ("R", "AL") for character in text)


def begins_from_right(text: str) -> bool:
    """Whether a text's first letter runs from the right, and so the text as a whole."""
    strong = (unicodedata.bidirectional(character) for character in text)
    return next((kind for kind in strong if kind in ("L", "R", "AL")), "L") != "L"


def visual(text: str) -> Placed:
    """The characters of a left-to-right line as they are seen from the left, Arabic ones joined."""
    classes = _classes(text)
    placed: Placed = []
    at = 0
    for match in _STRETCH.finditer(classes):
        end = _with_bracket(text, match.start(), match.end())
        placed += [(text[index], index) for index in range(at, match.start())]
        stretch = _from_the_right(text, classes, match.start(), end)
        placed += [(MARK + stretch[0][0], stretch[0][1]), *stretch[1:]]
        at = end
    return placed + [(text[index], index) for index in range(at, len(text))]


def mirrored(text: str) -> str:
    """A line that will be drawn mirrored as a whole: numbers and words from the left written from their end."""
    pieces = _CLUSTER.finditer(_classes(text))
    parts = ((text[slice(*each.span())], _KEPT.search(each[0])) for each in pieces)
    return "".join(_backwards(part) if kept else part for part, kept in parts)


def _backwards(text: str) -> str:
    return "".join(map(_facing, reversed(text)))


def _classes(text: str) -> str:
    return "".join(_CLASSES.get(unicodedata.bidirectional(character), "O") for character in text)


def _with_bracket(text: str, start: int, end: int) -> int:
    """The end of a stretch, behind the bracket that closes one opened in it."""
    opened = sum(unicodedata.category(each) == "Ps" for each in text[start:end])
    closed = sum(unicodedata.category(each) == "Pe" for each in text[start:end])
    return end + (opened > closed and end < len(text) and unicodedata.category(text[end]) == "Pe")


def _from_the_right(text: str, classes: str, start: int, end: int) -> Placed:
    """Clusters last to first: a number, words from the left, or a letter with its marks, stay as they are within."""
    placed: Placed = []
    for match in reversed(list(_CLUSTER.finditer(classes, start, end))):
        cluster = [(shape, at) for at in range(*match.span()) if (shape := _shape(text, at))]
        placed += cluster if _KEPT.search(match[0]) else [(_facing(shape), at) for shape, at in cluster]
    return placed


def _facing(character: str) -> str:
    """Brackets open towards the end of the line they stand in."""
    pairs = "()[]{}<>«»‹›"
    at = pairs.find(character)
    return character if at < 0 else pairs[at ^ 1]


def _shape(text: str, at: int) -> str:
    """The letter joined to its neighbours; empty for an alef that its lam has taken in."""
    letter = text[at]
    forms = _forms().get(letter)
    if not forms:
        return letter
    before, after = _neighbour(text, at, -1), _neighbour(text, at, 1)
    if letter in _LIGATURES and before == _LAM:
        return ""
    key = letter + after if letter == _LAM and after in _LIGATURES else letter
    forms = _forms().get(key, forms)
    joined = (_joins(before, "initial") and "final" in forms, _joins(after, "final") and "initial" in forms)
    kind = {(True, True): "medial", (True, False): "final", (False, True): "initial"}.get(joined, "isolated")
    return forms.get(kind) or letter + _PARTER


def _joins(letter: str, form: str) -> bool:
    return letter in (_TATWEEL, _JOINER) or form in _forms().get(letter, {})


def _neighbour(text: str, at: int, step: int) -> str:
    """The next letter in a direction, accents passed over."""
    at += step
    while 0 <= at < len(text) and unicodedata.category(text[at]) == "Mn":
        at += step
    return text[at] if 0 <= at < len(text) else ""


@cache
def _forms() -> dict[str, dict[str, str]]:
    """Presentation forms of each letter (and of lam with alef) by position, from Unicode's own decompositions.

    Without the isolated ones of the first block, which fonts lack: there the letter itself stands, kept from joining.
    """
    forms: dict[str, dict[str, str]] = {}
    for letters, kind, form in _decomposed():
        if len(letters) == 1 or (letters[0] == _LAM and letters[1:] in _LIGATURES):
            forms.setdefault(letters, {}).setdefault(kind, form)
    return forms


def _decomposed() -> Iterator[tuple[str, str, str]]:
    for code in (*range(0xFB50, 0xFDFE), *range(0xFE70, 0xFEFD)):
        kind, _, letters = unicodedata.decomposition(chr(code)).partition("> ")
        if letters and not (kind == "<isolated" and code < 0xFE00):
            yield "".join(chr(int(each, 16)) for each in letters.split()), kind[1:], chr(code)
