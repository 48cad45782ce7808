"""A strip: one dot a campaign along a line from the least to the most, with a band where the middle half lies."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import format_decimal, format_percent
from flask_babel import gettext as _

from app.presentation import money
from app.reviews.choosing import ENOUGH
from app.reviews.comparison import Column, Comparison
from app.reviews.statistics import place

WIDTH, MARGIN = 100, 7
"""In units of the drawing."""


@dataclass(frozen=True)
class Dot:
    """A campaign at `x`, named by `label` if it is; `own` is the one that the strip is about."""

    x: float
    label: str
    own: bool


@dataclass(frozen=True)
class Strip:
    """What is drawn, and the sentence that says the same. `band` is where the middle half begins and how wide it is."""

    dots: list[Dot]
    median: float
    band: tuple[float, float] | None
    label: str


def strip(comparison: Comparison, column: Column, *, named: bool = True) -> Strip | None:
    """The figures of a column; None where fewer than two can be compared, which have no spread.

    Each dot is `named` where that is worth the time: hundreds of figures are written out for it.
    """
    found, shown = comparison.summary(column), comparison.values(column, with_own=True)
    if found is None or found.n < 2:
        return None

    low, high = min(shown), max(shown)

    def x(value) -> float:
        return round(MARGIN + (WIDTH - 2 * MARGIN) * place(value, low, high), 1)

    dots = [
        Dot(x(value), f"{row.title}: {figure(value, column, row.currency)}" if named else "", row is comparison.own)
        for row in comparison.rows if (value := comparison.value(row, column)) is not None
    ]
    band = (x(found.q1), round(x(found.q3) - x(found.q1), 1)) if found.n >= ENOUGH else None
    # What the strip is about is drawn last, over the others.
    return Strip(sorted(dots, key=lambda dot: dot.own), x(found.median), band, spread(comparison, column))


def spread(comparison: Comparison, column: Column) -> str:
    """How a column is spread, as a sentence."""
    summary = comparison.summary(column)
    shown = {name: figure(getattr(summary, name), column, comparison.currency) for name in ("min", "q1", "q3", "max")}
    if summary.n < ENOUGH:
        return _("%(min)s to %(max)s", **shown)
    return _("Half lie from %(q1)s to %(q3)s", **shown)


def figure(value, column: Column, currency: str | None) -> str:
    """A value of a column as it stands in a table, all with the same decimals; "–" when there is none."""
    if value is None:
        return "–"
    if column.unit == "money":
        return money(round(value, 2), currency)
    if column.unit == "ratio":
        return format_percent(value, "#,##0.0%")
    return format_decimal(value, "#,##0.#" if column.better is None else "#,##0.0")


def strips(comparison: Comparison, columns: Iterable[Column]) -> dict[str, Strip | None]:
    """The strips of some columns, by name."""
    return {column.name: strip(comparison, column) for column in columns}
