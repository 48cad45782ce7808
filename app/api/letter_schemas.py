"""How letters and promises look to callers."""

from marshmallow import fields

from app.api.fields import Moment, Output
from app.conversations.mail_models import DIRECTIONS
from app.conversations.models import OUTCOMES, SIDES


class PromiseSchema(Output):
    """Something that one side said it would do; open until it has an outcome."""

    id = fields.Integer()
    conversation_id = fields.Integer()
    side = fields.String(metadata={"enum": list(SIDES), "description": "Who promised: we, or the customer."})
    text = fields.String()
    owner_id = fields.Integer(allow_none=True, metadata={"description": "Who of us owes it, or looks after theirs."})
    due_on = fields.Date(allow_none=True)
    outcome = fields.String(allow_none=True, metadata={"enum": [*OUTCOMES, None]})
    note = fields.String()
    settled_at = Moment(allow_none=True)
    settled_by_id = fields.Integer(allow_none=True)


class InvitationSchema(Output):
    """An invitation that came with a letter. Times are ISO 8601: in UTC, or without a zone as they were written."""

    summary = fields.String()
    starts = fields.String()
    ends = fields.String()
    place = fields.String()
    organiser = fields.String()
    people = fields.List(fields.String())
    method = fields.String()


class MailSchema(Output):
    """A letter: who wrote it and when, what it quotes, what came along."""

    id = fields.Integer(metadata={"description": "For `/mails/{id}/original`, the message byte for byte."})
    sent_at = Moment()
    sender_name = fields.String()
    sender_email = fields.String()
    contact_id = fields.Integer(allow_none=True)
    direction = fields.String(metadata={"enum": list(DIRECTIONS), "description": "in: from the customer."})
    message_id = fields.String()
    sha256 = fields.String(metadata={"description": "Of the original message."})
    bytes = fields.Integer()
    quoted = fields.String(metadata={"description": "What it quotes of other letters, as plain text."})
    forwarded_by = fields.Function(lambda mail: mail.told.get("forwarded_by", ""), metadata={
        "type": "string", "description": "Who passed it on; empty where it came from its sender."})
    trouble = fields.Function(lambda mail: mail.told["trouble"], metadata={
        "type": "string", "description": "Why it could not be read in full; empty otherwise."})
    invitation = fields.Function(
        lambda mail: InvitationSchema().dump(mail.told["invitation"]) if mail.told["invitation"] else None,
        metadata={"type": ["object", "null"], "description": "An invitation to a meeting that came with it."})
    attachment_ids = fields.Function(
        lambda mail: [each.id for each in mail.attachments if not each.is_deleted],
        metadata={"type": "array", "items": {"type": "integer"}, "description": "The assets that came along."})
