"""Figures on tiles: a large number with its label above or below, in one text box or in two."""

from app.reviews.proposals.findings import Context, Finding, finding, planned, quoted
from app.reviews.proposals.labels import holds_word, read_label
from app.reviews.proposals.lines import is_enumeration, is_label_only
from app.reviews.proposals.numbers import read_number
from app.reviews.proposals.slides import Box, Place

_CLEARLY_NEARER = 1.5
_MOST_TILES = 60


def tile_findings(boxes: tuple[Box, ...], context: Context) -> list[Finding]:
    """The figures of a slide's tiles."""
    found = [each for box in boxes for each in _inside(box, context)]
    return found + _between(boxes, context)


def _inside(box: Box, context: Context) -> list[Finding]:
    """Numbers and labels that alternate in one box, beginning with either; at most one line more, behind them."""
    if is_enumeration(box):
        return []
    if holds_word(box.lines[-1].text, context.parts):  # "214 / Leads / from webinars"
        return []
    kinds = "".join(_kind(line.text) for line in box.lines)
    pairs = kinds.rstrip("?") if len(kinds) - len(kinds.rstrip("?")) <= 1 or len(kinds.rstrip("?")) == 2 else ""
    if not pairs or len(pairs) % 2 or pairs not in ("NL" * (len(pairs) // 2), "LN" * (len(pairs) // 2)):
        return []
    found = []
    for at in range(0, len(pairs), 2):
        one, other = box.lines[at].text, box.lines[at + 1].text
        number, label = (one, other) if pairs[at] == "N" else (other, one)
        found += _tile(label, number, context, quoted(one, other))
    return found


def _kind(text: str) -> str:
    if len(text) < 40 and read_number(text):
        return "N"
    return "L" if is_label_only(text) else "?"


def _between(boxes: tuple[Box, ...], context: Context) -> list[Finding]:
    """Number boxes and label boxes that are each other's nearest, by a clear margin, one above the other."""
    single = [box for box in boxes if len(box.lines) == 1 and box.place][: 2 * _MOST_TILES]
    numbers = [box for box in single if _kind(box.lines[0].text) == "N"][:_MOST_TILES]
    # Labels of anything count as neighbours, so that a figure is not given to the next but one.
    labels = [box for box in single if _kind(box.lines[0].text) != "N"][:_MOST_TILES]
    nearest = {id(label): _nearest(label, numbers) for label in labels}
    found = []
    for number in numbers:
        label = _nearest(number, labels)
        if label is not None and nearest[id(label)] is number and is_label_only(label.lines[0].text):
            found += _tile(label.lines[0].text, number.lines[0].text, context,
                           quoted(label.lines[0].text, number.lines[0].text))
    return found


def _nearest(box: Box, others: list[Box]) -> Box | None:
    """The nearest box above or below; None if there is none or two are about as near."""
    apart = sorted(((gap, at) for at, other in enumerate(others)
                    if (gap := _gap(box.place, other.place)) is not None))
    if not apart or (len(apart) > 1 and apart[1][0] < apart[0][0] * _CLEARLY_NEARER):
        return None
    return others[apart[0][1]]


def _gap(one: Place, other: Place) -> float | None:
    """How far apart the middles of two boxes are vertically; None unless they are in one column, close together."""
    overlap = min(one.right, other.right) - max(one.left, other.left)
    narrow = min(one.right - one.left, other.right - other.left)
    if one.area != other.area or narrow <= 0 or overlap < narrow / 2:
        return None
    gap = max(one.top, other.top) - min(one.bottom, other.bottom)
    high = max(one.bottom - one.top, other.bottom - other.top)
    if gap > high:
        return None
    return abs((one.top + one.bottom) - (other.top + other.bottom)) / 2 + 1


def _tile(label_text: str, number_text: str, context: Context, quote: str) -> list[Finding]:
    label, number = read_label(label_text), read_number(number_text)
    aspect = label.aspect or ("plan" if context.is_plan else "")
    name = planned(label.field) if aspect == "plan" else label.field
    if not name or aspect == "other" or number is None or not _is_of(label.period, context):
        return []
    found = finding(name, number, (label,), context, quote, in_text=True)
    return [found] if found else []


def _is_of(period: str, context: Context) -> bool:
    return not period or context.quarter.startswith(period)
