"""Commitments of reviews: what was said before, what came of it, and carrying it into the next review."""

from datetime import date

from flask import abort
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from marshmallow import validates_schema

from app.access import allow, fetch
from app.api.entry_schemas import CommitmentSchema
from app.api.fields import Day, Input, Text, Wrong, key
from app.api.operation import Answer, PlainQuery, operation, paged_query
from app.api.problems import Invalid
from app.api.showing import living
from app.people.days import today_for
from app.reviews import commitments
from app.reviews.commitment_models import OUTCOMES, Commitment
from app.reviews.models import Review
from app.reviews.said import said_for
from app.web import Page

MOST = 4000


class OutcomeIn(Input):
    """What came of a commitment."""

    outcome = Text(choices=[each for each in OUTCOMES if each != "carried"], required=True, allow_none=True, metadata={
        "description": "null: it is open again."})
    did = Text(MOST, load_default="", metadata={"description": "What happened."})
    reason = Text(MOST, load_default="", metadata={"description": "Why it is dropped; needed then."})
    done_on = Day(allow_none=True, load_default=None, metadata={"description": "Left out: today."})
    told_in_id = key(load_default=None, metadata={
        "description": "The later review in which it is told, for who may change that one."})

    @validates_schema(skip_on_field_errors=True)
    def check(self, data, **_named) -> None:
        if data["outcome"] == "dropped" and not data["reason"].strip():
            raise Wrong(_l("Say why it is dropped."), "reason")
        if (data["done_on"] or date.min) > today_for(current_user):
            raise Wrong(_l("This day is yet to come."), "done_on")
        if data["outcome"] is None and data["told_in_id"]:
            raise Wrong(_l("It is opened again where it was said, in no later review."), "told_in_id")


class CarryIn(Input):
    commitment_id = key(required=True)
    due_on = Day(allow_none=True, load_default=None, metadata={"description": "Left out: the day it had."})
    did = Text(MOST, load_default="", metadata={"description": "What happened so far."})


def _open_one(review: Review, commitment_id: int, field: str) -> Commitment:
    """One of those that a review opens with, for who may write where it was said: else 404, 403. 422 once settled."""
    found = next((each for each in said_for(current_user, review) if each.id == commitment_id), None) or abort(404)
    allow("comment", found.review)
    if not found.is_open:
        raise Invalid({field: [_("It is settled or carried over already.")]})
    return found


@operation("GET", "/reviews/<key:review_id>/said", query=paged_query(PlainQuery), returns=CommitmentSchema(),
           paged=True)
def list_said(review_id, query):
    """What a review opens with: what was said of its programme the quarter before, and what is owed for longer."""
    review = living(Review, review_id)
    found = sorted(said_for(current_user, review), key=lambda each: -each.id)
    found = [each for each in found if query["cursor"] is None or each.id < query["cursor"]]
    shown = found[:query["limit"]]
    return Page(shown, shown[-1].id if len(found) > len(shown) else None)


@operation("POST", "/reviews/<key:review_id>/carried", body=CarryIn(), returns=CommitmentSchema(), status=201)
def carry_commitment(review_id, body):
    """Carry one of those that a review opens with over into it; the answer is the new commitment."""
    review = fetch(Review, review_id, "edit")
    commitment = _open_one(review, body["commitment_id"], "commitment_id")
    try:
        again = commitments.carry(commitment, review, actor=current_user, due_on=body["due_on"], did=body["did"])
    except (commitments.IsCarried, commitments.IsSettled):
        raise Invalid({"commitment_id": [_("It is settled or carried over already.")]}) from None
    except commitments.CannotOwe as error:
        raise Invalid({"commitment_id": [str(error)]}) from None
    return Answer(again, 201, location=f"/api/v1/reviews/{review.id}")


@operation("PATCH", "/commitments/<key:commitment_id>", body=OutcomeIn(), returns=CommitmentSchema())
def settle_commitment(commitment_id, body):
    """Tell what came of a commitment: for who owes it, and for the author of its review. May be corrected.

    An open one with `told_in_id` also for the author of a later review that opens with it, who may comment on its own.
    """
    told_in = fetch(Review, body["told_in_id"], "edit") if body["told_in_id"] else None
    commitment = (_open_one(told_in, commitment_id, "told_in_id") if told_in
                  else fetch(Commitment, commitment_id, "settle"))
    try:
        if body["outcome"] is None:
            commitments.reopen(commitment, actor=current_user)
        else:
            commitments.settle(commitment, body["outcome"], actor=current_user, told_in=told_in, did=body["did"],
                               reason=body["reason"], done_on=body["done_on"])
    except commitments.IsCarried:
        raise Invalid({"outcome": [_("It was carried over: what came of it is told there.")]}) from None
    except commitments.IsSettled:
        raise Invalid({"told_in_id": [_("It is settled or carried over already.")]}) from None
    return commitment
