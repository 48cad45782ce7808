"""Campaigns side by side: their figures in columns, which of them can be compared, how they are spread, in what order.

Money is compared in one currency only. What is in another, and was not converted at the rate it states
(`converting.py`), is shown beside the rest, but counts neither in the spread nor as the best or worst.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from app.reviews.figures import AMOUNTS, METRICS
from app.reviews.kpis import FORMULAS, Kpi, kpis
from app.reviews.presentation import METRIC_NAMES
from app.reviews.statistics import HIGHER, Summary, summary

DIMENSIONS = ("channel", "region", "segment")
TEXT_COLUMNS = ("title", "quarter")


@dataclass(frozen=True)
class Column:
    """A figure that every campaign may have. `better` is HIGHER, LOWER, or None where neither is."""

    name: str
    label: object
    definition: object
    unit: str
    better: str | None = None

    def with_value(self, value: Decimal | None, missing: tuple[str, ...] = ()) -> Kpi:
        """A figure of this column."""
        return Kpi(self.name, self.label, self.definition, self.unit, value, missing)


KPI_COLUMNS = tuple(Column(each.name, each.label, each.definition, each.unit, each.better) for each in FORMULAS)
METRIC_COLUMNS = tuple(
    Column(name, METRIC_NAMES[name], None, "money" if name in AMOUNTS else "number") for name in METRICS
)
COLUMNS = {each.name: each for each in (*KPI_COLUMNS, *METRIC_COLUMNS)}


@dataclass(frozen=True)
class Row:
    """A campaign as a comparison needs it; `metrics` are amounts in its `currency`, and counts.

    `rate` and `rate_on` are what the review states; `converted_from` the currency it was in, if that was another.
    """

    id: int
    title: str
    quarter: str
    programme: str
    region: str
    segment: str
    channels: tuple[str, ...]
    currency: str
    metrics: dict
    rate: Decimal | None = None
    rate_on: date | None = None
    converted_from: str | None = None

    @property
    def url(self) -> str:
        return f"/reviews/{self.id}"

    @cached_property
    def kpis(self) -> dict[str, Kpi]:
        return {each.name: each for each in kpis(self.metrics)}

    @cached_property
    def figures(self) -> dict[str, Kpi]:
        """What stands in each column, computed and plain figures alike."""
        return self.kpis | {column.name: self._plain(column) for column in METRIC_COLUMNS}

    def _plain(self, column: Column) -> Kpi:
        value = self.metrics[column.name]
        return column.with_value(None, (column.name,)) if value is None else column.with_value(Decimal(value))


@dataclass(frozen=True)
class Comparison:
    """Some campaigns and the one currency in which their money is compared; None only when there are no campaigns.

    `own` is the one of them that the others are the peers of: it is shown, but their spread is told without it.
    """

    rows: tuple[Row, ...]
    currency: str | None
    own: Row | None = None

    @cached_property
    def currencies(self) -> list[tuple[str, int]]:
        """The currencies of the campaigns with how many use them, the most used first."""
        return by_use(self.rows)

    @cached_property
    def left_out(self) -> list[Row]:
        """The campaigns whose money is in another currency."""
        return [row for row in self.rows if row.currency != self.currency]

    def is_left_out(self, row: Row, column: Column) -> bool:
        """Whether this figure exists but cannot be compared with the others."""
        return column.unit == "money" and row.currency != self.currency and row.figures[column.name].value is not None

    def value(self, row: Row, column: Column) -> Decimal | None:
        """The figure, if there is one and it can be compared."""
        return None if self.is_left_out(row, column) else row.figures[column.name].value

    def values(self, column: Column, *, with_own: bool = False) -> list[Decimal]:
        """All figures of a column that can be compared."""
        counted = [row for row in self.rows if with_own or row is not self.own]
        return [value for row in counted if (value := self.value(row, column)) is not None]

    def summary(self, column: Column) -> Summary | None:
        """How the figures of a column are spread; None when it has none that can be compared."""
        if column.name not in self._summaries:
            self._summaries[column.name] = summary(self.values(column))
        return self._summaries[column.name]

    @cached_property
    def _summaries(self) -> dict[str, Summary | None]:
        """Each worked out when it is asked for."""
        return {}

    def highlight(self, row: Row, column: Column) -> str | None:
        """"best" or "worst" of its column; None between them, where all are alike, and where neither is better."""
        value, shown = self.value(row, column), self.values(column, with_own=True)
        if column.better is None or value is None or min(shown) == max(shown):
            return None
        best, worst = (max(shown), min(shown)) if column.better == HIGHER else (min(shown), max(shown))
        return "best" if value == best else "worst" if value == worst else None

    def ordered(self, by: str, descending: bool) -> list[Row]:
        """The campaigns by a column: what can be compared first, then other currencies, then what has no figure."""
        if by in TEXT_COLUMNS:
            return sorted(self.rows, key=lambda row: getattr(row, by).casefold(), reverse=descending)
        column = COLUMNS[by]
        return sorted(self.rows, key=lambda row: self._rank(row, column, descending))

    def _rank(self, row: Row, column: Column, descending: bool) -> tuple:
        figure = row.figures[column.name].value
        if figure is None:
            return 2, "", 0
        figure = -figure if descending else figure
        return (1, row.currency, figure) if self.is_left_out(row, column) else (0, "", figure)


def by_use(rows: Iterable[Row]) -> list[tuple[str, int]]:
    """Currencies with how many of the campaigns use them, the most used first, then by name."""
    return sorted(Counter(row.currency for row in rows).items(), key=lambda each: (-each[1], each[0]))


def compare(rows: Iterable[Row], currency: str | None = None, own: Row | None = None) -> Comparison:
    """Campaigns side by side; their money in `currency` if any of them has it, else in the one that most use."""
    rows = tuple(rows)
    used = [name for name, _count in by_use(rows)]
    return Comparison(rows, currency if currency in used else next(iter(used), None), own)


@dataclass(frozen=True)
class Group:
    """The campaigns of one channel, region, segment, or of what of these was asked for."""

    names: tuple[str, ...]
    comparison: Comparison


def grouped(whole: Comparison, by: tuple[str, ...]) -> list[Group]:
    """A comparison taken apart, the largest group first. A campaign of two channels counts in both."""
    members = defaultdict(list)
    for row in (each for each in whole.rows if each is not whole.own):
        for channel in row.channels or ("",) if "channel" in by else (None,):
            parts = {"channel": channel, "region": row.region, "segment": row.segment}
            members[tuple(parts[name] for name in by)].append(row)
    found = [Group(names, Comparison(tuple(rows), whole.currency)) for names, rows in members.items()]
    return sorted(found, key=lambda group: (-len(group.comparison.rows), group.names))
