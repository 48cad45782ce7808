"""The figures of a campaign, computed: functions on plain values, each with its formula as marketers define it.

Formulas: CPL = cost ÷ leads. CAC = sales and marketing cost ÷ new customers. MQL→SQL = SQLs ÷ MQLs of the same cohort.
ROMI = (attributed margin − cost) ÷ cost. (Source: the company's campaign handbook, in mission terms.)
"""

from dataclasses import dataclass
from decimal import Decimal

from flask_babel import lazy_gettext as _l

from app.reviews.statistics import HIGHER, LOWER


@dataclass(frozen=True)
class Kpi:
    """A computed figure. `value` is None when it cannot be computed; then `missing` names the inputs to blame.

    `unit` is "money" (in the review's currency), "ratio" (1 = 100 %) or "number".
    """

    name: str
    label: object
    definition: object
    unit: str
    value: Decimal | None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Formula:
    """(top − minus) ÷ bottom, from named metrics. `better` says which of two is the better one; None: neither is."""

    name: str
    label: object
    definition: object
    unit: str
    top: str
    bottom: str
    minus: str | None = None
    better: str | None = HIGHER

    def compute(self, metrics: dict) -> Kpi:
        """The figure for these metrics; a missing input or a division by zero gives no value and says why."""
        inputs = [name for name in (self.top, self.minus, self.bottom) if name]
        missing = tuple(dict.fromkeys(name for name in inputs if metrics.get(name) is None))
        if not missing and Decimal(metrics[self.bottom]) == 0:
            missing = (f"{self.bottom} = 0",)
        value = None
        if not missing:
            top = Decimal(metrics[self.top]) - (Decimal(metrics[self.minus]) if self.minus else 0)
            value = top / Decimal(metrics[self.bottom])
        return Kpi(self.name, self.label, self.definition, self.unit, value, missing)


FORMULAS = (
    Formula("cpl", _l("Cost per lead"), _l("Cost ÷ leads"), "money", "cost", "leads",
            better=LOWER),
    Formula("romi", _l("Return on marketing"), _l("(Attributed margin − cost) ÷ cost"), "ratio", "margin", "cost",
            "cost"),
    Formula("cac", _l("Cost per customer"), _l("Sales and marketing cost ÷ new customers"), "money", "cost",
            "new_customers", better=LOWER),
    Formula("response_rate", _l("Response rate"), _l("Responses ÷ sent"), "ratio", "responses", "sent"),
    Formula("mql_to_sql", _l("MQL → SQL"), _l("SQLs ÷ MQLs of the same cohort"), "ratio", "sqls", "mqls"),
    Formula("budget_use", _l("Budget used"), _l("Cost ÷ budget"), "ratio", "cost", "budget",
            better=None),
    Formula("response_to_plan", _l("Responses to plan"), _l("Responses ÷ expected responses"), "ratio", "responses",
            "expected_responses"),
    Formula("pipeline_per_cost", _l("Pipeline per cost"), _l("Pipeline ÷ cost"), "number", "pipeline", "cost"),
)


def kpis(metrics: dict) -> list[Kpi]:
    """All figures of a campaign, in the order they are shown."""
    return [formula.compute(metrics) for formula in FORMULAS]
