"""Decisions: what was asked, chosen and why; and what waits to be decided. Reading and editing them: `/entries`."""

from flask_babel import gettext as _
from flask_login import current_user
from marshmallow import fields
from marshmallow.validate import Length
from sqlalchemy import select

from app.access import fetch
from app.api.entry_schemas import SCHEMAS
from app.api.fields import Input, Text, key
from app.api.operation import PlainQuery, operation, paged_query
from app.api.paging import page
from app.api.problems import Invalid
from app.api.showing import one, stretch
from app.decisions import actions
from app.decisions.forms import LONGEST_CHOICE
from app.decisions.log import STATES
from app.decisions.models import Decision
from app.entries.forms import BODY_LENGTH
from app.entries.models import TITLE_LENGTH, Entry
from app.people.models import Person
from app.spaces.models import Space


class ChoiceIn(Input):
    choice = Text(LONGEST_CHOICE, needed=True, metadata={"description": "What was chosen."})
    body = Text(BODY_LENGTH, metadata={"description": "Why, in Markdown."})
    decided_on = fields.Date(metadata={"description": "Left out: today."})


class DecisionIn(Input):
    space_id = key(required=True)
    title = Text(TITLE_LENGTH, needed=True, metadata={"description": "The question."})
    choice = Text(LONGEST_CHOICE, load_default="", metadata={"description": "What was chosen; empty: it is open."})
    body = Text(BODY_LENGTH, load_default="", metadata={"description": "Why, in Markdown."})
    options = fields.List(Text(1000, needed=True), load_default=list, validate=Length(max=100))
    decider_ids = fields.List(key(), load_default=list, validate=Length(max=50),
                              metadata={"description": "Who decides; left out, a choice is the caller's."})
    decided_on = fields.Date(load_default=None)
    needed_by = fields.Date(load_default=None)
    about_id = key(load_default=None, allow_none=True, metadata={"description": "The entry it settles."})
    supersedes_id = key(load_default=None, allow_none=True, metadata={"description": "The decision it replaces."})


class DecisionQuery(PlainQuery):
    state = Text(choices=tuple(STATES), load_default=None)


@operation("GET", "/spaces/<key:space_id>/decisions", query=paged_query(DecisionQuery), returns=SCHEMAS["decision"],
           paged=True)
def list_decisions(space_id, query):
    """The decision log of a space, newest first: all, what is open, what holds, or what was superseded."""
    space, state = fetch(Space, space_id), query.pop("state")
    ids = select(Decision.id).where(Decision.space_id == space.id, Decision.deleted_at.is_(None))
    found = page(ids.where(STATES[state]) if state else ids, Decision.id, **query)
    return stretch(found.items, found.next)


@operation("POST", "/decisions", body=DecisionIn(), returns=SCHEMAS["decision"], status=201)
def create_decision(body):
    """Write down a decision, or without `choice` a question that waits for one."""
    space = fetch(Space, body.pop("space_id"), "post")
    about = fetch(Entry, body["about_id"]) if body["about_id"] else None
    older = fetch(Decision, body["supersedes_id"], "decide") if body["supersedes_id"] else None
    try:
        decision = actions.decide(
            space, body["title"], body["choice"], actor=current_user, why=body["body"], options=body["options"],
            deciders=[fetch(Person, each) for each in body["decider_ids"]], decided_on=body["decided_on"],
            needed_by=body["needed_by"], about=about, supersedes=older,
        )
    except actions.CannotSupersede:
        raise Invalid({"supersedes_id": [_("Only a decision that holds can be superseded, by one that is taken.")]}
                      ) from None
    return one(decision, status=201)


@operation("PUT", "/decisions/<key:decision_id>/choice", body=ChoiceIn(), returns=SCHEMAS["decision"])
def decide(decision_id, body):
    """Decide what is open, or say better what was chosen: who asked, who is named to decide, who runs the space."""
    return one(actions.change_decision(fetch(Decision, decision_id, "decide"), actor=current_user, **body))
