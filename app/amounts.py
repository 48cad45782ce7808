"""Amounts of money in words, the same on a page, in a notification and in a mail."""

from flask_babel import format_currency


def money(amount, currency: str) -> str:
    """An amount in its currency; whole units from 1,000 on."""
    if amount is None:
        return "–"
    return format_currency(amount, currency, format="¤#,##0" if abs(amount) >= 1000 else None, currency_digits=False)
