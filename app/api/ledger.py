"""What keeps a learning alive: its evidence, who vouches, what contradicts it and what takes its place."""

from flask_babel import gettext as _
from flask_login import current_user
from marshmallow import fields
from sqlalchemy import select

from app.access import allow, entry_clause
from app.api.entry_schemas import SCHEMAS
from app.api.fields import Input, Output, Text, Whole, key
from app.api.operation import PlainQuery, operation, paged_query
from app.api.problems import Invalid
from app.api.showing import living, one
from app.entries.models import Entry
from app.learnings import actions
from app.learnings.models import Evidence, Learning
from app.web import paged


class EvidenceIn(Input):
    entry_id = key(required=True)
    page = Whole(1, 100_000, load_default=None, metadata={"description": "A slide of a review or a file, from 1."})
    figure = Text(40, load_default=None, metadata={"description": "A metric or KPI of a review, by its name."})


class EvidenceSchema(Output):
    id = fields.Integer()
    entry_id = fields.Integer()
    page = fields.Integer(allow_none=True)
    figure = fields.String(allow_none=True)
    is_origin = fields.Boolean(metadata={"description": "It was made from this."})


class SupersededIn(Input):
    learning_id = key(required=True, allow_none=True, metadata={"description": "The newer one; null takes it back."})


def _talked_about(learning_id: int) -> Learning:
    learning = living(Learning, learning_id)
    allow("comment", learning)
    return learning


@operation("GET", "/learnings/<key:learning_id>/evidence", query=paged_query(PlainQuery), returns=EvidenceSchema(),
           paged=True)
def list_evidence(learning_id, query):
    """What a learning rests on, as far as I may see it, the latest first."""
    learning = living(Learning, learning_id)
    seen = select(Evidence).join(Evidence.entry).where(
        Evidence.learning_id == learning.id, entry_clause(current_user, Entry), Entry.deleted_at.is_(None)
    )
    return paged(seen, Evidence.id, before=query["cursor"], limit=query["limit"])


@operation("POST", "/learnings/<key:learning_id>/evidence", body=EvidenceIn(), returns=SCHEMAS["learning"], status=201)
def add_evidence(learning_id, body):
    """Link one more thing a learning rests on; what is linked already stays so."""
    learning = _talked_about(learning_id)
    ground = actions.Ground(living(Entry, body["entry_id"]), body["page"], body["figure"])
    actions.add_ground(learning, ground, actor=current_user)
    return one(learning, status=201)


@operation("POST", "/learnings/<key:learning_id>/vouches", returns=SCHEMAS["learning"], status=201)
def vouch(learning_id):
    """Stand for a learning: it is fresh for another year."""
    learning = _talked_about(learning_id)
    actions.vouch(learning, actor=current_user)
    return one(learning, status=201)


@operation("PUT", "/learnings/<key:learning_id>/contradictions/<key:other_id>", status=204, also=(422,))
def contradict(learning_id, other_id):
    """Say that two learnings cannot both hold."""
    learning, other = _talked_about(learning_id), living(Learning, other_id)
    if learning is other:
        raise Invalid({"other_id": [_("A learning does not contradict itself.")]})
    actions.contradict(learning, other, actor=current_user)


@operation("PUT", "/learnings/<key:learning_id>/superseded_by", body=SupersededIn(), returns=SCHEMAS["learning"])
def supersede(learning_id, body):
    """A better learning takes the place of this one."""
    learning = _talked_about(learning_id)
    newer = living(Learning, body["learning_id"]) if body["learning_id"] else None
    if newer is learning:
        raise Invalid({"learning_id": [_("A learning does not take its own place.")]})
    actions.supersede(learning, newer, actor=current_user)
    return one(learning)
