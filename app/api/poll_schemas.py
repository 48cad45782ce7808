"""How a poll is answered."""

from flask_login import current_user
from marshmallow import fields

from app.api.fields import Output


class PollOptionSchema(Output):
    id = fields.Integer()
    text = fields.String()
    votes = fields.Function(lambda option: len(option.votes), metadata={"type": "integer"})
    is_mine = fields.Function(lambda option: current_user.id in option.voter_ids, metadata={"type": "boolean"})


class PollSchema(Output):
    is_multiple = fields.Boolean()
    closes_on = fields.Date(allow_none=True)
    options = fields.List(fields.Nested(PollOptionSchema))
