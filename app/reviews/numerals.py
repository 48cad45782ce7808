"""Numbers as people type them."""

import re


def plain_number(text: str) -> str:
    """`text` with its grouping removed and a point before the decimals: "1.200,5" and "1,200.5" → "1200.5".

    Where both signs stand, the last one is the decimal sign. One sign alone with exactly three digits behind it groups
    ("1.200" and "1,200" are both 1200): campaigns have no figures in thousandths.
    """
    text = re.sub(r"[\s'’_\u00a0\u202f€$£¥]|(?i:EUR|USD|GBP|CHF|CNY|JPY)", "", text)
    comma, point = text.rfind(","), text.rfind(".")
    if comma >= 0 and point >= 0:
        decimal = "," if comma > point else "."
    elif text.count(",") + text.count(".") != 1:
        decimal = ""
    else:
        sign = "," if comma >= 0 else "."
        grouped = re.fullmatch(r"[-+]?\d{1,3}[.,]\d{3}", text) is not None
        decimal = sign if not grouped else ""
    for separator in ",.":
        if separator != decimal:
            text = text.replace(separator, "")
    return text.replace(",", ".")
