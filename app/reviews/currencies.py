"""Money in several currencies: which there are, the company's own, and the rates that people state on their reviews.

A rate is how much of the company's currency one unit of a review's currency was worth on a day. It is typed by who
posts the review, since nobody here asks another server for anything.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask import current_app
from flask_babel import format_date, format_decimal
from flask_babel import gettext as _
from sqlalchemy import func, select

from app.access import entry_clause
from app.extensions import db
from app.people.models import Person
from app.reviews.models import Review

LARGEST_RATE = Decimal(1_000_000)
RATE_PLACES = Decimal("0.00000001")


@dataclass(frozen=True)
class Rate:
    """One unit of `currency` was worth so much of the company's currency on a day."""

    currency: str
    rate: Decimal
    on: date

    @property
    def sentence(self) -> str:
        """"1 USD = 0.92 EUR on 30 Sep 2026"."""
        return _("1 %(currency)s = %(rate)s %(company)s on %(day)s", currency=self.currency,
                 rate=format_decimal(self.rate, "#,##0.########"), company=company_currency(), day=format_date(self.on))


def company_currency() -> str:
    """The currency that the company counts in."""
    return current_app.config["COMPANY_CURRENCY"]


def rate_of(thing) -> Rate | None:
    """The rate that a review, or a row of a comparison, states."""
    currency = getattr(thing, "converted_from", None) or thing.currency
    return Rate(currency, thing.rate, thing.rate_on) if thing.rate is not None else None


def worth(currency: str, rate: Decimal | None) -> Decimal | None:
    """What one unit is worth in the company's currency; None when nobody said."""
    return Decimal(1) if currency == company_currency() else rate


def last_rates(person: Person) -> dict[str, Rate]:
    """For each currency the rate of the latest day among the reviews that `person` may see: what a form proposes."""
    latest = (
        select(Review.currency, func.max(Review.rate_on).label("day"))
        .where(Review.rate.is_not(None), Review.deleted_at.is_(None), entry_clause(person, Review))
        .group_by(Review.currency).subquery()
    )
    query = select(Review.currency, Review.rate, Review.rate_on).join(
        latest, (Review.currency == latest.c.currency) & (Review.rate_on == latest.c.day)
    ).where(Review.rate.is_not(None), Review.deleted_at.is_(None), entry_clause(person, Review)).order_by(Review.id)
    return {currency: Rate(currency, rate, day) for currency, rate, day in db.session.execute(query)}


def rate_errors(currency: str, rate: Decimal | None, rate_on: date | None) -> dict[str, str]:
    """What is wrong with a rate, by field."""
    if rate is None and rate_on is None:
        return {}
    if currency == company_currency():
        return {"rate": _("%(currency)s is the company's own currency: it needs no rate.", currency=currency)}
    if rate is None:
        return {"rate": _("Say the rate of this day, or leave the day empty.")}
    return {} if rate_on else {"rate_on": _("Say of which day this rate is.")}
