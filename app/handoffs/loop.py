"""Back to the campaign: what became of what was handed over, counted. Pure functions on plain values."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median


@dataclass(frozen=True)
class Given:
    """One hand-off, as far as the loop counts it. `opportunity` and `won` are amounts with their currencies, None where
    it never came to one; `answered_after` is working time in seconds, None while sales has said nothing.
    """

    quarter: str
    programme: str
    source: str
    region: str
    state: str
    declined_because: str = ""
    answered_after: int | None = None
    opportunity: tuple[Decimal, str] | None = None
    won: tuple[Decimal, str] | None = None
    review_id: int | None = None
    review: str = ""


@dataclass
class Loop:
    """Handed over → accepted → opportunity → won. Whatever was won was an opportunity before, said or not."""

    label: str = ""
    url: str = ""
    given: int = 0
    accepted: int = 0
    declined: int = 0
    opportunities: int = 0
    won: int = 0
    reasons: Counter = field(default_factory=Counter)
    pipeline: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    revenue: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    seconds: list[int] = field(default_factory=list)

    def add(self, each: Given) -> None:
        """Count one more. What was taken back was never handed over."""
        if each.state == "withdrawn":
            return
        self.given += 1
        self.accepted += each.state == "accepted"
        if each.state == "declined":
            self.declined += 1
            self.reasons[each.declined_because] += 1
        if each.answered_after is not None:
            self.seconds.append(each.answered_after)
        if amount := each.opportunity or each.won:
            self.opportunities += 1
            self.pipeline[amount[1]] += amount[0]
        if each.won:
            self.won += 1
            self.revenue[each.won[1]] += each.won[0]

    @property
    def median_answer(self) -> float | None:
        """Seconds of working time until sales said anything, the middle one; None where nobody has."""
        return median(self.seconds) if self.seconds else None

    def share(self, count: int) -> float | None:
        """So many of those handed over; None of none."""
        return count / self.given if self.given else None


GROUPINGS: dict[str, Callable[[Given], str]] = {
    "programme": lambda each: each.programme, "review": lambda each: each.review, "quarter": lambda each: each.quarter,
    "source": lambda each: each.source, "region": lambda each: each.region,
}


def total(given: Iterable[Given]) -> Loop:
    """All of them together."""
    loop = Loop()
    for each in given:
        loop.add(each)
    return loop


def grouped(given: Iterable[Given], by: str) -> list[Loop]:
    """By programme, review, quarter, source or region: the largest first, quarters the newest first, what has no value
    last.
    """
    groups: dict[tuple, Loop] = {}
    for each in given:
        label = GROUPINGS[by](each)
        key = (each.review_id,) if by == "review" else (label.casefold(),)
        url = f"/reviews/{each.review_id}" if by == "review" and each.review_id else ""
        groups.setdefault(key, Loop(label, url)).add(each)
    found = [each for each in groups.values() if each.given]
    found.sort(key=lambda each: each.label, reverse=by == "quarter")
    return sorted(found, key=lambda each: (not each.label, 0 if by == "quarter" else -each.given))
