"""The figures of a campaign: their names, and the columns that hold them wherever figures are kept."""

from decimal import Decimal

from sqlalchemy import Numeric
from sqlalchemy.orm import Mapped, mapped_column

Money = Numeric(18, 2, asdecimal=True)
COUNTS = ("expected_responses", "sent", "responses", "leads", "mqls", "sqls", "opportunities", "new_customers")
AMOUNTS = ("budget", "cost", "pipeline", "won", "margin")
METRICS = ("budget", "cost", "expected_responses", "sent", "responses", "leads", "mqls", "sqls", "opportunities",
           "pipeline", "won", "margin", "new_customers")

TARGETS = {"cost": "budget", "responses": "expected_responses"} | {
    name: f"target_{name}"
    for name in ("sent", "leads", "mqls", "sqls", "opportunities", "new_customers", "pipeline", "won", "margin")
}
"""Where the target of a figure is kept. A budget is what cost aims at, expected responses what responses do."""
OWN_TARGETS = tuple(column for column in TARGETS.values() if column not in METRICS)


def not_negative(names) -> str:
    """A check, in SQL, that each of these columns holds nothing below zero; only a margin may be a loss."""
    return " AND ".join(f"({name} IS NULL OR {name} >= 0)" for name in names if not name.endswith("margin"))


class Figures:
    """The columns of the figures; null where nobody gave one, which is never zero."""

    budget: Mapped[Decimal | None] = mapped_column(Money)
    cost: Mapped[Decimal | None] = mapped_column(Money)
    pipeline: Mapped[Decimal | None] = mapped_column(Money)
    won: Mapped[Decimal | None] = mapped_column(Money)
    margin: Mapped[Decimal | None] = mapped_column(Money)
    expected_responses: Mapped[int | None]
    sent: Mapped[int | None]
    responses: Mapped[int | None]
    leads: Mapped[int | None]
    mqls: Mapped[int | None]
    sqls: Mapped[int | None]
    opportunities: Mapped[int | None]
    new_customers: Mapped[int | None]

    @property
    def metrics(self) -> dict:
        """The figures by name; null where nobody gave one."""
        return {name: getattr(self, name) for name in METRICS}


class Targets:
    """The columns of what figures aimed at, besides the budget and the expected responses."""

    target_sent: Mapped[int | None]
    target_leads: Mapped[int | None]
    target_mqls: Mapped[int | None]
    target_sqls: Mapped[int | None]
    target_opportunities: Mapped[int | None]
    target_new_customers: Mapped[int | None]
    target_pipeline: Mapped[Decimal | None] = mapped_column(Money)
    target_won: Mapped[Decimal | None] = mapped_column(Money)
    target_margin: Mapped[Decimal | None] = mapped_column(Money)

    @property
    def targets(self) -> dict:
        """What each figure aimed at, by the name of the figure; null where nobody said."""
        return {name: getattr(self, column) for name, column in TARGETS.items()}
