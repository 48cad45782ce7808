"""Native charts as grids: categories down, series across, read from the values that the deck keeps of them."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from pptx.oxml.ns import qn

from app.reviews.proposals.slides import Grid, one_line

_MOST_SERIES = 30
_MOST_POINTS = 200
# Charts whose numbers are no single figures: scatter and bubble have no categories, radar and stock other meanings.
_READ = tuple(qn(f"c:{name}") for name in (
    "barChart", "bar3DChart", "pieChart", "pie3DChart", "doughnutChart", "ofPieChart", "lineChart", "line3DChart",
    "areaChart", "area3DChart",
))


def chart_grids(chart) -> Iterator[Grid]:
    """A grid for each plot of a `pptx.chart.chart.Chart`; numbers as text, percentages with their sign.

    Only what is in the chart's own cache is read, by index, so that a chart claiming a billion points costs nothing.
    """
    space = chart._chartSpace
    title = _title(space)
    for plot in space.iter(*_READ):
        series = list(plot.iterchildren(qn("c:ser")))[:_MOST_SERIES]
        names = [_first_text(each.find(qn("c:tx"))) for each in series]
        categories = next((found for each in series if (found := _points(each.find(qn("c:cat")))[0])), {})
        values = [_points(each.find(qn("c:val"))) for each in series]
        indices = sorted({at for points, _ in values for at in points})[:_MOST_POINTS]
        rows = [("", *names)]
        for at in indices:
            cells = (_number(points.get(at, ""), code) for points, code in values)
            rows.append((categories.get(at, ""), *cells))
        yield Grid(tuple(rows), is_chart=True, title=title)


def _title(space) -> str:
    title = space.find(f"{qn('c:chart')}/{qn('c:title')}")
    return one_line("".join(each.text or "" for each in title.iter(qn("a:t")))) if title is not None else ""


def _first_text(element) -> str:
    found = element.find(f".//{qn('c:v')}") if element is not None else None
    return one_line(found.text or "") if found is not None else ""


def _points(element) -> tuple[dict[int, str], str]:
    """The cached points of a reference by index, and their number format."""
    if element is None:
        return {}, ""
    points, code = {}, element.find(f".//{qn('c:formatCode')}")
    # Categories of several levels come one level after the other: the first is the innermost.
    level = element.find(f".//{qn('c:lvl')}")
    for point in (level if level is not None else element).iter(qn("c:pt")):
        index, value = point.get("idx", ""), point.find(qn("c:v"))
        if index.isdigit() and value is not None and value.text and len(points) < _MOST_POINTS:
            points.setdefault(int(index), one_line(value.text))
    return points, (code.text or "") if code is not None else ""


def _number(text: str, code: str) -> str:
    """A chart's value as a plain number with a point, grouped like no language, so that it reads in one way."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return ""
    if not value.is_finite() or abs(value) > Decimal("1e15"):
        return ""
    if "%" in code:
        return f"{(value * 100).normalize():f} %"
    value = round(value, 6) if value.as_tuple().exponent < -6 else value
    plain = f"{value:f}"
    # Three decimals would read as thousands.
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return f"{plain}0" if re.search(r"\.\d{3}$", plain) else plain or "0"
