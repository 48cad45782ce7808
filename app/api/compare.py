"""Campaign reviews side by side."""

from flask_babel import lazy_gettext as _l
from flask_login import current_user
from marshmallow import fields

from app.api.entry_schemas import KpiSchema, MetricsSchema
from app.api.fields import Output, Ratio, Text, Wrong, key
from app.api.operation import PlainQuery, operation
from app.reviews.asking import find_all, keys, with_peers
from app.reviews.choosing import MOST
from app.reviews.comparison import KPI_COLUMNS, Comparison, compare
from app.reviews.converting import at_stated_rates
from app.reviews.currencies import company_currency
from app.reviews.numerals import CURRENCIES
from app.reviews.statistics import HIGHER, LOWER

IDS = r"^[0-9]{1,10}(,[0-9]{1,10})*$"


class Keys(fields.Field):
    """Ids with commas between them."""

    def _deserialize(self, value, attr, data, **named) -> tuple[int, ...]:
        found = keys([value])
        if len(found) != len(set(value.split(","))):
            raise Wrong(_l("Write at most %(most)s ids with commas: 1,2,3.", most=MOST))
        return found


class CompareQuery(PlainQuery):
    ids = Keys(load_default=(), metadata={"type": "string", "pattern": IDS, "maxLength": 2000,
                                          "description": f"At most {MOST} ids with commas: 1,2,3."})
    peers_of = key(written=True, load_default=None, metadata={
        "description": "A review: it and its peers are compared, and ids and filters are not heeded. Peers are reviews "
                       "of the same region that share a channel, at most two years before or after; only those of its "
                       "segment when there are at least four."})
    quarter = Text(7, load_default="", metadata={"description": "“2026-Q3”, or a whole year, “2026”."})
    region = Text(60, load_default="")
    programme = Text(120, load_default="")
    channel = Text(60, load_default="")
    segment = Text(120, load_default="")
    currency = Text(choices=CURRENCIES, load_default=None, metadata={
        "description": "The currency that money is compared in; without it, the one that most of the reviews use."})
    convert = fields.Boolean(load_default=False, metadata={
        "description": "Convert amounts at the rates that reviews state: into the currency of the review whose peers "
                       "are asked for, else into the company's."})


class ComparedSchema(Output):
    """A review, with what is compared of it. Everything else is at /reviews/{id}."""

    id = fields.Integer()
    title = fields.String()
    url = fields.String(metadata={"description": "Its page, from the root of this server."})
    quarter = fields.String()
    programme = fields.String()
    region = fields.String()
    segment = fields.String()
    channels = fields.List(fields.String())
    currency = fields.String(metadata={"description": "The currency of its amounts here."})
    converted_from = fields.String(allow_none=True, metadata={"description": "The currency they were in, if another."})
    rate = Ratio(allow_none=True, metadata={
        "description": "What one unit of the review's own currency was worth in the company's on the day `rate_on`."})
    rate_on = fields.Date(allow_none=True)
    metrics = fields.Nested(MetricsSchema)
    kpis = fields.Dict(keys=fields.String(), values=fields.Nested(KpiSchema))


class SpreadSchema(Output):
    """How a figure is spread over the reviews that have it. Quartiles by linear interpolation (type 7)."""

    n = fields.Integer(metadata={"description": "How many reviews count; with none the rest is null."})
    min = fields.Float(allow_none=True)
    q1 = fields.Float(allow_none=True)
    median = fields.Float(allow_none=True)
    q3 = fields.Float(allow_none=True)
    max = fields.Float(allow_none=True)
    unit = fields.String(metadata={"enum": ["money", "ratio", "number"]})
    better = fields.String(allow_none=True, metadata={"enum": [HIGHER, LOWER, None]})


class ComparisonSchema(Output):
    items = fields.List(fields.Nested(ComparedSchema), metadata={"description": "The newest quarter first."})
    summary = fields.Dict(keys=fields.String(), values=fields.Nested(SpreadSchema), metadata={
        "description": "By KPI; without the review itself when peers were asked for."})
    currency = fields.String(allow_none=True, metadata={"description": "The currency that money is compared in."})
    left_out = fields.List(fields.Integer(), metadata={
        "description": "Ids of reviews whose money is in another currency: it counts in no summary."})
    more = fields.Boolean(metadata={"description": f"More reviews fit than the newest {MOST}."})
    next = fields.String(allow_none=True, metadata={"description": "Always null: a comparison has one page."})


@operation("GET", "/reviews/compare", query=CompareQuery(), returns=ComparisonSchema(), also=(404,))
def compare_reviews(query):
    """Reviews side by side, and how their figures are spread. Chosen ones (`ids`), all that fit the filters, or one \
and its peers (`peers_of`); as far as the caller may see them."""
    currency, ids, peers_of = query.pop("currency"), query.pop("ids"), query.pop("peers_of")
    convert = query.pop("convert")
    found = with_peers(current_user, peers_of) if peers_of else find_all(current_user, ids, query)
    own, rows = found.own, found.chosen.rows
    if convert:
        rows, currency = at_stated_rates(rows, own), own.currency if own else company_currency()
    comparison = compare(rows, currency or (own and own.currency), own)
    return {
        "items": comparison.rows, "summary": _summaries(comparison), "currency": comparison.currency,
        "left_out": [row.id for row in comparison.left_out], "more": found.chosen.more, "next": None,
    }


def _summaries(comparison: Comparison) -> dict[str, dict]:
    return {column.name: _spread(comparison.summary(column)) | {"unit": column.unit, "better": column.better}
            for column in KPI_COLUMNS}


def _spread(summary) -> dict:
    names = ("min", "q1", "median", "q3", "max")
    return {"n": summary.n if summary else 0} | {name: getattr(summary, name, None) for name in names}
