"""Where a figure stands among others: functions on plain values, of any type that can be sorted and subtracted.

Quartiles by linear interpolation between the two nearest values, "type 7" of R. J. Hyndman and Y. Fan, "Sample
Quantiles in Statistical Packages", The American Statistician 50 (1996) 4, 361–365: what R, NumPy and Excel's
QUARTILE.INC compute unless told otherwise, so that people find the same figure in their own sheets.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

HIGHER, LOWER = "higher", "lower"
"""Which of two figures is the better one; None where neither is."""


@dataclass(frozen=True)
class Summary:
    """Five numbers that say how `n` figures are spread."""

    n: int
    min: Decimal
    q1: Decimal
    median: Decimal
    q3: Decimal
    max: Decimal


@dataclass(frozen=True)
class Standing:
    """Of `n` peers a figure is better than `better`, and like `equal`; the rest are better than it."""

    n: int
    better: int
    equal: int


def quartile(values: Sequence, number: int):
    """The quartile of these values: number 0 is the least, 2 the median, 4 the most. Needs at least one value."""
    ordered = sorted(values)
    whole, quarters = divmod((len(ordered) - 1) * number, 4)
    low = ordered[whole]
    return low + (ordered[whole + 1] - low) * quarters / 4 if quarters else low


def summary(values: Sequence) -> Summary | None:
    """How these values are spread; None when there are none."""
    return Summary(len(values), *(quartile(values, number) for number in range(5))) if values else None


def standing(value, peers: Sequence, better: str) -> Standing:
    """How `value` compares with its peers; `better` is HIGHER or LOWER."""
    beaten = [each for each in peers if (each < value if better == HIGHER else each > value)]
    return Standing(len(peers), len(beaten), sum(each == value for each in peers))


def place(value, low, high) -> float:
    """Where `value` lies between `low` (0.0) and `high` (1.0); in the middle when there is no between."""
    return float((value - low) / (high - low)) if high > low else 0.5
