"""How far a learning can be relied on, from how its trials ended: functions on plain values.

What others replicated outranks what was tried once, and a failure weighs as much as a success. The share of successes
is taken with its uncertainty: the lower bound of the Wilson score interval (E. B. Wilson, "Probable inference, the law
of succession, and statistical inference", 1927), so that 3 of 4 outranks 1 of 1. A mixed result is half of each.
"""

from math import sqrt

CONFIDENCE_Z = 1.2816
"""Standard normal quantile of a two-sided 80 % interval."""
SCALE = 1000
STANDINGS = ("proven", "contested", "promising", "untested", "refuted")


def wilson_lower(successes: float, trials: float, z: float = CONFIDENCE_Z) -> float:
    """The lower bound of the share of successes, 0–1; 0 without trials."""
    if trials <= 0:
        return 0.0
    share = successes / trials
    centre = share + z * z / (2 * trials)
    spread = z * sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    return max(0.0, (centre - spread) / (1 + z * z / trials))


def strength(worked: int, mixed: int, failed: int) -> int:
    """0–1000 for what held, −1000 to −1 for what failed more than it held; 0 for what nobody has tried."""
    trials, successes = worked + mixed + failed, worked + mixed / 2
    if trials and successes < trials / 2:
        return -round(SCALE * wilson_lower(trials - successes, trials))
    return round(SCALE * wilson_lower(successes, trials))


def standing(worked: int, mixed: int, failed: int) -> str:
    """In a word: proven (held twice or more, never failed), contested (both), promising, untested, refuted."""
    if not worked + mixed + failed:
        return "untested"
    if failed > worked:
        return "refuted"
    if failed:
        return "contested"
    return "proven" if worked >= 2 else "promising"
