"""A comparison as CSV: one review a row, raw figures, for spreadsheets."""

import csv
import io
from collections.abc import Iterable
from decimal import Decimal

from app.reviews.comparison import KPI_COLUMNS, Row
from app.reviews.figures import METRICS

TEXTS = ("title", "quarter", "programme", "region", "segment", "channels", "currency", "converted_from", "rate",
         "rate_on")
HEADER = ("id", *TEXTS, *METRICS, *(column.name for column in KPI_COLUMNS))
PLACES = Decimal("0.000001")
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")


def sheet(rows: Iterable[Row]) -> bytes:
    """UTF-8 with a byte order mark, without which Excel takes it for something else. Ratios are fractions: 0.023 is
    2.3 %. A figure that nobody gave is an empty cell."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADER)
    writer.writerows(_cells(row) for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _cells(row: Row) -> list[str]:
    texts = [row.title, row.quarter, row.programme, row.region, row.segment, ", ".join(row.channels), row.currency,
             row.converted_from or "", *_rate(row)]
    figures = [row.figures[name].value for name in HEADER[1 + len(TEXTS):]]
    return [str(row.id), *(harmless(text) for text in texts), *(_plain(value) for value in figures)]


def _rate(row: Row) -> tuple[str, str]:
    return (f"{row.rate.normalize():f}", row.rate_on.isoformat()) if row.rate else ("", "")


def harmless(text: str) -> str:
    """Text that no spreadsheet runs as a formula: what could begin one is quoted.

    Source: OWASP, "CSV Injection". Figures are numbers, so a minus before them stays what it is.
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def _plain(value: Decimal | None) -> str:
    if value is None:
        return ""
    text = f"{value.quantize(PLACES):f}" if abs(value) < 10**18 else f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
