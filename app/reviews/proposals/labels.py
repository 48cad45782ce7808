"""What a label means: which figure, planned or actual, in which unit, for which period."""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

from app.reviews.proposals.periods import find_quarters, without_quarters
from app.reviews.proposals.units import Unit, read_unit
from app.reviews.proposals.vocabulary import (
    ASPECTS,
    CLOSING,
    FACTS,
    FILLERS,
    FUNNEL_LABELS,
    HEADINGS,
    LABELS,
    NEUTRAL,
    TOTALS,
)

MOST_CHARACTERS = 80
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_UNIT_BEHIND = re.compile(r"(?:,|\bin\b)\s*([^,]{1,20})$|\s(\S{1,6})$")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


@dataclass(frozen=True)
class Label:
    """A label read.

    `field` is a figure of a review or "". `aspect` is "actual", "plan", "other" (a change, a rate, another period, a
    part: nothing to propose) or "". `period` is a quarter "2026-Q3" or a year. `is_neutral` is true of a label that
    says nothing by itself ("Value", "Actual", ""); `rest` is what was not understood.
    """

    field: str = ""
    aspect: str = ""
    is_total: bool = False
    period: str = ""
    unit: Unit = Unit()
    rest: str = ""

    @property
    def is_neutral(self) -> bool:
        return not self.field and not self.rest


def simplified(text: str) -> str:
    """Lower case, compatibility forms folded, dashes and other marks as spaces."""
    text = unicodedata.normalize("NFKC", text).lower().replace("’", "'")
    text = text.replace("#", " # ")
    text = re.sub(r"[-‐‑–—_/\\·•∙●▪:;,|*†()\[\]\"“”„!?？。、→]+", " ", text)
    return " ".join(text.split())


def _index(groups: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {simplified(word): name for name, words in groups.items() for word in words}


_FIELD_OF = _index(LABELS)
_FUNNEL_FIELD_OF = _index(FUNNEL_LABELS)
_FACT_OF = _index(FACTS)
_HEADING_OF = _index(HEADINGS)
_NEUTRAL = {simplified(word) for word in NEUTRAL}
_CLOSING = {simplified(word) for word in CLOSING}
_STRIPPED = sorted(
    [(word, name) for word, name in _index(ASPECTS).items()]
    + [(simplified(word), "total") for word in TOTALS]
    + [(simplified(word) or word, "filler") for word in FILLERS],
    key=lambda each: -len(each[0]),
)


@lru_cache(maxsize=4096)
def read_label(text: str, *, in_funnel: bool = False) -> Label:
    """What `text` means as the label of a number. `in_funnel`: it stands among the other steps of a funnel."""
    if len(text) > MOST_CHARACTERS:
        return Label(rest=text)
    label = _read(unicodedata.normalize("NFKC", text), in_funnel)
    return label if label.field or not label.rest else _both_languages(text, label, in_funnel)


def _read(text: str, in_funnel: bool) -> Label:
    text, unit = _without_unit(text)
    quarters = find_quarters(text)
    years = _YEAR.findall(text)
    period = quarters[0] if quarters else years[0] if years else ""
    if quarters:
        text = without_quarters(text)
    elif years:
        text = _YEAR.sub(" ", text)
    label = _words(simplified(text.replace("%", " rate ")), in_funnel)
    if len(quarters) > 1 or unit.is_percent:
        label = replace(label, aspect="other")
    return replace(label, unit=unit, period=period)


def _without_unit(text: str) -> tuple[str, Unit]:
    """The label without its unit, which stands in brackets or behind it."""
    for match in _BRACKETS.finditer(text):
        if unit := read_unit(match[1]):
            return text[: match.start()] + " " + text[match.end() :], unit
    match = _UNIT_BEHIND.search(text)
    if match and (unit := read_unit(match[1] or match[2])) and (match[1] or unit.currency or unit.is_percent):
        return text[: match.start()], unit
    whole = read_unit(text)
    return ("", whole) if whole and text.strip().lower() not in ("m", "k") else (text, Unit())


def _words(text: str, in_funnel: bool) -> Label:
    """Take aspects, totals and fillers off both ends until what is left is a figure, nothing, or unknown."""
    aspects, is_total = set(), False
    while True:
        field = _FIELD_OF.get(text) or (_FUNNEL_FIELD_OF.get(text) if in_funnel else None)
        if field or text in _NEUTRAL:
            break
        shorter, kind = next(
            ((shorter, kind) for word, kind in _STRIPPED if (shorter := _stripped(text, word)) is not None), (None, ""))
        if shorter is None:
            break
        text = shorter
        is_total |= kind == "total"
        if kind in ("actual", "plan", "other"):
            aspects.add(kind)
    aspect = aspects.pop() if len(aspects) == 1 else "other" if aspects else ""
    known = field or text in _NEUTRAL
    return Label(field=field or "", aspect=aspect, is_total=is_total, rest="" if known else text)


def _stripped(text: str, word: str) -> str | None:
    """The text without the word at its start or end; None if it is at neither."""
    if text == word:
        return ""
    gap = "" if _CHINESE.search(word) else " "
    if text.startswith(word + gap):
        return text[len(word) :].strip()
    return text[: -len(word)].strip() if text.endswith(gap + word) else None


def _both_languages(text: str, label: Label, in_funnel: bool) -> Label:
    """ "Leads / 线索": two labels that mean the same are one."""
    parts = [part for part in re.split(r"[/()（）|\n]", text) if part.strip()]
    if len(parts) < 2:
        return label
    read = [_read(part, in_funnel) for part in parts]
    same = {each.field for each in read}
    return read[0] if len(same) == 1 and read[0].field and not any(each.rest for each in read) else label


def read_fact(text: str) -> str:
    """Which fact that is no figure (`vocabulary.FACTS`) a label announces; "" for none."""
    return _FACT_OF.get(simplified(text[:MOST_CHARACTERS]), "")


def read_heading(text: str) -> str:
    """Which section of a review a heading opens; "" for none. "What worked (2/2)" is still the same one."""
    if len(text) > MOST_CHARACTERS:
        return ""
    return _HEADING_OF.get(simplified(re.sub(r"[(（]?\s*\d+\s*(?:/\s*\d+)?\s*[)）]?\s*$", "", text)), "")


def closes_section(text: str) -> bool:
    """Whether a line on its own begins something else than what the section was about."""
    return simplified(text[:MOST_CHARACTERS]) in _CLOSING


def holds_word(text: str, words: frozenset[str]) -> str:
    """The first of `words` (simplified) that stands in `text` as a word of its own; "" for none."""
    text = f" {_without_stops(text)} "
    return next((word for word in sorted(words) if (word if _CHINESE.search(word) else f" {word} ") in text), "")


def word_set(*groups: tuple[str, ...]) -> frozenset[str]:
    """Words of the vocabulary, fit for `holds_word`."""
    return frozenset(_without_stops(word) for words in groups for word in words)


def _without_stops(text: str) -> str:
    return re.sub(r"\.(?=\s|$)", "", simplified(text))
