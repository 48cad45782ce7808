"""A figure found, before it is decided whether it is proposed; and what is known of the slide it stands on."""

from dataclasses import dataclass, field
from decimal import Decimal

from app.reviews.proposals.labels import Label
from app.reviews.proposals.numbers import Number
from app.reviews.proposals.proposal import AMOUNTS, COUNTS
from app.reviews.proposals.units import Unit

JOINT = " | "
LARGEST_COUNT = 2_000_000_000
LARGEST_AMOUNT = Decimal("9999999999999999.99")
_SMALLEST_BARE_AMOUNT = 1000

STATED, TOLD, NOTED = 1, 2, 3
"""Where a figure stands: in a table, chart, tile or list; in a sentence; in the notes or on a hidden slide."""


@dataclass(frozen=True)
class Finding:
    """A figure with its source. `step` is what its last written digit stands for; `rank` is one of the above."""

    field: str
    value: Decimal
    page: int
    quote: str
    currency: str = ""
    step: Decimal = Decimal(1)
    rank: int = STATED
    is_sure: bool = True
    is_exact: bool = True


@dataclass(frozen=True)
class Context:
    """What the slide says about all its figures.

    `quarter` is that of the deck; `unit` is stated once for the slide ("all figures in k€"); `is_plan`: the title
    announces targets; `parts` are words that name a part of the campaign, such as a channel that is not in its title.
    """

    page: int
    quarter: str = ""
    unit: Unit = Unit()
    is_plan: bool = False
    rank: int = STATED
    parts: frozenset[str] = field(default_factory=frozenset)


def quoted(*parts: str) -> str:
    """The parts of a quote that are not empty, each once."""
    return JOINT.join(dict.fromkeys(part for part in parts if part))


def planned(name: str) -> str:
    """The field that holds the plan of a figure; "" if a review has none."""
    return {"cost": "budget", "budget": "budget", "responses": "expected_responses",
            "expected_responses": "expected_responses"}.get(name, "")


def finding(name: str, number: Number, labels: tuple[Label, ...], context: Context, quote: str, *,
            sure: bool = True, is_chart: bool = False, in_text: bool = False) -> Finding | None:
    """The figure, if the number fits its field: whole for counts, with a clear scale and currency for amounts."""
    unit = next((label.unit for label in labels if label.unit != Unit()), Unit())
    if number.is_percent or unit.is_percent or number.is_range:
        return None
    if number.is_year and not is_chart:
        if in_text:
            return None
        sure = False
    found = _amount(name, number, unit, context, is_chart) if name in AMOUNTS else _count(name, number, unit)
    if found is None:
        return None
    value, currency, step, is_clear = found
    if value < 0 and name != "margin":
        return None
    return Finding(name, value, context.page, quote, currency, step, context.rank,
                   sure and is_clear and number.is_exact and context.rank == STATED, number.is_exact)


def _count(name: str, number: Number, unit: Unit) -> tuple[Decimal, str, Decimal, bool] | None:
    """A count has no currency; with a sign it is a change."""
    if name not in COUNTS or number.currency or unit.currency or number.is_signed:
        return None
    if unit.scale != 1 and number.is_scaled:
        return None
    value = number.value * unit.scale
    if value != value.to_integral_value() or value > LARGEST_COUNT:
        return None
    return value, "", number.step * unit.scale, not number.is_scaled and unit.scale == 1


def _amount(name: str, number: Number, unit: Unit, context: Context,
            is_chart: bool) -> tuple[Decimal, str, Decimal, bool] | None:
    if unit == Unit():
        unit = context.unit
    if number.currency and unit.currency not in ("", number.currency):
        return None
    currency, scale = number.currency or unit.currency, unit.scale
    if number.is_scaled and scale != 1:
        # "41.2k" below "k€" repeats it; two different scales contradict each other.
        return None
    if number.currency and scale != 1:  # "€ 41,200" below "k€": the cell may already be in euros
        return None
    value = number.value * scale
    if not (currency or number.is_scaled or scale != 1) and (is_chart or value < _SMALLEST_BARE_AMOUNT):
        return None
    if number.is_signed and number.value > 0 or abs(value) > LARGEST_AMOUNT:
        return None
    return value, currency, number.step * scale, bool(currency)
