"""A CSV of figures, one row for each channel or week, as spreadsheets and advertising accounts write them.

Encodings, separators, decimal signs, quoted line breaks, lines above the headers and totals below are all found out
from the file itself; what cannot be read is said, never guessed.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import islice

from flask_babel import gettext as _

from app.assets.decoding import decode
from app.reviews.figure_words import IGNORED, guess, names_total
from app.reviews.numerals import plain_number

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 500
MOST_COLUMNS = 300
MOST_ABOVE = 20
"""Lines above the headers: the title of a report, its period."""
LONGEST_CELL = 120
MOST_CHARACTERS = 1_000_000
"""In all cells, each cut at the longest."""
SEPARATORS = (",", ";", "\t", "|")
_BLANK = {"", "-", "–", "—", "−", ".", "n/a", "#n/a", "na", "n.a.", "k.a.", "k. a.", "null", "none", "nan"}

# Some exports hold cells past Python's own limit; of these only the beginning is kept.
csv.field_size_limit(MOST_BYTES)


class Unreadable(ValueError):
    """No table of figures; says why, to people."""


class Percentage(ValueError):
    """A share or a rate, which cannot be added up."""


@dataclass(frozen=True)
class Sheet:
    """The table of a file: its headers, and the rows below, each as wide as they are."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def column(self, at: int) -> list[str]:
        return [row[at] for row in self.rows]


def read(data: bytes) -> Sheet:
    """The table of a file. Raises Unreadable."""
    if len(data) > MOST_BYTES:
        raise Unreadable(_("A file of figures has at most %(size)s MB.", size=MOST_BYTES // 1024**2))
    text = decode(data)
    if text is None:
        raise Unreadable(_("This is no text. Save the sheet as CSV first."))
    lines, separator = _without_hint(text.replace("\0", "").lstrip("\ufeff"))
    found = [_table(lines, each) for each in ([separator] if separator else SEPARATORS)]
    best = max((each for each in found if each), key=_likelihood, default=None)
    if best is None:
        raise Unreadable(_("No table was found: it needs headers, and below them a row for each channel or week."))
    return checked(*best)


def checked(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> Sheet:
    """A table within its limits. Raises Unreadable."""
    if len(rows) > MOST_ROWS or len(headers) > MOST_COLUMNS:
        raise Unreadable(_("A file of figures has one row for each channel or week: at most %(rows)s rows and "
                           "%(columns)s columns.", rows=MOST_ROWS, columns=MOST_COLUMNS))
    width = len(headers)
    for number, row in enumerate(rows, start=1):
        if any(cell.strip() for cell in row[width:]):
            raise Unreadable(_("Row %(number)s below the headers has more cells than there are headers. Is a comma in "
                               "it that is not quoted?", number=number))
    named = (_cell(header) or _("Column %(number)s", number=at) for at, header in enumerate(headers, start=1))
    padded = ([*row, *[""] * (width - len(row))][:width] for row in rows)
    sheet = Sheet(tuple(named), tuple(tuple(map(_cell, row)) for row in padded))
    if sum(len(cell) for row in sheet.rows for cell in row) > MOST_CHARACTERS:
        raise Unreadable(_("This holds more text than a file of figures does. Leave out the columns it does not need."))
    return sheet


def _cell(text: str) -> str:
    return " ".join(text.split())[:LONGEST_CELL]


def _without_hint(text: str) -> tuple[str, str]:
    """Excel writes the separator into a first line of its own: "sep=;"."""
    hint = re.match(r'"?sep=(.)"?\r?\n', text, re.I)
    return (text[hint.end():], hint[1]) if hint else (text, "")


def _table(text: str, separator: str) -> tuple[list[str], list[list[str]]] | None:
    """Headers and rows, if read with this separator the text has any."""
    cut = ([cell[:LONGEST_CELL] for cell in row[:MOST_COLUMNS + 1]]
           for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    # One more than there may be, so that it is seen.
    rows = list(islice((row for row in cut if any(map(str.strip, row))), MOST_ABOVE + MOST_ROWS + 2))
    heads = [(-_known(row), -len(row), at) for at, row in enumerate(rows[:MOST_ABOVE]) if _may_be_headers(row)]
    if not heads:
        return None
    at = min(heads)[-1]
    while not rows[at][-1].strip():
        rows[at].pop()
    return (rows[at], rows[at + 1:]) if rows[at + 1:] else None


def _may_be_headers(row: list[str]) -> bool:
    named = [cell for cell in row if cell.strip()]
    return len(named) > 1 and not any(_is_number(cell) for cell in named)


def _known(headers: list[str]) -> int:
    return sum(guess(header) != IGNORED for header in headers)


def _likelihood(table: tuple[list[str], list[list[str]]]) -> tuple:
    """How likely a separator is the right one: rows as wide as the headers, headers that are known, columns."""
    headers, rows = table
    fitting = sum(len(row) >= len(headers) and not any(map(str.strip, row[len(headers):])) for row in rows)
    return fitting, _known(headers), len(headers)


def _is_number(text: str) -> bool:
    try:
        return number(text) is not None
    except Percentage:
        return True
    except InvalidOperation:
        return False


def number(text: str, decimal: str | None = None) -> Decimal | None:
    """What a cell says: "1.234,50 €", "(1,200)", "1200-"; None for an empty one. `decimal`: the sign of its column.

    Raises Percentage for "12 %" and InvalidOperation for what is no number.
    """
    text = text.strip().replace("−", "-")
    if text.casefold() in _BLANK:
        return None
    if text.endswith(("%", "％", "‰")):
        raise Percentage(text)
    enclosed = re.fullmatch(r"\((.+)\)|(?![-+])(.+?)\s*-", text)
    plain = plain_number(enclosed[1] or enclosed[2] if enclosed else text, decimal=decimal)
    if not re.fullmatch(r"[-+]?\d{1,20}(\.\d{0,20})?|[-+]?\.\d{1,20}", plain, re.ASCII):
        raise InvalidOperation(text)
    return -Decimal(plain) if enclosed else Decimal(plain)


def decimal_sign(cells: Iterable[str]) -> str | None:
    """The decimal sign of a column, where one of its cells gives it away: "12,5", "1.234,00" or "1.234.567"."""
    found = set()
    for cell in cells:
        signs = re.sub(r"[^.,]", "", cell)
        if len(set(signs)) == 2:
            found.add(signs[-1])
        elif len(signs) > 1:
            found.add("," if signs[0] == "." else ".")
        elif signs and not re.search(r"(?<!\d)[1-9]\d{0,2}[.,]\d{3}(?!\d)", cell):
            found.add(signs)
    return found.pop() if len(found) == 1 else None


def totals(sheet: Sheet, label: int | None, columns: Sequence[int]) -> set[int]:
    """The rows that sum the others up: those that are called so, and a last one that is the sum of all before it."""
    named = {at for at, row in enumerate(sheet.rows) if names_total(row[label or 0])}
    figures = [_numbers(sheet.column(at)) for at in columns]
    holding = [at for at in range(len(sheet.rows)) if at not in named and any(column[at] for column in figures)]
    if len(holding) > 2 and figures:
        *before, last = holding
        sums = [sum(column[at] or 0 for at in before) == (column[last] or 0) for column in figures if column[last]]
        # One column alone may do so by chance.
        if all(sums) and (len(sums) > 1 or not sheet.rows[last][label or 0]):
            named.add(last)
    return named


def _numbers(cells: Sequence[str]) -> list[Decimal | None]:
    sign, found = decimal_sign(cells), []
    for cell in cells:
        try:
            found.append(number(cell, sign))
        except (Percentage, InvalidOperation):
            found.append(None)
    return found


def holds_percentages(cells: Sequence[str]) -> bool:
    """Whether a column holds shares or rates."""
    return any(cell.endswith(("%", "％", "‰")) for cell in cells)
