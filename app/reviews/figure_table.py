"""The figures of a review as its page shows them: actual, target, last quarter, and where they stand among peers."""

from dataclasses import dataclass, replace
from decimal import Decimal

from flask_babel import format_decimal, format_percent
from flask_babel import gettext as _

from app.people.models import Person
from app.presentation import money
from app.reviews.choosing import row_of
from app.reviews.comparison import KPI_COLUMNS, METRIC_COLUMNS, Column, Row
from app.reviews.converting import at_stated_rates
from app.reviews.currencies import Rate, company_currency, rate_of
from app.reviews.figures import METRICS
from app.reviews.kpis import FORMULAS, Kpi
from app.reviews.last_quarter import last_quarter
from app.reviews.models import Review
from app.reviews.presentation import kpi_missing, kpi_value, worked_out
from app.reviews.standings import Note, Standings, standings
from app.reviews.statistics import HIGHER

GROWING = ("responses", "leads", "mqls", "sqls", "opportunities", "new_customers", "pipeline", "won", "margin")
"""Plain figures of which more is better. Of cost and of what was sent neither is."""
_FORMULAS = {each.name: each for each in FORMULAS}


@dataclass(frozen=True)
class Change:
    """How a figure differs from last quarter's; `verdict` is "better", "worse", or empty where neither can be said."""

    text: str
    verdict: str = ""


@dataclass(frozen=True)
class Line:
    """One figure. What is None has nothing to show; `missing` says why there is no actual one."""

    name: str
    label: object
    actual: str | None
    missing: str | None = None
    definition: str | None = None
    inputs: str | None = None
    worth: str | None = None
    target: str | None = None
    reached: str | None = None
    last: str | None = None
    change: Change | None = None
    peers: Note | None = None

    @property
    def is_silent(self) -> bool:
        """Whether nothing at all is known of it."""
        return not (self.actual or self.target or self.last)


@dataclass(frozen=True)
class FigureTable:
    """All of a review's figures: those computed, those given, and the names of those that nobody gave."""

    computed: list[Line]
    given: list[Line]
    silent: list[object]
    before: Row | None
    standings: Standings | None
    rate: Rate | None

    @property
    def lines(self) -> list[Line]:
        return [*self.computed, *self.given]

    @property
    def has_targets(self) -> bool:
        return any(line.target for line in self.lines)


def figure_table(person: Person, review: Review) -> FigureTable:
    """For `person`, who sees only the peers and the last quarter that they may see."""
    own, before, found = row_of(review), last_quarter(person, review), standings(person, review)
    aimed = replace(own, metrics=dict.fromkeys(METRICS) | review.targets)
    [same_money] = at_stated_rates([before], own) if before else [None]
    notes = found.notes if found else {}
    computed = [_line(column, own, aimed, same_money, notes.get(column.name)) for column in KPI_COLUMNS]
    given = [_line(column, own, aimed, same_money, None) for column in METRIC_COLUMNS
             if column.name not in ("budget", "expected_responses")]
    return FigureTable(
        computed, [line for line in given if not line.is_silent], [line.label for line in given if line.is_silent],
        before, found, rate_of(review),
    )


def _line(column: Column, own: Row, aimed: Row, before: Row | None, peers: Note | None) -> Line:
    actual, target = own.figures[column.name], aimed.figures[column.name]
    last = before.figures[column.name] if before else None
    formula = _FORMULAS.get(column.name)
    return Line(
        column.name, column.label, kpi_value(actual, own.currency), kpi_missing(actual), column.definition,
        inputs=worked_out(formula, own.metrics, own.currency) if formula else None,
        worth=_worth(actual, own), target=kpi_value(target, own.currency), reached=_reached(actual, target),
        last=kpi_value(last, before.currency) if last else None,
        change=_change(column, own, before), peers=peers,
    )


def _worth(figure: Kpi, own: Row) -> str | None:
    """An amount in the company's currency, at the rate the review states."""
    if figure.unit != "money" or figure.value is None or own.rate is None:
        return None
    return money(round(figure.value * own.rate, 2), company_currency())


def _reached(actual: Kpi, target: Kpi) -> str | None:
    """How much of a target is there; nothing is a part of a target of zero or of a loss."""
    if actual.value is None or target.value is None or target.value <= 0:
        return None
    return _("%(share)s of target", share=format_percent(actual.value / target.value, "#,##0%"))


def _change(column: Column, own: Row, before: Row | None) -> Change | None:
    """How a figure differs from the quarter before: ratios in points, anything else in per cent."""
    value, last = own.figures[column.name].value, before and before.figures[column.name].value
    other_money = before and column.unit == "money" and own.currency != before.currency
    if value is None or last is None or other_money:
        return None
    if value == last:
        return Change(_("unchanged"))
    if column.unit == "ratio":
        points = format_decimal((value - last) * 100, "+#,##0.0;−#,##0.0")
        return Change(_("%(points)s points", points=points), _verdict(column, value - last))
    if last <= 0:
        return None
    return Change(format_percent((value - last) / last, "+#,##0%;−#,##0%"), _verdict(column, value - last))


def _verdict(column: Column, difference: Decimal) -> str:
    better = column.better or (HIGHER if column.name in GROWING else None)
    if better is None:
        return ""
    return "better" if (difference > 0) == (better == HIGHER) else "worse"
