"""Polls: a post with answers to choose from. Reading them: `/entries`, as `poll`."""

from flask_login import current_user
from marshmallow import fields
from marshmallow.validate import Length

from app.access import fetch
from app.api.entry_schemas import SCHEMAS
from app.api.fields import Day, Input, Text, key
from app.api.operation import operation
from app.api.problems import Invalid
from app.api.showing import one
from app.entries.forms import BODY_LENGTH
from app.polls import actions
from app.polls.models import MOST_OPTIONS, OPTION_LENGTH, Poll
from app.spaces.models import Space


class PollIn(Input):
    space_id = key(required=True)
    body = Text(BODY_LENGTH, needed=True, metadata={"description": "The question, in Markdown."})
    options = fields.List(Text(OPTION_LENGTH, needed=True), required=True, validate=Length(2, MOST_OPTIONS))
    is_multiple = fields.Boolean(load_default=False)
    closes_on = Day(load_default=None, allow_none=True)


class ChoiceIn(Input):
    option_ids = fields.List(key(), required=True, validate=Length(max=MOST_OPTIONS), metadata={
        "description": "What I choose in place of what I chose before; empty: nothing."})


@operation("POST", "/polls", body=PollIn(), returns=SCHEMAS["post"], status=201)
def create_poll(body):
    """Post a question with answers to choose from. Whoever may post in the space."""
    space = fetch(Space, body.pop("space_id"), "post")
    question, options = body.pop("body"), body.pop("options")
    try:
        return one(actions.ask(space, question, options, actor=current_user, **body), status=201)
    except actions.NoChoice:
        raise Invalid({"options": ["Two answers at least, each once."]}) from None


@operation("PUT", "/polls/<key:poll_id>/choice", body=ChoiceIn(), returns=SCHEMAS["post"])
def choose(poll_id, body):
    """Choose, or choose anew; `poll_id` is the id of its post."""
    poll = fetch(Poll, poll_id, "choose")
    try:
        actions.choose(poll, body["option_ids"], actor=current_user)
    except actions.NoChoice:
        raise Invalid({"option_ids": ["These are no answers of this poll, or too many."]}) from None
    return one(poll.post)
