"""Learnings and their trials."""

from flask import abort
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from marshmallow import fields, validates_schema

from app.access import allow, fetch
from app.api.entry_schemas import SCHEMAS, TrialSchema
from app.api.fields import Input, Number, Text, Whole, Wrong, key
from app.api.learning_inputs import ScopesIn
from app.api.operation import PlainQuery, operation, paged_query
from app.api.showing import living, one, stretch
from app.entries.models import TITLE_LENGTH, Entry
from app.extensions import db
from app.feed.streams import Window
from app.learnings import actions
from app.learnings.library import ORDERS, Shelf, browse
from app.learnings.models import DIMENSIONS, RESULTS, Learning, Trial
from app.learnings.strength import STANDINGS
from app.reviews.models import Review
from app.spaces.models import Space


class LearningIn(Input):
    """A claim in one sentence, and what it rests on. Both go by two names: as every entry's, and as learnings'."""

    class Meta(Input.Meta):
        openapi = {"anyOf": [{"required": ["title"]}, {"required": ["claim"]}]}

    space_id = key(required=True)
    title = Text(TITLE_LENGTH, needed=True, required=False)
    claim = Text(TITLE_LENGTH, needed=True, required=False, metadata={"description": "The same as `title`."})
    body = Text(20_000)
    evidence = Text(20_000, metadata={"description": "The same as `body`."})
    holds_for = Text(300, load_default="", metadata={"description": "Where it holds, in words."})
    narrowed_to = fields.Nested(ScopesIn, load_default=None, metadata={
        "description": "Left out: where the campaign of its review took place."})
    review_by = fields.Date(load_default=None, metadata={"description": "Left out: in a year."})
    origin_id = key(load_default=None, metadata={"description": "The entry it is made from."})
    origin_page = Whole(1, 100_000, load_default=None)
    advice = Text(4000, load_default="")
    review_id = key(allow_none=True, load_default=None)

    @validates_schema(skip_on_field_errors=True)
    def check_title(self, data, **_named) -> None:
        if "title" not in data and "claim" not in data:
            raise Wrong(_l("State what was learned."), "title")


class LearningQuery(PlainQuery):
    space_id = key(written=True)
    review_id = key(written=True)
    channel = Text(120)
    region = Text(120)
    segment = Text(120)
    stage = Text(120)
    standing = Text(choices=STANDINGS)
    order = Text(choices=ORDERS, load_default="newest")


class TrialIn(Input):
    where = Text(200, needed=True, metadata={"description": "Market and campaign: DACH, spring webinar."})
    adaptation = Text(4000, load_default="")
    space_id = key(load_default=None, metadata={"description": "The project or other space it runs in."})
    due_on = fields.Date(load_default=None, metadata={"description": "Left out: in three months."})


class TrialResultIn(Input):
    result = Text(choices=RESULTS, required=True)
    note = Text(4000, load_default="")
    lift = Number(-1000, 100_000, allow_none=True, load_default=None, metadata={"description": "In per cent."})


@operation("GET", "/learnings", query=paged_query(LearningQuery), returns=SCHEMAS["learning"], paged=True)
def list_learnings(query):
    """Learnings I may see that none supersedes, each with its record; `order` says which come first."""
    window = Window(before=query["cursor"], limit=query["limit"])
    shelf = Shelf(
        scopes={name: query[name] for name in DIMENSIONS if query.get(name)}, standing=query.get("standing"),
        order=query["order"], columns={name: query[name] for name in ("space_id", "review_id") if query.get(name)},
    )
    return stretch(*browse(current_user, shelf, window))


@operation("POST", "/learnings", body=LearningIn(), returns=SCHEMAS["learning"], status=201)
def create_learning(body):
    """State a learning."""
    space = fetch(Space, body["space_id"], "post")
    review = living(Review, body["review_id"]) if body["review_id"] else None
    learning = actions.state_learning(
        space, body.get("title") or body["claim"], actor=current_user, holds_for=body["holds_for"],
        evidence=body.get("body") or body.get("evidence", ""), advice=body["advice"], review=review,
        narrowed_to=body["narrowed_to"], review_by=body["review_by"],
        origin=actions.Ground(living(Entry, body["origin_id"]), body["origin_page"]) if body["origin_id"] else None,
    )
    return one(learning, status=201)


@operation("GET", "/learnings/<key:learning_id>", returns=SCHEMAS["learning"], etag=True)
def read_learning(learning_id):
    """One learning."""
    return one(living(Learning, learning_id))


@operation("POST", "/learnings/<key:learning_id>/trials", body=TrialIn(), returns=TrialSchema(), status=201)
def start_trial(learning_id, body):
    """Start to apply a learning somewhere else."""
    learning = living(Learning, learning_id)
    allow("comment", learning)
    space = fetch(Space, body["space_id"], "post") if body["space_id"] else None
    trial = actions.apply_learning(
        learning, body["where"], actor=current_user, adaptation=body["adaptation"], space=space, due_on=body["due_on"],
    )
    db.session.flush()
    return trial


@operation("PATCH", "/trials/<key:trial_id>", body=TrialResultIn(), returns=TrialSchema())
def end_trial(trial_id, body):
    """Report what came of one's own trial; may be corrected later."""
    trial = fetch(Trial, trial_id)
    if trial.learning.is_deleted:
        abort(404)
    if trial.person_id != current_user.id:
        abort(403)
    return actions.end_trial(trial, body["result"], actor=current_user, note=body["note"], lift=body["lift"])
