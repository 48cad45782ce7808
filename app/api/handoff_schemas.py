"""How a hand-off looks to callers."""

from marshmallow import fields
from marshmallow.validate import Equal

from app.accounts.models import TIERS
from app.api.entry_base import EntrySchema
from app.api.fields import Amount, Moment
from app.handoffs.models import OUTCOMES, SIGNALS, STATES


class HandoffSchema(EntrySchema):
    kind = fields.String(validate=Equal("handoff"))
    signal = fields.String(metadata={"enum": list(SIGNALS)})
    tier = fields.String(metadata={"enum": list(TIERS)})
    contact_name = fields.String()
    contact_role = fields.String()
    contact_email = fields.String()
    review_id = fields.Integer(allow_none=True, metadata={"description": "The campaign, if you may see it."})
    programme = fields.String()
    source = fields.String()
    permission_channel = fields.String()
    permission_basis = fields.String()
    permission_words = fields.String()
    read_ids = fields.Function(lambda shown: [each.id for each in shown.reads], metadata={
        "type": "array", "items": {"type": "integer"}, "description": "What they read, as far as you may see it."})
    person_id = fields.Integer(allow_none=True, metadata={"description": "To whom it was given; or `queue_id`."})
    queue_id = fields.Integer(allow_none=True)
    state = fields.String(metadata={"enum": list(STATES)})
    taker_id = fields.Integer(allow_none=True, metadata={"description": "Who accepted or declined it."})
    declined_because = fields.String()
    outcome = fields.String(allow_none=True, metadata={"enum": [*OUTCOMES, None]})
    amount = Amount(allow_none=True)
    currency = fields.String()
    recycle_on = fields.Date(allow_none=True)
    due_at = Moment(allow_none=True, metadata={
        "description": "When the answer, or once accepted the first outcome, is due; null: nothing is owed now."})
    remaining_seconds = fields.Integer(attribute="remaining", allow_none=True, metadata={
        "description": "Working time that is left on the clock while it stands still; negative: it was late."})
