"""The figures of a review by channel and by week, as rows or as a file of them."""

import hashlib
import json
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_login import current_user
from marshmallow import fields
from marshmallow.validate import Length

from app.access import allow
from app.api.entry_schemas import SCHEMAS
from app.api.fields import Input, Text, Upload
from app.api.operation import operation
from app.api.problems import Invalid
from app.api.reading import file_sent
from app.api.review_inputs import MetricsIn
from app.api.showing import living, one
from app.reviews.breakdown_models import KINDS, LABEL_LENGTH, MEANINGS
from app.reviews.breaking_down import remember, replace_breakdown, take_over
from app.reviews.figures import METRICS
from app.reviews.figures_file import MOST_BYTES, MOST_ROWS, Sheet, Unreadable, read
from app.reviews.file_mapping import first_look, proposed_meanings
from app.reviews.models import Review
from app.web import looking_first


class BreakdownRowIn(Input):
    """What one channel or week had."""

    label = Text(LABEL_LENGTH, needed=True)
    metrics = fields.Nested(MetricsIn, load_default=dict)


class BreakdownIn(Input):
    kind = Text(choices=KINDS, required=True)
    rows = fields.List(fields.Nested(BreakdownRowIn), required=True, validate=Length(max=MOST_ROWS))


class FiguresFileIn(Upload):
    columns = Text(50_000, load_default="{}", metadata={
        "description": "What columns hold, as a JSON object: the header as it stands in the file, then “channel”, "
                       "“week”, the name of a figure, or “ignored”. Where it says nothing, headers mean what somebody "
                       "said the last time, or else what their words tell."})
    figures = Text(1000, load_default=None, metadata={
        "description": "The figures whose sums become those of the review, with commas; left out, all of the file. "
                       "Empty, none: the rows are kept, and the review says what it did."})


@dataclass(frozen=True)
class SheetSent:
    """A file of figures, read."""

    sheet: Sheet
    sha256: str


def read_sheet(review_id, body) -> SheetSent:
    """Read the file for a review that its sender may change. Raises Invalid."""
    with looking_first():
        allow("edit", living(Review, review_id))
    data = file_sent().stream.read(MOST_BYTES + 1)
    try:
        return SheetSent(read(data), hashlib.sha256(data).hexdigest())
    except Unreadable as error:
        raise Invalid({"file": [str(error)]}) from None


@operation("PUT", "/reviews/<key:review_id>/breakdown", body=BreakdownIn(), returns=SCHEMAS["review"])
def put_breakdown(review_id, body):
    """Let rows take the place of those by channel, or by week, that a review has; no rows leave none. The figures of \
the review itself stay as they are."""
    review = living(Review, review_id)
    allow("edit", review)
    rows = [(row["label"].strip(), row["metrics"]) for row in body["rows"]]
    replace_breakdown(review, body["kind"], rows, actor=current_user)
    return one(review)


@operation("POST", "/reviews/<key:review_id>/figures-file", body=FiguresFileIn(), prepare=read_sheet,
           returns=SCHEMAS["review"])
def add_figures_file(review_id, body, file):
    """Add up a CSV with a row for each channel or week. Its sums become the figures of the review, its rows the \
breakdown; totals in it are not added twice."""
    review = living(Review, review_id)
    allow("edit", review)
    headers = file.sheet.headers
    said = _columns(body["columns"], headers)
    mapping = first_look(file.sheet, [said.get(header, meaning) for header, meaning
                                      in zip(headers, proposed_meanings(file.sheet), strict=True)])
    if mapping.found.errors:
        raise Invalid({"columns": [_named(at, message, headers) for at, message in mapping.found.errors.items()]})
    take_over(review, mapping.found, _figures(body["figures"], mapping.found.sums), actor=current_user)
    remember(headers, mapping.meanings)
    return one(review)


def _named(at: int | None, message: str, headers: tuple[str, ...]) -> str:
    return message if at is None else f"{headers[at]}: {message}"


def _columns(text: str, headers: tuple[str, ...]) -> dict[str, str]:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        said = None
    known = isinstance(said, dict) and all(
        header in headers and meaning in MEANINGS for header, meaning in said.items())
    if not known:
        raise Invalid({"columns": [_("Send a JSON object from headers of the file to what they mean.")]})
    return said


def _figures(text: str | None, sums: dict) -> list[str]:
    if text is None:
        return list(sums)
    names = [name.strip() for name in text.split(",") if name.strip()]
    if unknown := [name for name in names if name not in METRICS]:
        raise Invalid({"figures": [_("“%(name)s” is no figure.", name=unknown[0])]})
    return [name for name in names if name in sums]
