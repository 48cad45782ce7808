"""From everything found to what is proposed: one value where the deck agrees, two where it contradicts itself."""

import re
from collections import Counter, defaultdict
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from app.reviews.proposals.findings import STATED, Finding
from app.reviews.proposals.proposal import AMOUNTS, COUNTS, FIGURES, Proposal
from app.reviews.proposals.slides import Slide

OFFERED = ("EUR", "USD", "GBP", "CHF", "CNY", "JPY")
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_YUAN = re.compile(r"人民币|\bRMB\b|\bCNY\b|元")
_YEN = re.compile(r"\bJPY\b|円|日元|\byen\b", re.I)


def chosen(findings: list[Finding], slides: list[Slide], stated: dict[str, tuple[int, str]]) -> list[Proposal]:
    """The proposals for figures and their currency. `stated`: currencies that the deck names as such."""
    findings = _without_breakdowns(_with_yen_or_yuan(findings, slides))
    currency, source = _currency(findings, stated)
    proposals = [Proposal("currency", currency, *source, "sure")] if source else []
    by_field: dict[str, list[Finding]] = defaultdict(list)
    for each in findings:
        if each.field in COUNTS or each.currency == currency or (not each.currency and currency is not None):
            by_field[each.field].append(each)
    for name in FIGURES:
        proposals += _figure(by_field[name])
    return proposals


def undisputed(sources: list[list[Finding]]) -> list[list[Finding]]:
    """The tables, lists and tiles of a slide without those that contradict each other: they show parts of the whole."""
    return [source for source in sources if not any(_disagreements(source, other)[1] for other in sources)]


def _without_breakdowns(findings: list[Finding]) -> list[Finding]:
    """Without slides that differ from another one in all they share, two figures or more: they show parts, too."""
    pages: dict[int, list[Finding]] = defaultdict(list)
    for each in findings:
        if each.rank == STATED:
            pages[each.page].append(each)
    parts = set()
    for one, other in combinations(pages, 2):
        agreed, disputed = _disagreements(pages[one], pages[other])
        if disputed > 1 and not agreed:
            parts |= {one, other}
    return [each for each in findings if each.page not in parts or each.rank != STATED]


def _disagreements(some: list[Finding], others: list[Finding]) -> tuple[int, int]:
    """In how many fields two sources agree, and in how many they do not."""
    shared = {each.field for each in some} & {each.field for each in others}
    disputed = {one.field for one in some for other in others if one.field == other.field
                and one.currency == other.currency and len(_agreeing([one, other])) > 1}
    return len(shared - disputed), len(disputed)


def _with_yen_or_yuan(findings: list[Finding], slides: list[Slide]) -> list[Finding]:
    """ "¥" read by what the deck says elsewhere; where it says neither or both, it stays unknown."""
    if not any(each.currency == "¥" for each in findings):
        return findings
    text = "\n".join(line for slide in slides for line in (slide.title, *(each.text for each in slide.lines),
                                                          *(cell for grid in slide.grids for row in grid.rows
                                                            for cell in row)))
    yuan, yen = bool(_YUAN.search(text)), bool(_YEN.search(text) or _KANA.search(text))
    yuan = yuan or (bool(_HAN.search(text)) and not yen)
    code = "CNY" if yuan and not yen else "JPY" if yen and not yuan else "¥"
    return [replace(each, currency=code) if each.currency == "¥" else each for each in findings]


def _currency(findings: list[Finding], stated: dict) -> tuple[str | None, tuple[int, str] | None]:
    """The currency of the review and where it is seen.

    With several, the one that most fields have; in a tie that of the cost; else none, and then no amount is proposed,
    since a review has one currency. ("", None) when the deck names none at all.
    """
    amounts = [each for each in findings if each.field in AMOUNTS and each.currency]
    fields = Counter(code for _, code in {(each.field, each.currency) for each in amounts})
    if len(stated) == 1:
        [(code, source)] = stated.items()
        return (code, source) if code in OFFERED else (None, None)
    if not fields:
        return "", None
    most = max(fields.values())
    leading = [code for code, count in fields.items() if count == most]
    if len(leading) > 1:
        leading = sorted({each.currency for each in amounts if each.field == "cost"} & set(leading))
    if len(leading) != 1 or leading[0] not in OFFERED:
        return None, None
    first = min((each for each in amounts if each.currency == leading[0]), key=lambda each: (each.rank, each.page))
    return leading[0], (first.page, first.quote)


def _figure(findings: list[Finding]) -> list[Proposal]:
    """What is proposed for one figure."""
    if not findings:
        return []
    rank = min(each.rank for each in findings)
    best = [each for each in findings if each.rank == rank]
    best = [each for each in best if each.is_exact] or best
    groups = _agreeing(best)
    if len(groups) == 1:
        group = groups[0]
        finest = min(group, key=lambda each: (each.step, not each.is_sure, each.page))
        sure = any(each.is_sure for each in group if each.value == finest.value)
        return [_proposal(finest, sure=sure)]
    firsts = [min(group, key=lambda each: (not each.is_sure, each.page)) for group in groups]
    sure = [each for each in firsts if each.is_sure]
    if len(sure) == 1:
        return [_proposal(sure[0], sure=False)]
    # Two slides that contradict each other are worth seeing. On one slide, or in more than two ways, it is a breakdown.
    if rank == STATED and len(sure) == len(firsts) == 2 and sure[0].page != sure[1].page:
        return [_proposal(each, sure=False) for each in sorted(sure, key=lambda each: each.page)]
    return []


def _agreeing(findings: list[Finding]) -> list[list[Finding]]:
    """Findings that say the same, the finest first: "1.2M" agrees with 1,204,300 and with 1,150,000."""
    groups: list[list[Finding]] = []
    for each in sorted(findings, key=lambda each: each.step):
        for group in groups:
            if abs(group[0].value - each.value) <= (each.step / 2 if each.step > 1 else 0):
                group.append(each)
                break
        else:
            groups.append([each])
    return groups


def _proposal(found: Finding, *, sure: bool) -> Proposal:
    value = int(found.value) if found.field in COUNTS else found.value.quantize(Decimal("0.01"))
    return Proposal(found.field, value, found.page, found.quote, "sure" if sure else "likely")
