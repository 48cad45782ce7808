"""A review's figures by channel and by week: a table each, and a drawing where it answers a question at a glance."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask_babel import gettext as _

from app.reviews.breakdown_models import KINDS, BreakdownRow
from app.reviews.comparison import COLUMNS, KPI_COLUMNS, METRIC_COLUMNS, Column
from app.reviews.figures import METRICS
from app.reviews.kpis import Kpi, kpis
from app.reviews.models import Review
from app.reviews.presentation import figure_text, kpi_value

SHOWN = (*METRIC_COLUMNS, *(each for each in KPI_COLUMNS if each.name not in ("budget_use", "response_to_plan")))
"""The columns of a table, as far as any row has them."""
FIRST = ("leads", "responses", "sqls", "opportunities", "won", "cost", "sent")
"""Which figure a drawing shows, if there are several."""
FEWEST_WEEKS = 3
WIDTH, HEIGHT, MARGIN = 320, 96, 6
"""Of the line, in units of the drawing."""


@dataclass(frozen=True)
class Bar:
    """One channel; `width` is in per cent of the longest."""

    label: str
    value: str
    width: float
    is_best: bool


@dataclass(frozen=True)
class Line:
    """Weeks from the first to the last: `points` as a polyline takes them, `peak` the place of the most."""

    points: str
    peak: tuple[float, float]
    first: str
    last: str
    most: str


@dataclass(frozen=True)
class Drawing:
    """Titled with the answer; `figure` is what it shows."""

    title: str
    figure: object
    bars: Sequence[Bar] = ()
    line: Line | None = None


@dataclass(frozen=True)
class Table:
    """One kind of rows: their columns, the cells of each, their sum, and perhaps a drawing."""

    kind: str
    columns: list[Column]
    rows: list[tuple[str, list[str]]]
    sums: list[str]
    drawing: Drawing | None


def breakdown_tables(review: Review) -> list[Table]:
    """By channel, and by week, as far as there are rows."""
    found = []
    for kind in KINDS:
        rows = [row for row in review.breakdown if row.kind == kind]
        if rows:
            found.append(_table(kind, rows, review.currency))
    return found


def _table(kind: str, rows: list[BreakdownRow], currency: str) -> Table:
    figures = [_figures(row.metrics) for row in rows]
    columns = [column for column in SHOWN if any(each[column.name].value is not None for each in figures)]
    together = _figures(_sums(rows))
    draw = _bars if kind == "channel" else _weeks
    return Table(
        kind, columns,
        [(row.label, _cells(each, columns, currency)) for row, each in zip(rows, figures, strict=True)],
        _cells(together, columns, currency), draw([row.label for row in rows], figures, currency),
    )


def _figures(metrics: dict) -> dict[str, Kpi]:
    plain = {column.name: column.with_value(None if metrics[column.name] is None else Decimal(metrics[column.name]))
             for column in METRIC_COLUMNS}
    return plain | {each.name: each for each in kpis(metrics)}


def _sums(rows: list[BreakdownRow]) -> dict:
    """What the rows have together. A figure that one of them lacks is summed over the others all the same."""
    sums = {}
    for column in METRIC_COLUMNS:
        values = [value for row in rows if (value := row.metrics[column.name]) is not None]
        sums[column.name] = sum(values) if values else None
    return sums


def _cells(figures: dict[str, Kpi], columns: list[Column], currency: str) -> list[str]:
    return [_text(figures[column.name], currency) or "–" for column in columns]


def _text(figure: Kpi, currency: str) -> str | None:
    if figure.value is None:
        return None
    return figure_text(figure.name, figure.value, currency) if figure.name in METRICS else kpi_value(figure, currency)


def _bars(labels: list[str], figures: list[dict[str, Kpi]], currency: str) -> Drawing | None:
    """Channels by cost per lead, the cheapest first; where that is not known, by how much each of them brought."""
    for name in ("cpl", *FIRST):
        known = [(label, figure) for label, each in zip(labels, figures, strict=True)
                 if (figure := each[name]).value is not None]
        values = [figure.value for _label, figure in known]
        if len(known) > 1 and min(values) >= 0 and max(values) > min(values):
            break
    else:
        return None
    column, cheapest = COLUMNS[name], name == "cpl"
    known.sort(key=lambda each: each[1].value, reverse=not cheapest)
    bars = [Bar(label, _text(figure, currency), round(float(figure.value / max(values) * 100), 1), at == 0)
            for at, (label, figure) in enumerate(known)]
    return Drawing(_answer(bars, column, cheapest), column.label, bars=bars)


def _answer(bars: list[Bar], column: Column, cheapest: bool) -> str:
    first, last = bars[0], bars[-1]
    if cheapest:
        return _("The cheapest leads came from %(best)s: %(low)s each; the dearest from %(worst)s: %(high)s",
                 best=first.label, low=first.value, worst=last.label, high=last.value)
    return _("%(figure)s: the most from %(best)s, %(high)s; the least from %(worst)s, %(low)s", figure=column.label,
             best=first.label, high=first.value, worst=last.label, low=last.value)


def _weeks(labels: list[str], figures: list[dict[str, Kpi]], currency: str) -> Drawing | None:
    """A line over the weeks; None where a week has no figure, which a line would hide."""
    for name in FIRST:
        values = [each[name].value for each in figures]
        if len(values) >= FEWEST_WEEKS and None not in values and min(values) >= 0 and max(values) > min(values):
            break
    else:
        return None
    step, most = (WIDTH - 2 * MARGIN) / (len(values) - 1), max(values)
    places = [(round(MARGIN + at * step, 1), round(HEIGHT - MARGIN - float(value / most) * (HEIGHT - 2 * MARGIN), 1))
              for at, value in enumerate(values)]
    at = values.index(most)
    text, total = figure_text(name, most, currency), figure_text(name, sum(values), currency)
    title = _("%(figure)s: the most in %(week)s, %(most)s of %(total)s", figure=COLUMNS[name].label, week=labels[at],
              most=text, total=total)
    line = Line(" ".join(f"{x},{y}" for x, y in places), places[at], labels[0], labels[-1], text)
    return Drawing(title, COLUMNS[name].label, line=line)
