"""Figures out of sentences: only plain statements of a result, and never more than "likely"."""

import re
from collections.abc import Iterator
from dataclasses import replace

from app.reviews.proposals.findings import TOLD, Context, Finding, finding
from app.reviews.proposals.labels import holds_word, read_label, word_set
from app.reviews.proposals.numbers import Number, find_numbers
from app.reviews.proposals.periods import without_quarters
from app.reviews.proposals.proposal import AMOUNTS
from app.reviews.proposals.surroundings import DOUBTFUL_WORDS, RESULT_WORDS, WHOLE_CAMPAIGN

_SENTENCES = re.compile(r"(?<=[.!?])\s+|(?<=[。！？；])")
_BRIDGE = re.compile(
    r"^\s*(?:(?:became|qualified as|turned into|wurden zu|wurden|成为|转化为|条|个|家|名|份|封)\s*)?", re.I)
_AFTER = re.compile(
    r"^\s*(?:$|[.,;:!?)。，；、）]|(?:and|und|of which|davon|with|worth|at|for|from which|"
    r"mit|generiert|gewonnen|erzeugt|(?:were|was|wurden) (?:generated|won|created|generiert|gewonnen|erzeugt))\b"
    r"|和|及|其中)", re.I)
_BEFORE_AMOUNT = re.compile(
    r"(?:\s+(?:of|von|is|was|at|over|in|um|lag bei|liegt bei|betrug|beträgt|came to)|为|达到|达|是)?\s*$", re.I)
_BEHIND_AMOUNT = re.compile(r"^\s*(?:in|of|an|new|neue|neuer|的)?\s*(?:new\s+)?", re.I)
_RESULT = word_set(RESULT_WORDS)
_DOUBTFUL = word_set(DOUBTFUL_WORDS)
_WHOLE = word_set(WHOLE_CAMPAIGN)
_OF = re.compile(r"(?<!total )\b(?:of|von|top)\s+$|[/／]\s*$", re.I)
_LABELLED = re.compile(r"[^.!?。]{1,60}[:：=]\s*\S{0,4}\s*\d")
_MEASURE = re.compile(r"^(?:条|个|家|名|份|封|位)")
_OPENING = re.compile(
    r"(?:^|[,，、。;；]|\b(?:a|an|the|our|with|and|of|total|new|campaign|programme|we|at|ein|eine|einer|einem|die|das|der|dem|"
    r"unsere?|mit|und|wir|kampagne|gesamt)|共|获得|带来|产生|新增|总计|活动)\s*$", re.I)
_MOST_WORDS = 4


def prose_findings(text: str, context: Context) -> list[Finding]:
    """The figures that the sentences of a line state of the campaign as a whole."""
    context = replace(context, rank=max(context.rank, TOLD))
    return [found for sentence in _SENTENCES.split(text) for found in _sentence(sentence.strip(), context)]


def _sentence(text: str, context: Context) -> Iterator[Finding]:
    numbers = find_numbers(text)
    if not numbers or _LABELLED.match(text):
        return
    words = without_quarters(text)
    if not holds_word(words, _RESULT) or not holds_word(words, _WHOLE):
        return
    if holds_word(words, _DOUBTFUL) or holds_word(words, context.parts):
        return
    for number in numbers:
        if number.is_percent or number.is_spaced:
            continue
        name = _label_before(text, number) or _label_behind(text, number)
        found = finding(name, number, (), context, text, in_text=True) if name else None
        if found:
            yield found


def _label_behind(text: str, number: Number) -> str:
    """The figure that "1,240 leads" or "€1.2M in pipeline" names; "" if none, or if the words go on."""
    if _OF.search(text[: number.start]) and not number.currency:
        return ""
    pattern = _BEHIND_AMOUNT if number.currency else _BRIDGE
    rest = text[number.end :]
    rest = rest[pattern.match(rest).end() :]
    for length in _lengths(rest):
        label = read_label(rest[:length])
        if label.field and not label.aspect and _AFTER.match(rest[length:]):
            return _fitting(label.field, number)
    return ""


def _label_before(text: str, number: Number) -> str:
    """The figure that "a pipeline of € 1.2M" or "获得线索1240条" names."""
    rest = _MEASURE.sub("", text[number.end :])
    if not _AFTER.match(rest):
        return ""
    before = text[: number.start]
    before = before[: _BEFORE_AMOUNT.search(before).start()].rstrip()
    is_chinese = "\u4e00" <= before[-1:] <= "\u9fff"
    if not is_chinese and not number.currency:
        return ""
    starts = range(max(0, len(before) - 8), len(before) - 1) if is_chinese else \
        [match.start() for match in re.finditer(r"\S+", before)][-3:]
    for start in starts:
        label = read_label(before[start:])
        # "Media budget" and "overseas leads" are parts.
        if label.field and not label.aspect and _OPENING.search(before[:start]):
            return _fitting(label.field, number)
    return ""


def _fitting(name: str, number: Number) -> str:
    return name if (name in AMOUNTS) == bool(number.currency) else ""


def _lengths(text: str) -> list[int]:
    """Where a label at the start of the text may end, the farthest first: after words, or Chinese characters."""
    ends = [match.end() for match in re.finditer(r"[^\s.,;:!?()]+", text[:80])][:_MOST_WORDS]
    if "\u4e00" <= text[:1] <= "\u9fff" or re.match(r"[A-Za-z]+[\u4e00-\u9fff]", text[:12]):
        ends += range(2, min(9, len(text) + 1))
    return sorted(set(ends), reverse=True)
