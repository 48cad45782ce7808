"""How trials of a learning, and its record of them, look to callers."""

from marshmallow import fields

from app.api.fields import Moment, Output
from app.learnings.models import RESULTS
from app.learnings.strength import STANDINGS, standing


class TrialSchema(Output):
    id = fields.Integer()
    learning_id = fields.Integer()
    person_id = fields.Integer()
    where = fields.String(attribute="place")
    adaptation = fields.String()
    result = fields.String(allow_none=True, metadata={"enum": [*RESULTS, None]})
    note = fields.String()
    lift = fields.Float(allow_none=True, metadata={"description": "In per cent."})
    due_on = fields.Date(allow_none=True)
    started_at = Moment()
    ended_at = Moment(allow_none=True)


class RecordSchema(Output):
    """How a learning's trials ended, and what that makes of it."""

    worked = fields.Integer()
    mixed = fields.Integer()
    failed = fields.Integer()
    strength = fields.Integer(metadata={"description": "-1000 to 1000; the library is ordered by it."})
    standing = fields.Function(
        lambda learning: standing(learning.worked, learning.mixed, learning.failed),
        metadata={"type": "string", "enum": list(STANDINGS)},
    )
