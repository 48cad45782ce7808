"""What every kind of entry has, for callers."""

from marshmallow import fields

from app.api.fields import Moment, Output


class ReactionSchema(Output):
    emoji = fields.String()
    count = fields.Integer()
    mine = fields.Boolean(metadata={"description": "Whether the caller gave it."})
    names = fields.List(fields.String())


class EntrySchema(Output):
    """What every kind has."""

    id = fields.Integer()
    kind = fields.String()
    space_id = fields.Integer()
    author_id = fields.Integer()
    thread_id = fields.Integer(allow_none=True, metadata={"description": "The entry it answers; null for a root."})
    title = fields.String()
    body = fields.String(metadata={"description": "Markdown, as it was written."})
    body_html = fields.String(metadata={"description": "The same, rendered and made safe."})
    url = fields.String(metadata={"description": "Its page, from the root of this server."})
    created_at = Moment()
    edited_at = Moment(allow_none=True)
    deleted_at = Moment(allow_none=True)
    important_at = Moment(allow_none=True, metadata={"description": "Since when all in its space should have seen it."})
    resolved_at = Moment(allow_none=True, metadata={"description": "Since when a discussion or comment is settled."})
    comment_count = fields.Integer()
    quoted_times = fields.Function(lambda shown: getattr(shown.entry, "quoted_times", 0), metadata={
        "type": "integer", "description": "How many posts that I may see quote it."})
    reactions = fields.List(fields.Nested(ReactionSchema))
    shared_into = fields.List(fields.Integer(), metadata={"description": "Ids of further spaces it lives in."})
