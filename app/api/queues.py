"""Queues of hand-offs, how quickly they are answered, and why they may be declined. Not for guests."""

from flask import abort
from flask_babel import gettext as _
from flask_login import current_user
from marshmallow import fields
from marshmallow.validate import Length

from app.access import fetch, visible
from app.accounts.models import TIERS
from app.api.fields import Day, Input, Output, Text, Whole, key
from app.api.handoff_inputs import refused
from app.api.operation import Answer, operation, paged_query
from app.api.paging import page
from app.api.problems import Invalid, Taken
from app.extensions import db
from app.handoffs import levels, queue_actions
from app.handoffs.actions import Unfit
from app.handoffs.queue_forms import MOST_HOLIDAYS, MOST_REASONS
from app.handoffs.queue_models import NAME_LENGTH, REASON_LENGTH, Queue, leads
from app.people.models import Person, Team
from app.presentation import known_timezones


class QueueFields(Input):
    """What of a queue can be changed. Clocks that run already keep the hours they were started in."""

    name = Text(NAME_LENGTH, needed=True, required=False)
    team_id = key(allow_none=True, metadata={"description": "The team whose queue it is: all of it takes out of it."})
    person_ids = fields.List(key(), validate=Length(max=100), metadata={"description": "Who else takes out of it."})
    leader_ids = fields.List(key(), validate=Length(max=20), metadata={"description": "Who leads it."})
    timezone = Text(60)
    days = fields.List(Whole(0, 6), validate=Length(1, 7), metadata={"description": "Working days; 0 is Monday."})
    opens = Whole(0, 1439, metadata={"description": "Minutes from midnight."})
    closes = Whole(1, 1440)
    holidays = fields.List(Day(), validate=Length(max=MOST_HOLIDAYS))


class QueueIn(QueueFields):
    name = Text(NAME_LENGTH, needed=True)


class QueueSchema(Output):
    id = fields.Integer()
    name = fields.String()
    team_id = fields.Integer(allow_none=True)
    person_ids = fields.Function(lambda queue: [each.person_id for each in queue.seats], metadata={
        "type": "array", "items": {"type": "integer"}, "description": "Besides the people of its team."})
    leader_ids = fields.Function(lambda queue: [each.person_id for each in queue.seats if each.leads], metadata={
        "type": "array", "items": {"type": "integer"}})
    timezone = fields.String()
    days = fields.Function(lambda queue: [int(each) for each in queue.days], metadata={
        "type": "array", "items": {"type": "integer"}})
    opens = fields.Integer()
    closes = fields.Integer()
    holidays = fields.List(fields.String())


class LevelIn(Input):
    answer_minutes = Whole(1, 60_000, required=True, metadata={"description": "Working time until sales answers."})
    outcome_days = Whole(1, 365, required=True, metadata={
        "description": "Working days from accepting until sales says what came of it."})


class LevelSchema(Output):
    tier = fields.String(metadata={"enum": list(TIERS)})
    answer_minutes = fields.Integer()
    outcome_days = fields.Integer()


class LevelsSchema(Output):
    items = fields.List(fields.Nested(LevelSchema))


class ReasonsIn(Input):
    reasons = fields.List(Text(REASON_LENGTH, needed=True), required=True, validate=Length(1, MOST_REASONS))


class ReasonsSchema(Output):
    reasons = fields.List(fields.String())


def _leading() -> None:
    if not leads(current_user):
        abort(403)


def _columns(body: dict, queue: Queue | None = None) -> dict:
    """The body as the actions take it. Raises Invalid."""
    if body.get("timezone", "UTC") not in known_timezones:
        raise Invalid({"timezone": [_("There is no such time zone. Write it like Europe/Berlin.")]})
    if body.get("team_id") and db.session.get(Team, body["team_id"]) is None:
        raise Invalid({"team_id": [_("There is no such team.")]})
    opens, closes = (body.get(name, getattr(queue, name, usual)) for name, usual in (("opens", 540), ("closes", 1020)))
    if opens >= closes:
        raise Invalid({"closes": [_("It ends before it begins.")]})
    columns = dict(body)
    for name, field in (("people", "person_ids"), ("leaders", "leader_ids")):
        if field in columns:
            columns[name] = _colleagues(field, columns.pop(field))
    if "days" in columns:
        columns["days"] = "".join(str(each) for each in sorted(set(columns["days"])))
    if "holidays" in columns:
        columns["holidays"] = sorted({each.isoformat() for each in columns["holidays"]})
    return columns


def _colleagues(field: str, ids: list[int]) -> list[Person]:
    found = list(db.session.scalars(visible(current_user, Person).where(Person.id.in_(ids), Person.role != "guest")))
    if len(found) != len(set(ids)) or not all(each.is_active for each in found):
        raise Invalid({field: [_("Not all of them are colleagues.")]})
    return found


@operation("GET", "/queues", query=paged_query(), returns=QueueSchema(), paged=True)
def list_queues(query):
    """The queues that are open, the newest first."""
    return page(visible(current_user, Queue).where(Queue.closed_at.is_(None)), Queue.id, **query)


@operation("POST", "/queues", body=QueueIn(), returns=QueueSchema(), status=201)
def create_queue(body):
    """Open a queue. Admins, and who leads one."""
    _leading()
    with refused():
        return Answer(queue_actions.open_queue(actor=current_user, **{"timezone": "UTC"} | _columns(body)), 201)


@operation("GET", "/queues/<key:queue_id>", returns=QueueSchema())
def read_queue(queue_id):
    """One queue."""
    return fetch(Queue, queue_id)


@operation("PATCH", "/queues/<key:queue_id>", body=QueueFields(), returns=QueueSchema())
def edit_queue(queue_id, body):
    """Change a queue. Admins, and who leads one."""
    queue = fetch(Queue, queue_id, "manage")
    with refused():
        return queue_actions.change_queue(queue, actor=current_user, **_columns(body, queue))


@operation("DELETE", "/queues/<key:queue_id>", status=204, also=(409,))
def close_queue(queue_id):
    """Close a queue in which nothing waits."""
    try:
        queue_actions.close_queue(fetch(Queue, queue_id, "manage"), actor=current_user)
    except Unfit as error:
        raise Taken(str(error)) from None


@operation("GET", "/handoff-levels", returns=LevelsSchema())
def list_levels():
    """How quickly sales answers, for each tier."""
    return {"items": list(levels.levels().values())}


@operation("PUT", "/handoff-levels/<tier>", body=LevelIn(), returns=LevelSchema())
def agree_on_level(tier, body):
    """Agree on a service level for what is handed over from now on."""
    if tier not in TIERS:
        abort(404)
    _leading()
    return queue_actions.agree(tier, actor=current_user, **body)


@operation("GET", "/handoff-reasons", returns=ReasonsSchema())
def list_decline_reasons():
    """Why something may be declined, in the order in which it is offered."""
    return {"reasons": levels.reasons()}


@operation("PUT", "/handoff-reasons", body=ReasonsIn(), returns=ReasonsSchema())
def offer_decline_reasons(body):
    """Offer other reasons from now on; what was declined keeps its own."""
    _leading()
    queue_actions.offer_reasons(body["reasons"], actor=current_user)
    return {"reasons": levels.reasons()}
