"""What is new to me, by weight."""

from flask_login import current_user
from marshmallow import fields, validates_schema

from app.access import LARGEST_KEY, fetch
from app.api.fields import Input, Moment, Output, Text, Whole, Wrong, key
from app.api.operation import operation
from app.feed import catching_up
from app.feed.catch_up_models import PARTS
from app.feed.rail import due
from app.spaces.models import Space


class WaitingSchema(Output):
    kind = fields.String(metadata={"description": "handoff, decision, important, approval, task, trial, step, …"})
    title = fields.String()
    url = fields.String()
    day = fields.Date(allow_none=True, metadata={"description": "By when."})
    moment = Moment(allow_none=True, metadata={"description": "The same of a hand-off, exactly."})
    late = fields.Boolean(attribute="is_late")


class PartSchema(Output):
    part = fields.String(metadata={"enum": list(PARTS)})
    count = fields.Function(lambda group: len(group.ids), metadata={"type": "integer"})
    entry_ids = fields.List(fields.Integer(), attribute="ids", metadata={"description": "The newest first."})


class SpaceNewsSchema(Output):
    space_id = fields.Integer()
    count = fields.Function(lambda group: len(group.ids), metadata={"type": "integer"})
    top_id = fields.Integer(metadata={"description": "The entry that is talked of most."})
    is_mine = fields.Boolean(metadata={"description": "Whether I own its account."})
    newest_id = fields.Integer(attribute="newest")


class CatchUpSchema(Output):
    since = Moment(allow_none=True, metadata={
        "description": "When the oldest of it was written; null: nothing is new."})
    waiting = fields.List(fields.Nested(WaitingSchema))
    parts = fields.List(fields.Nested(PartSchema), metadata={"description": "The weightiest first; each entry once."})
    spaces = fields.List(fields.Nested(SpaceNewsSchema), metadata={"description": "What is in no part."})
    newest_id = fields.Integer(metadata={"description": "The newest unread entry of all; 0: there is none."})
    more = fields.Boolean(metadata={"description": "There are more than were counted."})


class CaughtUpIn(Input):
    entry_id = Whole(0, LARGEST_KEY, required=True, metadata={"description": "The newest that was looked at."})
    part = Text(choices=PARTS, metadata={"description": "With neither: everywhere."})
    space_id = key()

    @validates_schema(skip_on_field_errors=True)
    def check(self, data, **_named) -> None:
        if "part" in data and "space_id" in data:
            raise Wrong("A part or a space, not both.", "space_id")


def _told() -> dict:
    found = catching_up.news(current_user, catching_up.owned_spaces(current_user))
    return {"since": found.since, "waiting": due(current_user), "parts": found.parts, "spaces": found.spaces,
            "newest_id": found.newest, "more": found.more}


@operation("GET", "/catch-up", returns=CatchUpSchema())
def read_catch_up():
    """What is new to me: what waits, then decisions, what all should see, reviews, learnings, and space by space."""
    return _told()


@operation("POST", "/catch-up/read", body=CaughtUpIn(), returns=CatchUpSchema())
def catch_up_read(body):
    """I looked at it: at a part, at a space, or with neither at everything up to an entry. Answers what is left."""
    space = fetch(Space, body["space_id"]) if "space_id" in body else None
    catching_up.catch_up(current_user, body["entry_id"], part=body.get("part"), space=space)
    return _told()
