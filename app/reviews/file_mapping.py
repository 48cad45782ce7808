"""Between a file of figures and its review: what each column was said to mean, and which rows count.

Nothing is kept between the two steps but what the page itself sends back.
"""

import json
from dataclasses import dataclass
from functools import cached_property

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from app.reviews.adding_up import AddedUp, add_up
from app.reviews.breakdown_models import IGNORED, KINDS, MEANINGS
from app.reviews.breaking_down import meanings_of
from app.reviews.figures import METRICS
from app.reviews.figures_file import Sheet, Unreadable, checked, holds_percentages, totals


@dataclass(frozen=True)
class Mapping:
    """A table with what its columns mean, in their order, and the numbers of the rows that are added up."""

    sheet: Sheet
    meanings: tuple[str, ...]
    used: frozenset[int]

    @cached_property
    def found(self) -> AddedUp:
        """The sums, or what is wrong."""
        return add_up(self.sheet, self.meanings, self.used)

    @property
    def label(self) -> int | None:
        """The column that names the rows."""
        return next((at for at, meaning in enumerate(self.meanings) if meaning in KINDS), None)

    @property
    def figures(self) -> list[int]:
        """The columns that hold figures."""
        return [at for at, meaning in enumerate(self.meanings) if meaning in METRICS]

    @property
    def shown_headers(self) -> list[str]:
        """The headers of what is shown of each row: its name and its figures."""
        return [self.sheet.headers[at] for at in (self.label, *self.figures)]

    @property
    def written(self) -> str:
        """The table as the page sends it back."""
        return json.dumps({"headers": self.sheet.headers, "rows": self.sheet.rows}, ensure_ascii=False)

    @property
    def shown(self) -> str:
        """What the sums on the page are made by."""
        return ",".join(self.meanings)


def first_look(sheet: Sheet, meanings: list[str] | None = None) -> Mapping:
    """A file as it comes: its columns as they are said to mean, or as is proposed; all rows with figures but totals."""
    meanings = tuple(meanings or proposed_meanings(sheet))
    bare = Mapping(sheet, meanings, frozenset())
    summing = totals(sheet, bare.label, bare.figures)
    used = (at for at, row in enumerate(sheet.rows)
            if at not in summing and any(any(map(str.isdigit, row[column])) for column in bare.figures))
    return Mapping(sheet, meanings, frozenset(used))


def proposed_meanings(sheet: Sheet) -> list[str]:
    """What its columns were said to hold the last time, or what their words tell; shares and rates are no figures."""
    return [IGNORED if meaning in METRICS and holds_percentages(sheet.column(at)) else meaning
            for at, meaning in enumerate(meanings_of(sheet.headers))]


def sent_back(form: MultiDict) -> Mapping:
    """What the page sends. Raises Unreadable when that is no table of ours.

    Where columns mean something else than the page showed, rows are looked at afresh.
    """
    sheet = _table(form.get("table", ""))
    said = (form.get(f"meaning-{at}", IGNORED) for at in range(len(sheet.headers)))
    meanings = tuple(meaning if meaning in MEANINGS else IGNORED for meaning in said)
    if form.get("shown") != ",".join(meanings):
        return first_look(sheet, list(meanings))
    used = (int(at) for at in form.getlist("use") if at.isascii() and at.isdigit())
    return Mapping(sheet, meanings, frozenset(at for at in used if at < len(sheet.rows)))


def _table(text: str) -> Sheet:
    try:
        table = json.loads(text)
        headers, rows = table["headers"], table["rows"]
        if not all(isinstance(cell, str) for row in (headers, *rows) for cell in row):
            raise ValueError(text)
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Unreadable(_("What was sent is no table. Choose the file again.")) from None
    return checked(headers, rows)
