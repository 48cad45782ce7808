"""Numbers as people type them, and what a figure of a campaign may be."""

import re
from decimal import Decimal, InvalidOperation

from flask_babel import lazy_gettext as _l

CURRENCIES = ("EUR", "USD", "GBP", "CHF", "CNY", "JPY", "AED", "AUD", "BRL", "CAD", "CZK", "DKK", "HKD", "HUF", "ILS",
              "INR", "KRW", "MXN", "NOK", "NZD", "PLN", "SEK", "SGD", "TRY", "ZAR")
"""The currencies that a review may be kept in."""
LIMITS = {"money": Decimal("9999999999999999.99"), "count": 2_000_000_000}
CENT = Decimal("0.01")
_NO_PART = re.compile(rf"[\s'’_\u00a0\u202f€$£¥₹₩]|(?i:{'|'.join(CURRENCIES)})")


def plain_number(text: str, *, decimal: str | None = None) -> str:
    """`text` with its grouping removed and a point before the decimals: "1.200,5" and "1,200.5" → "1200.5".

    Where both signs stand, the last one is the decimal sign. One sign alone with exactly three digits behind it groups
    ("1.200" and "1,200" are both 1200): campaigns have no figures in thousandths. Unless `decimal` is known to be this
    sign, as with rates, or in a column that has "12,5" elsewhere.
    """
    text = _NO_PART.sub("", text)
    comma, point = text.rfind(","), text.rfind(".")
    if comma >= 0 and point >= 0:
        decimal = "," if comma > point else "."
    elif text.count(",") + text.count(".") != 1:
        decimal = ""
    else:
        sign = "," if comma >= 0 else "."
        grouped = re.fullmatch(r"[-+]?[1-9]\d{0,2}[.,]\d{3}", text) is not None
        decimal = sign if not grouped or sign == decimal else ""
    for separator in ",.":
        if separator != decimal:
            text = text.replace(separator, "")
    return text.replace(",", ".")


def number(text: str, *, decimal: str | None = None) -> Decimal:
    """What is typed. Raises ValueError, which tells people why.

    It may be beyond all limits ("1e999999"), where arithmetic fails or takes forever: compare it before anything else.
    """
    try:
        found = Decimal(plain_number(text, decimal=decimal))
    except InvalidOperation:
        raise ValueError(_l("This is not a number.")) from None
    if not found.is_finite():
        raise ValueError(_l("This is not a number."))
    return found


def figure(text: str, *, whole: bool = False, may_be_negative: bool = False) -> Decimal | int:
    """A count, or an amount to the cent, as it is typed. Raises ValueError, which tells people why."""
    found = number(text)
    most = LIMITS["count" if whole else "money"]
    if found < 0 and not may_be_negative:
        raise ValueError(_l("This cannot be negative."))
    if not -most <= found <= most:
        raise ValueError(_l("This is larger than any campaign."))
    if whole and found != found.to_integral_value():
        raise ValueError(_l("This is a whole number."))
    return int(found.quantize(Decimal(1))) if whole else found.quantize(CENT)
