"""Figures out of tables and charts: whichever way they lie, plan kept from actual, wholes kept from parts."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.reviews.proposals.findings import Context, Finding, finding, planned, quoted
from app.reviews.proposals.labels import Label, holds_word, read_fact, read_label
from app.reviews.proposals.numbers import Number, read_number
from app.reviews.proposals.slides import Grid
from app.reviews.proposals.units import Unit, read_unit

_MOST_HEAD_ROWS = 3
_FUNNEL_STEPS = {"leads", "mqls", "sqls", "opportunities"}


@dataclass(frozen=True)
class _Cell:
    """A number with the label of its line (the figure) and the one across (which of several numbers it is)."""

    number: Number
    text: str
    across: Label
    across_text: str


@dataclass(frozen=True)
class _Line:
    """A row, or a column of a table that lies the other way: what it is about, and its numbers."""

    label: Label
    text: str
    cells: tuple[_Cell, ...]
    breadth: int


def grid_findings(grid: Grid, context: Context) -> list[Finding]:
    """The figures of a table or chart that are of the whole campaign."""
    rows = _even(grid)
    head = _head_rows(rows, grid.is_chart)
    body = rows[head:]
    if not body or len(rows[0]) < 2:
        return []
    tops = [quoted(*(row[at] for row in rows[:head])) for at in range(len(rows[0]))]
    sides, first = _sides(body, tops)
    if grid.is_chart:
        context = _of_chart(grid, context)
    elif corner := _unit_of(tops[0]):
        context = replace(context, unit=corner)
    numbers = [[_read(cell) for cell in row] for row in body]
    lines = list(_lines(body, numbers, sides, tops, first))
    has_cost = any(line.label.field == "cost" for line in lines)
    return [found for line in lines for found in _line_findings(line, context, grid.is_chart, has_cost)]


def _even(grid: Grid) -> list[tuple[str, ...]]:
    width = max((len(row) for row in grid.rows), default=0)
    return [row + ("",) * (width - len(row)) for row in grid.rows if any(row)]


def _head_rows(rows: list[tuple[str, ...]], is_chart: bool) -> int:
    """How many rows at the top hold labels: those without a number beside the first column."""
    if is_chart:
        return 1
    for at, row in enumerate(rows[:_MOST_HEAD_ROWS]):
        numbers = [number for cell in row[1:] if (number := read_number(cell))]
        if any(not number.is_year for number in numbers) or (numbers and read_label(row[0]).field):
            return at
    return 1 if len(rows) > 1 else 0


def _sides(body: list[tuple[str, ...]], tops: list[str]) -> tuple[list[tuple[str, ...]], int]:
    """The label cells of each row, and the column where numbers begin: none, one or two columns hold labels."""
    width = len(body[0])
    if read_label(tops[0]).field and all(_read(row[0]) for row in body):
        return [("",) for _ in body], 0
    first = 1
    if width > 2 and not any(_read(row[1]) for row in body) and any(_read(row[2]) for row in body):
        first = 2
    return [row[:first] for row in body], first


def _of_chart(grid: Grid, context: Context) -> Context:
    unit = _unit_of(grid.title)
    return replace(context, unit=unit) if unit else context


def _unit_of(text: str) -> Unit | None:
    unit = read_label(text).unit
    return unit if unit != Unit() else None


def _read(cell: str) -> Number | None:
    return read_number(cell) if cell and len(cell) < 60 else None


def _lines(body, numbers, sides, tops, first) -> Iterator[_Line]:
    """The lines that are about figures: rows, or else columns, whichever names more of them."""
    width = range(first, len(tops))
    side_texts = [quoted(*side) for side in sides]
    in_funnel = len(_FUNNEL_STEPS & {read_label(side[0]).field for side in sides}) > 1
    side_labels = [_side_label(side, in_funnel) for side in sides]
    top_labels = [read_label(top) for top in tops]
    down = sum(bool(label.field) for label in side_labels)
    over = sum(bool(top_labels[at].field) for at in width)
    if _repeats(side_labels if down >= over else top_labels[first:]):
        return
    if down >= over and down:
        for y, label in enumerate(side_labels):
            cells = tuple(_Cell(number, body[y][x], top_labels[x], tops[x])
                          for x in width if (number := numbers[y][x]))
            if label.field and cells:
                yield _Line(label, side_texts[y], cells, len(width))
        return
    if len(body) == 1 and first and _is_about_something_smaller(tops[0], side_labels[0]):
        return
    for x in width if over else ():
        cells = tuple(_Cell(number, row[x], side_labels[y], side_texts[y])
                      for y, row in enumerate(body) if (number := numbers[y][x]))
        if top_labels[x].field and cells:
            yield _Line(top_labels[x], tops[x], cells, len(body))


def _repeats(labels: list[Label]) -> bool:
    """Whether a figure stands there twice, as under sub-headings for each channel: then no line is of the whole."""
    named = [(label.field, label.aspect, label.period) for label in labels if label.field]
    return len(named) > len(set(named))


def _side_label(side: tuple[str, ...], in_funnel: bool) -> Label:
    """What a row is about; a second label column may hold its unit, its aspect, or the figure itself."""
    label = read_label(side[0], in_funnel=in_funnel)
    if len(side) == 1 or not side[1]:
        return label
    if unit := read_unit(side[1]):
        return replace(label, unit=unit)
    other = read_label(side[1], in_funnel=in_funnel)
    if label.field and not other.rest and not other.field:
        return replace(label, aspect=other.aspect or label.aspect)
    if not label.field and other.field and not label.rest:
        return replace(other, aspect=label.aspect or other.aspect)
    if label.field and other.rest and not other.field:  # a remark, such as a definition
        return label
    return Label(rest=quoted(*side))


def _is_about_something_smaller(head: str, label: Label) -> bool:
    """Whether the only row below heads that are figures is an account's, a fair's, a channel's: not the campaign's."""
    fact = read_fact(head)
    is_campaign = fact in ("title", "programme", "quarter") or (not fact and read_label(head).is_neutral)
    return bool(label.rest) and not is_campaign


def _line_findings(line: _Line, context: Context, is_chart: bool, has_cost: bool) -> Iterator[Finding]:
    """The actual figure of a line, and the planned one where a review has a field for it.

    `has_cost`: the grid has a line of its own for what was spent, so that a budget is one, whatever stands above it.
    """
    name, aspect = line.label.field, line.label.aspect
    if aspect == "other" or not _is_now(line.label, context):
        return
    groups: dict[str, list[_Cell]] = {"plan": [], "actual": [], "total": [], "now": [], "neutral": [], "unknown": []}
    for cell in line.cells:
        if kind := _kind(cell.across, aspect, context):
            groups[kind].append(cell)
    if plan := planned(name):
        yield from _one(plan, groups["plan"], line, context, is_chart)
    if name == "budget" and not has_cost:
        # Of a budget, "actual" is what was spent, and a plain number the budget.
        yield from _one("cost", groups.pop("actual"), line, context, is_chart, sure=False)
        groups["actual"] = []
        if groups["plan"]:
            return
    if name == "expected_responses" and groups["plan"]:
        return
    if any(cell.across.period for cell in line.cells):
        groups["total"] = []  # of several periods
    for kind in ("actual", "now", "total", "neutral", "unknown"):
        if groups[kind]:
            # A heading that is not understood may name a part of the campaign; beside others it surely does.
            if kind != "unknown" or line.breadth == 1:
                is_quarter = all("Q" in cell.across.period for cell in groups[kind] if cell.across.period)
                yield from _one(name, groups[kind], line, context, is_chart, sure=kind != "unknown" and is_quarter)
            return


def _one(name: str, cells: list[_Cell], line: _Line, context: Context, is_chart: bool,
         sure: bool = True) -> Iterator[Finding]:
    """The figure if there is one cell for it: of several, or of several equal in rank, nobody knows which."""
    totals = [cell for cell in cells if cell.across.is_total]
    cells = totals if len(totals) == 1 else cells
    if len(cells) != 1:
        return
    [cell] = cells
    quote = quoted(line.text, cell.across_text, cell.text)
    found = finding(name, cell.number, (cell.across, line.label), context, quote, sure=sure, is_chart=is_chart)
    if found:
        yield found


def _kind(across: Label, aspect: str, context: Context) -> str:
    """Which of a line's numbers stands below this label; "" for one that is never proposed."""
    if across.field and across.field != "budget":
        return ""
    aspects = {each for each in (aspect, across.aspect, "plan" if across.field == "budget" else "") if each}
    if "other" in aspects or len(aspects) > 1 or not _is_now(across, context):
        return ""
    if not aspects and context.is_plan:
        aspects = {"plan"}
    if across.rest:
        return "" if aspects == {"plan"} or holds_word(across.rest, context.parts) else "unknown"
    if aspects:
        return aspects.pop()
    return "total" if across.is_total else "now" if across.period else "neutral"


def _is_now(label: Label, context: Context) -> bool:
    """Whether a label's period is the deck's. A period that nothing can be compared with is not trusted."""
    if not label.period:
        return True
    return bool(context.quarter) and context.quarter.startswith(label.period)
