"""What is proposed for a field of a review, and what it rests on."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

COUNTS = ("expected_responses", "sent", "responses", "leads", "mqls", "sqls", "opportunities", "new_customers")
AMOUNTS = ("budget", "cost", "pipeline", "won", "margin")
FIGURES = (*AMOUNTS, *COUNTS)
DATES = ("starts_on", "ends_on")
TEXTS = ("what_worked", "what_did_not", "next_steps")
FIELDS = ("title", "programme", "quarter", "region", "segment", "channels", *DATES, "currency", *FIGURES, *TEXTS)

Value = str | int | Decimal | date | list


@dataclass(frozen=True)
class Proposal:
    """One value for one field of a review.

    `value` is a whole number for counts, a `Decimal` for amounts (in the deck's currency, which is a proposal too), a
    date, a list of strings for `channels` and `next_steps`, else text. `page` counts from 1. `quote` is the text of
    the deck that says so, its parts (label, column, cell) joined by " | ". `certainty` is "sure" or "likely".
    """

    field: str
    value: Value
    page: int
    quote: str
    certainty: str

    def as_json(self) -> dict:
        """The proposal in values that JSON has: amounts and dates become text."""
        value = self.value
        if isinstance(value, Decimal):
            value = f"{value:f}"
        elif isinstance(value, date):
            value = value.isoformat()
        return {"field": self.field, "value": value, "page": self.page, "quote": self.quote,
                "certainty": self.certainty}

    @classmethod
    def from_json(cls, told: dict) -> "Proposal":
        """The inverse of `as_json`. Raises KeyError, ValueError or decimal.InvalidOperation for anything else."""
        name, value = told["field"], told["value"]
        if name not in FIELDS:
            raise ValueError(f"a review has no field {name!r}")
        if name in AMOUNTS:
            value = Decimal(value)
        elif name in DATES:
            value = date.fromisoformat(value)
        elif name in COUNTS:
            value = int(value)
        return cls(name, value, int(told["page"]), str(told["quote"]), str(told["certainty"]))
