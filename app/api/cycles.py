"""Review cycles: who owes a review of which programme, by when, and how far they are."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from marshmallow import fields, validates_schema
from marshmallow.validate import Length
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.access import fetch, visible, who_may_read
from app.api.fields import Day, Input, Moment, Output, Text, Wrong, key
from app.api.operation import Answer, PlainQuery, operation, paged_query
from app.api.paging import page
from app.api.problems import Invalid
from app.cycles import actions
from app.cycles.board import STATES, board, boards
from app.cycles.forms import LATEST, MOST
from app.cycles.models import ReviewCycle
from app.extensions import db
from app.people.days import today_for
from app.people.models import Person
from app.reviews.models import QUARTER
from app.spaces.models import Space
from app.web import Page


class OwedIn(Input):
    """The review of a programme, in a region or (left out) all, and who owes it."""

    programme = Text(120, needed=True)
    region = Text(60, load_default="")
    owner_id = key(required=True)


class CycleFields(Input):
    """What of a cycle can be given and changed."""

    due_on = Day()
    closes_on = Day(metadata={"description": "Until when its reviews take questions."})
    owed = fields.List(fields.Nested(OwedIn), validate=Length(1, MOST))
    reviewer_ids = fields.List(key(), validate=Length(max=100), metadata={"description": "Who reads and asks."})

    @validates_schema(skip_on_field_errors=True)
    def check_days(self, data, **_named) -> None:
        if data.get("due_on") and data.get("closes_on") and data["closes_on"] < data["due_on"]:
            raise Wrong(_l("Questions cannot end before the reviews are due."), "closes_on")
        for name in ("due_on", "closes_on"):
            if data.get(name) and data[name] > LATEST:
                raise Wrong(_l("This is too far away."), name)


class CycleIn(CycleFields):
    """A new cycle."""

    space_id = key(required=True)
    quarter = Text(7, pattern=QUARTER, required=True)
    due_on = Day(required=True)
    closes_on = Day(required=True)
    owed = fields.List(fields.Nested(OwedIn), required=True, validate=Length(1, MOST))


class OwedSchema(Output):
    id = fields.Integer(attribute="owed.id")
    programme = fields.String(attribute="owed.programme")
    region = fields.String(attribute="owed.region")
    owner_id = fields.Integer(attribute="owed.owner_id")
    state = fields.String(metadata={"enum": list(STATES)})
    review_id = fields.Integer(attribute="review.id", dump_default=None, allow_none=True, metadata={
        "description": "The review, if it is posted and you may see it."})
    posted_at = Moment(attribute="owed.posted_at", allow_none=True)


class CycleSchema(Output):
    id = fields.Integer(attribute="cycle.id")
    space_id = fields.Integer(attribute="cycle.space_id")
    quarter = fields.String(attribute="cycle.quarter")
    due_on = fields.Date(attribute="cycle.due_on")
    closes_on = fields.Date(attribute="cycle.closes_on")
    url = fields.String(attribute="cycle.url")
    created_at = Moment(attribute="cycle.created_at")
    reviewer_ids = fields.Function(lambda found: [each.id for each in found.cycle.reviewers], metadata={
        "type": "array", "items": {"type": "integer"}})
    owed = fields.List(fields.Nested(OwedSchema), attribute="lines")


def _shown(cycle: ReviewCycle):
    return board(current_user, cycle, today_for(current_user))


def _people(ids: list[int], name: str, space: Space, present: Iterable[Person] = ()) -> dict[int, Person]:
    """The colleagues with these ids who may read the space, or are in the cycle already. Raises Invalid."""
    reading = who_may_read(space, ids)
    wanted = select(Person).where(Person.id.in_(reading), Person.role != "guest")
    found = {each.id: each for each in (*present, *db.session.scalars(wanted))}
    if set(ids) - set(found):
        raise Invalid({name: [_("No colleague who can see this space has this id.")]})
    return {key: found[key] for key in ids}


def _read(body: dict, space: Space, cycle: ReviewCycle | None = None) -> dict:
    """`owed` and `reviewer_ids` as the actions take them."""
    present = [each.owner for each in cycle.owed] if cycle else []
    owners = _people([each["owner_id"] for each in body["owed"]], "owed", space, present)
    rows = [actions.Owed(each["programme"].strip(), each["region"].strip(), owners[each["owner_id"]])
            for each in body["owed"]]
    reviewers = _people(body.get("reviewer_ids", []), "reviewer_ids", space, cycle.reviewers if cycle else ())
    return {"due_on": body["due_on"], "closes_on": body["closes_on"], "owed": {row.key: row for row in rows}.values(),
            "reviewers": list(reviewers.values())}


@operation("GET", "/cycles", query=paged_query(PlainQuery), returns=CycleSchema(), paged=True)
def list_cycles(query):
    """The cycles I may see, the latest first."""
    ids = visible(current_user, ReviewCycle).with_only_columns(ReviewCycle.id)
    found = page(ids, ReviewCycle.id, **query)
    loaded = select(ReviewCycle).where(ReviewCycle.id.in_(found.items)).options(selectinload(ReviewCycle.reviewers))
    cycles = {each.id: each for each in db.session.scalars(loaded)}
    shown = boards(current_user, [cycles[key] for key in found.items], today_for(current_user))
    return Page(shown, found.next)


@operation("POST", "/cycles", body=CycleIn(), returns=CycleSchema(), status=201)
def start_cycle(body):
    """Ask for the reviews of a quarter; who manages the space may. Everybody who owes one is told."""
    space = fetch(Space, body["space_id"], "manage")
    try:
        cycle = actions.start_cycle(space, body["quarter"], actor=current_user, **_read(body, space))
    except actions.AlreadyThere:
        raise Invalid({"quarter": [_("%(space)s has a cycle for this quarter.", space=space.name)]}) from None
    return Answer(_shown(cycle), 201, location=f"/api/v1/cycles/{cycle.id}")


@operation("GET", "/cycles/<key:cycle_id>", returns=CycleSchema())
def read_cycle(cycle_id):
    """One cycle with its board."""
    return _shown(fetch(ReviewCycle, cycle_id))


@operation("PATCH", "/cycles/<key:cycle_id>", body=CycleFields(), returns=CycleSchema())
def change_cycle(cycle_id, body):
    """Change its days, what is owed or who reviews. What was begun or posted for what stays owed stays with it."""
    cycle = fetch(ReviewCycle, cycle_id, "manage")
    present = {
        "due_on": cycle.due_on, "closes_on": cycle.closes_on, "reviewer_ids": [each.id for each in cycle.reviewers],
        "owed": [{"programme": each.programme, "region": each.region, "owner_id": each.owner_id}
                 for each in cycle.owed],
    }
    changed = present | body
    if changed["closes_on"] < changed["due_on"]:
        raise Invalid({"closes_on": [_("Questions cannot end before the reviews are due.")]})
    actions.change_cycle(cycle, actor=current_user, **_read(changed, cycle.space, cycle))
    return _shown(cycle)


@operation("POST", "/cycles/<key:cycle_id>/next", returns=CycleSchema(), status=201, also=(422,))
def start_next_cycle(cycle_id):
    """The same for the quarter after."""
    try:
        cycle = actions.start_next(fetch(ReviewCycle, cycle_id, "manage"), actor=current_user)
    except actions.AlreadyThere:
        raise Invalid({"cycle_id": [_("The next quarter has a cycle already.")]}) from None
    return Answer(_shown(cycle), 201, location=f"/api/v1/cycles/{cycle.id}")
