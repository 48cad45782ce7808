"""A table of figures, added up: what each channel or week had, and what the campaign had in all."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from flask_babel import gettext as _

from app.reviews.breakdown_models import KINDS, LABEL_LENGTH
from app.reviews.figure_words import unit_of
from app.reviews.figures import COUNTS, METRICS
from app.reviews.figures_file import Percentage, Sheet, decimal_sign, number
from app.reviews.numerals import CENT, LIMITS


@dataclass
class AddedUp:
    """Rows by what they are called, with the figures of each, and the sums. `errors` are by column of the sheet, under
    None those of the whole; `left_out` tells of cells that are no number."""

    kind: str = ""
    rows: dict[str, dict[str, Decimal]] = field(default_factory=dict)
    sums: dict[str, Decimal] = field(default_factory=dict)
    errors: dict[int | None, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    def add(self, label: str, name: str, value: Decimal) -> None:
        """Count a figure in its row and in the whole."""
        row = self.rows.setdefault(label, {})
        row[name] = row.get(name, Decimal(0)) + value
        self.sums[name] = self.sums.get(name, Decimal(0)) + value


def add_up(sheet: Sheet, meanings: Sequence[str], used: Collection[int]) -> AddedUp:
    """Add up the rows `used`, each column as it is meant. Rows of the same name are one; columns of one meaning too."""
    found = AddedUp()
    naming = [at for at, meaning in enumerate(meanings) if meaning in KINDS]
    figures = [at for at, meaning in enumerate(meanings) if meaning in METRICS]
    if len(naming) != 1:
        found.errors[None] = _("Say which one column names the channel or the week of each row.")
    elif not figures:
        found.errors[None] = _("Say which columns hold figures.")
    else:
        found.kind = meanings[naming[0]]
        labels = [text[:LABEL_LENGTH] or _("Without a name") for text in sheet.column(naming[0])]
        for at in figures:
            _add_column(found, sheet, at, meanings[at], labels, used)
        # In the order of the file, whichever of its columns named them first.
        found.rows = {label: found.rows[label] for label in dict.fromkeys(labels) if label in found.rows}
        _check(found, meanings)
        if not found.rows and not found.errors:
            found.errors[None] = _("Nothing was added up: tick at least one row with a number in it.")
    return found


def _add_column(found: AddedUp, sheet: Sheet, at: int, name: str, labels: list[str], used: Collection[int]) -> None:
    cells, scale = sheet.column(at), unit_of(sheet.headers[at]).scale
    sign = decimal_sign(cells)
    for row in sorted(used):
        try:
            value = number(cells[row], sign)
        except Percentage:
            found.errors[at] = _("These are shares or rates: they cannot be added up.")
        except InvalidOperation:
            found.left_out.append(_("%(row)s, %(header)s: “%(text)s” is no number", row=labels[row],
                                    header=sheet.headers[at], text=cells[row]))
        else:
            if value is not None:
                found.add(labels[row], name, value * scale)


def _check(found: AddedUp, meanings: Sequence[str]) -> None:
    """What a review could not keep is said beside the column it comes from."""
    for name in found.sums:
        values = [found.sums[name], *(row[name] for row in found.rows.values() if name in row)]
        whole = name in COUNTS
        if whole and any(value != value.to_integral_value() for value in values):
            message = _("These are no whole numbers.")
        elif name != "margin" and min(values) < 0:
            message = _("This cannot be negative.")
        elif max(map(abs, values)) > LIMITS["count" if whole else "money"]:
            message = _("This is larger than any campaign.")
        else:
            _round(found, name)
            continue
        found.errors.setdefault(meanings.index(name), message)


def _round(found: AddedUp, name: str) -> None:
    """Money to the cent, counts as whole numbers, as they are kept."""
    def kept(value: Decimal):
        return int(value) if name in COUNTS else value.quantize(CENT)

    found.sums[name] = kept(found.sums[name])
    for row in found.rows.values():
        if name in row:
            row[name] = kept(row[name])
