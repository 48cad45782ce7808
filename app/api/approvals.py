"""Approvals of the versions of an asset: asking, answering, withdrawing, and the record."""

from flask_babel import gettext as _
from flask_login import current_user
from marshmallow import fields
from marshmallow.validate import Length
from sqlalchemy import select

from app.access import fetch, who_may_see
from app.api.fields import Input, Moment, Output, Text, key
from app.api.operation import Answer, operation, paged_query
from app.api.paging import page
from app.api.problems import Invalid, Taken
from app.api.showing import living
from app.approvals import actions
from app.approvals.models import VERDICTS, ApprovalRequest
from app.assets.models import Asset
from app.extensions import db
from app.people.models import Person, Team


class VerdictSchema(Output):
    verdict = fields.String(metadata={"enum": list(VERDICTS)})
    note = fields.String()
    by_id = fields.Integer()
    created_at = Moment()


class ApproverSchema(Output):
    """A person or a team that is asked; the last verdict counts."""

    person_id = fields.Integer(allow_none=True)
    team_id = fields.Integer(allow_none=True)
    name = fields.String()
    verdicts = fields.List(fields.Nested(VerdictSchema))


class ApprovalSchema(Output):
    id = fields.Integer()
    asset_id = fields.Integer()
    version = fields.Function(lambda request: request.version.number, metadata={"type": "integer"})
    asked_by_id = fields.Integer()
    note = fields.String()
    due_on = fields.Date(allow_none=True)
    state = fields.String(metadata={"enum": ["waiting", "changes", "approved"]})
    is_current = fields.Boolean(metadata={"description": "Whether it stands, and for the newest version."})
    approvers = fields.List(fields.Nested(ApproverSchema))
    created_at = Moment()
    withdrawn_at = Moment(allow_none=True)


class AskIn(Input):
    person_ids = fields.List(key(), load_default=list, validate=Length(max=50))
    team_ids = fields.List(key(), load_default=list, validate=Length(max=20))
    due_on = fields.Date(load_default=None, allow_none=True)
    note = Text(2000, load_default="")


class VerdictIn(Input):
    verdict = Text(choices=VERDICTS, required=True)
    note = Text(5000, load_default="", metadata={"description": "Needed with “changes”."})


@operation("GET", "/assets/<key:asset_id>/approvals", query=paged_query(), returns=ApprovalSchema(), paged=True)
def list_approvals(asset_id, query):
    """All that was ever asked of the versions of an asset and said to it, the newest first."""
    asset = living(Asset, asset_id)
    return page(select(ApprovalRequest).where(ApprovalRequest.asset_id == asset.id), ApprovalRequest.id, **query)


@operation("POST", "/assets/<key:asset_id>/approvals", body=AskIn(), returns=ApprovalSchema(), status=201)
def ask_for_approval(asset_id, body):
    """Ask people and teams to approve the newest version; where somebody is asked already, these are as well."""
    asset = fetch(Asset, asset_id, "ask_approval")
    people = [fetch(Person, each) for each in body["person_ids"]]
    if who_may_see(asset, body["person_ids"]) != {each.id for each in people}:
        raise Invalid({"person_ids": [_("Not all of them may see it.")]})
    teams = list(db.session.scalars(select(Team).where(Team.id.in_(body["team_ids"]))))
    if len(teams) != len(set(body["team_ids"])):
        raise Invalid({"team_ids": [_("There is no such team.")]})
    if not people and not teams:
        raise Invalid({"person_ids": [_("Ask somebody: a person or a team.")]})
    request = actions.ask(asset, actor=current_user, people=people, teams=teams, due_on=body["due_on"],
                          note=body["note"])
    return Answer(request, 201)


@operation("POST", "/approvals/<key:approval_id>/verdicts", body=VerdictIn(), returns=ApprovalSchema(), status=201,
           also=(409,))
def answer_approval(approval_id, body):
    """Answer, for oneself and one's team; a later answer follows the earlier one."""
    request = fetch(ApprovalRequest, approval_id, "answer")
    try:
        actions.answer(request, body["verdict"], actor=current_user, note=body["note"])
    except actions.NoteMissing:
        raise Invalid({"note": [_("Say what should change.")]}) from None
    except actions.NotAsked:
        raise Taken(_("There is a newer version, or nobody is asked any more.")) from None
    return Answer(request, 201)


@operation("DELETE", "/approvals/<key:approval_id>", status=204, also=(409,))
def withdraw_approval(approval_id):
    """Ask no longer; what was said stays on record."""
    try:
        actions.withdraw(fetch(ApprovalRequest, approval_id, "withdraw"), actor=current_user)
    except actions.NotAsked:
        raise Taken(_("There is a newer version, or nobody is asked any more.")) from None
