"""Campaigns in different currencies made comparable, at the rates that their reviews state."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from app.reviews.comparison import Row
from app.reviews.currencies import company_currency, worth
from app.reviews.figures import AMOUNTS


def at_stated_rates(rows: Iterable[Row], own: Row | None = None) -> list[Row]:
    """The campaigns in the currency of `own`, or else the company's, as far as both sides have a rate for it.

    What has none stays in its own currency, to be named as left out.
    """
    currency = own.currency if own else company_currency()
    unit = worth(currency, own.rate if own else None)
    return [_converted(row, currency, unit) if unit else row for row in rows]


def _converted(row: Row, currency: str, unit: Decimal) -> Row:
    own = worth(row.currency, row.rate)
    if own is None or row.currency == currency:
        return row
    metrics = {name: round(value * own / unit, 2) if name in AMOUNTS and value is not None else value
               for name, value in row.metrics.items()}
    return replace(row, currency=currency, metrics=metrics, converted_from=row.currency)
