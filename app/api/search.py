"""Search, within what the caller may see."""

from flask_login import current_user
from marshmallow import fields

from app.api.entry_schemas import SCHEMAS
from app.api.fields import Moment, Output, Since, Text, key
from app.api.operation import PlainQuery, operation, paged_query
from app.api.paging import written
from app.search.finder import find
from app.search.language import TEXT_LENGTH


class HitSchema(Output):
    entry_id = fields.Integer()
    kind = fields.String()
    title = fields.String()
    snippet = fields.String(metadata={"description": "HTML: text with what was found in <mark>."})
    url = fields.String()
    page = fields.Integer(allow_none=True, metadata={"description": "The page of the deck that fits best."})
    space_id = fields.Integer()
    author_id = fields.Integer()
    created_at = Moment()


class FacetsSchema(Output):
    """How many were found of each kind, and in each space by its id. Each ignores its own filter."""

    kind = fields.Dict(keys=fields.String(), values=fields.Integer())
    space = fields.Dict(keys=fields.String(), values=fields.Integer())


class FoundSchema(Output):
    items = fields.List(fields.Nested(HitSchema))
    facets = fields.Nested(FacetsSchema)
    total = fields.Integer()
    total_is_more = fields.Boolean(metadata={"description": "There are more than were counted."})
    did_you_mean = fields.String(allow_none=True)
    next = fields.Function(lambda found: written(found.next), metadata={"type": ["string", "null"]})


class SearchQuery(PlainQuery):
    q = Text(TEXT_LENGTH, load_default="",
             metadata={"description": 'Words, "exact words", -without, kind:, in:, by:, tag:.'})
    kind = Text(choices=tuple(SCHEMAS), load_default=None)
    space_id = key(written=True, load_default=None)
    since = Since(data_key="from", load_default=None)
    until = Since(through=True, load_default=None)


@operation("GET", "/search", query=paged_query(SearchQuery), returns=FoundSchema())
def search(query):
    """Find entries, the best first. `from` and `until` are days, both included, or moments."""
    cursor = query.pop("cursor")
    return find(current_user, query.pop("q"), cursor=None if cursor is None else str(cursor), **query)
