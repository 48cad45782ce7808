"""Figures out of lines: "Leads: 1,240 (plan 1,000)", "96 MQLs", lists with sub-points."""

import re
from collections.abc import Iterator

from app.reviews.proposals.findings import Context, Finding, finding, planned, quoted
from app.reviews.proposals.labels import Label, holds_word, read_fact, read_heading, read_label
from app.reviews.proposals.numbers import Number, find_numbers
from app.reviews.proposals.slides import Box, Line

_SEPARATORS = re.compile(r"\s*[|;；·•→▸►⇒]\s*|\s+->\s+")
_COMMAS = re.compile(r",\s+|，|、|。(?=.)")
_COLON = re.compile(r"[\s:：=–—-]*$")
_AMOUNTS_TO = re.compile(r"(?:达到|达|共计|为|是)$")
_COMPARED = re.compile(r"\s*[,;/]?\s*(?:vs\.?|versus|against|compared|gegenüber|statt|instead of|对比|/)\s*(.*)$", re.I)
_BRACKETED = re.compile(r"\s*[(（\[](.*)[)）\]]\s*$")
_MEASURE = re.compile(r"^(?:条|个|家|名|份|封|次|位|人|stück|stk\.?|pcs\.?)\s*$", re.I)
_MEASURE_BEFORE = re.compile(r"^(?:条|个|家|名|份|封|次|位)")
_MARKS = "*†‡¹²³ .。"


def box_findings(box: Box, context: Context) -> list[Finding]:
    """The figures of a text box. What stands under a sub-heading that names a part is left out."""
    if is_enumeration(box) or _is_about_a_part(box, context):
        return []
    found = []
    for at, line in enumerate(box.lines):
        parent = _parent(box.lines, at)
        if parent is None:
            found += line_findings(line.text, context)
        else:
            found += _below(parent, line, context)
    return found


def line_findings(text: str, context: Context) -> list[Finding]:
    """The figures of one line, which must consist of labels and numbers; sentences are read elsewhere."""
    segments = [segment for segment in _SEPARATORS.split(text) if segment.strip()]
    found = [found for segment in segments for found in _segment(segment, context)]
    if not found:
        parts = [part for part in _COMMAS.split(text) if part.strip()]
        read = [list(_segment(part, context)) for part in parts]
        # Commas also divide sentences, so all the parts must be figures.
        found = [each for part in read for each in part] if len(parts) > 1 and all(read) else []
    return found


def is_enumeration(box: Box) -> bool:
    """Whether lines are numbered 1, 2, 3 by hand: these numbers count nothing."""
    firsts = [numbers[0] for line in box.lines if (numbers := find_numbers(line.text)) and numbers[0].start == 0]
    return len(firsts) > 1 and [number.value for number in firsts] == list(range(1, len(firsts) + 1))


def _is_about_a_part(box: Box, context: Context) -> bool:
    """Whether the first line is a heading such as "Webinar" or "DACH"."""
    first = box.lines[0].text
    return len(box.lines) > 1 and not find_numbers(first) and len(first) < 40 and bool(
        holds_word(first, context.parts))


def _parent(lines: tuple[Line, ...], at: int) -> Line | None:
    """The line that a sub-point stands under."""
    return next((line for line in reversed(lines[:at]) if line.level < lines[at].level), None)


def _below(parent: Line, line: Line, context: Context) -> list[Finding]:
    """The figures of a sub-point: of the figure its parent names, or of the whole if that says nothing."""
    above = read_label(parent.text)
    if above.field and not find_numbers(parent.text):
        numbers = find_numbers(line.text)
        if len(numbers) != 1:
            return []
        [number] = numbers
        before, after = _COLON.sub("", line.text[: number.start]), line.text[number.end :]
        label = read_label(before)
        if not label.is_neutral or not _is_end(after):
            return []
        return list(_as(above.field, label.aspect or above.aspect, number, (label, above), context,
                        quoted(parent.text, line.text)))
    return line_findings(line.text, context) if above.is_neutral and above.aspect in ("", "actual") else []


def _segment(text: str, context: Context) -> Iterator[Finding]:
    """ "Leads: 1,240 (plan 1,000)" or "1,240 leads"."""
    numbers = find_numbers(text)
    if not numbers:
        return
    number = numbers[0]
    before, after = _COLON.sub("", text[: number.start]), text[number.end :]
    if before.endswith(("(", "（")) and after.startswith((")", "）")):
        before, after = before[:-1], after[1:]
    elif before and not text[: number.start].removeprefix(before) and not _ends_chinese(before):
        return
    if before.strip():
        label = read_label(_AMOUNTS_TO.sub("", before))
        # "Leads 200 214" is a table's row, "Leads: 1 240" is one number.
        if not label.field or (number.is_spaced and not re.search(r"[:：=–—-]\s*$", text[: number.start])):
            return
        tail = _MEASURE.sub("", after)
        if _is_end(tail):
            yield from _as(label.field, label.aspect, number, (label,), context, text)
        elif (rest := _tail(tail)) is not None:
            yield from _as(label.field, label.aspect, number, (label,), context, text)
            yield from _bracketed(rest, label, context, text)
        return
    if number.is_spaced or not after.startswith((" ", "\u00a0")) and not _starts_chinese(after):
        return
    if after.strip() and (label := _label_behind(after)).field and len(numbers) == 1:
        yield from _as(label.field, label.aspect, number, (label,), context, text)


def _label_behind(text: str) -> Label:
    """The label after a number, without a Chinese measure word: "条线索"."""
    text = text.strip().rstrip(_MARKS)
    label = read_label(text)
    return label if label.field else read_label(_MEASURE_BEFORE.sub("", text))


def _tail(text: str) -> str | None:
    """What stands behind a figure if that is a comparison; None if it may change what the figure means."""
    if match := _BRACKETED.fullmatch(text):
        inner = match[1]
        if find_numbers(inner) or read_label(inner).is_neutral and read_label(inner).aspect in ("", "actual"):
            return inner
        return None
    match = _COMPARED.fullmatch(text)
    return match[1] if match and find_numbers(match[1]) else None


def _bracketed(text: str, label: Label, context: Context, quote: str) -> Iterator[Finding]:
    """A plan told beside the actual figure: "(plan 1,000)", "(budget: € 42,000)", "vs 1,000 planned"."""
    numbers = find_numbers(text)
    if len(numbers) != 1 or label.aspect == "plan":
        return
    [number] = numbers
    beside = _COLON.sub("", text[: number.start]) or text[number.end :]
    other = read_label(beside.strip(" ,."))
    if text[: number.start].strip() and not _is_end(text[number.end :]):
        return
    if other.field == "budget" and label.field == "cost" or (other.aspect == "plan" and other.is_neutral):
        yield from _as(label.field, "plan", number, (other, label), context, quote)


def _as(name: str, aspect: str, number: Number, labels: tuple[Label, ...], context: Context,
        quote: str) -> Iterator[Finding]:
    """The figure under the field that its aspect makes of it."""
    for label in labels:
        if label.period and not context.quarter.startswith(label.period):
            return
    if not aspect and context.is_plan:
        aspect = "plan"
    if aspect == "plan":
        name = planned(name)
    elif name == "budget" and aspect == "actual":
        name = "cost"
    if name and aspect != "other":
        found = finding(name, number, labels, context, quote, in_text=True)
        if found:
            yield found


def _is_end(text: str) -> bool:
    return not text.strip(_MARKS + ",;:")


def _ends_chinese(text: str) -> bool:
    return "\u4e00" <= text[-1:] <= "\u9fff"


def _starts_chinese(text: str) -> bool:
    return "\u4e00" <= text[:1] <= "\u9fff"


def is_label_only(text: str) -> bool:
    """Whether a line is a figure's label and nothing else, as on a tile."""
    return bool(read_label(text).field) and not find_numbers(text) and not read_heading(text) and not read_fact(text)
