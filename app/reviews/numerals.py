"""Numbers as people type them."""

import re

CURRENCIES = ("EUR", "USD", "GBP", "CHF", "CNY", "JPY", "AED", "AUD", "BRL", "CAD", "CZK", "DKK", "HKD", "HUF", "ILS",
              "INR", "KRW", "MXN", "NOK", "NZD", "PLN", "SEK", "SGD", "TRY", "ZAR")
"""The currencies that a review may be kept in."""
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
