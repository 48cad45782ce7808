"""Learnings and their trials."""

from flask import abort
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from marshmallow import validates_schema

from app.access import allow, fetch
from app.api.entry_schemas import SCHEMAS, TrialSchema
from app.api.fields import Input, Number, Text, Wrong, key
from app.api.operation import PlainQuery, operation, paged_query
from app.api.showing import living, one, stretch
from app.entries.models import TITLE_LENGTH
from app.extensions import db
from app.feed import streams
from app.learnings import actions
from app.learnings.models import RESULTS, Learning, Trial
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
    holds_for = Text(300, load_default="", metadata={"description": "Channel, region, segment."})
    advice = Text(4000, load_default="")
    review_id = key(allow_none=True, load_default=None)

    @validates_schema(skip_on_field_errors=True)
    def check_title(self, data, **_named) -> None:
        if "title" not in data and "claim" not in data:
            raise Wrong(_l("State what was learned."), "title")


class LearningQuery(PlainQuery):
    space_id = key(written=True)
    review_id = key(written=True)


class TrialIn(Input):
    where = Text(200, needed=True, metadata={"description": "Market and campaign: DACH, spring webinar."})
    adaptation = Text(4000, load_default="")


class TrialResultIn(Input):
    result = Text(choices=RESULTS, required=True)
    note = Text(4000, load_default="")
    lift = Number(-1000, 100_000, allow_none=True, load_default=None, metadata={"description": "In per cent."})


@operation("GET", "/learnings", query=paged_query(LearningQuery), returns=SCHEMAS["learning"], paged=True)
def list_learnings(query):
    """Learnings I may see, newest first, each with its trials."""
    window = streams.Window(before=query.pop("cursor"), limit=query.pop("limit"))
    conditions = [getattr(Learning, name) == value for name, value in query.items()]
    return stretch(*streams.of_kind(current_user, Learning, window, *conditions))


@operation("POST", "/learnings", body=LearningIn(), returns=SCHEMAS["learning"], status=201)
def create_learning(body):
    """State a learning."""
    space = fetch(Space, body["space_id"], "post")
    review = living(Review, body["review_id"]) if body["review_id"] else None
    learning = actions.state_learning(
        space, body.get("title") or body["claim"], actor=current_user, holds_for=body["holds_for"],
        evidence=body.get("body") or body.get("evidence", ""), advice=body["advice"], review=review,
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
    trial = actions.apply_learning(learning, body["where"], actor=current_user, adaptation=body["adaptation"])
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
