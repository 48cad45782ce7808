"""Milestones: the days by which something of a space has to be there."""

from flask_login import current_user
from marshmallow import fields

from app.access import fetch, visible
from app.api.fields import Day, Input, Moment, Output, Text, key
from app.api.operation import Answer, PlainQuery, operation, paged_query
from app.api.paging import page
from app.extensions import db
from app.spaces.models import Space
from app.tasks import actions
from app.tasks.models import NAME_LENGTH, Milestone


class MilestoneSchema(Output):
    id = fields.Integer()
    space_id = fields.Integer()
    name = fields.String()
    due_on = fields.Date()
    reached_at = Moment(allow_none=True)
    created_at = Moment()


class MilestoneFields(Input):
    """What of a milestone can be changed."""

    name = Text(NAME_LENGTH, needed=True, required=False)
    due_on = Day()
    reached = fields.Boolean()


class MilestoneIn(Input):
    space_id = key(required=True)
    name = Text(NAME_LENGTH, needed=True)
    due_on = Day(required=True)


class MilestoneQuery(PlainQuery):
    space_id = key(load_default=None, written=True)


@operation("GET", "/milestones", query=paged_query(MilestoneQuery), returns=MilestoneSchema(), paged=True)
def list_milestones(query):
    """The milestones of the spaces I may read, or of one of them, the newest first."""
    found, space_id = visible(current_user, Milestone), query.pop("space_id")
    return page(found.where(Milestone.space_id == space_id) if space_id else found, Milestone.id,
                **query)


@operation("POST", "/milestones", body=MilestoneIn(), returns=MilestoneSchema(), status=201)
def create_milestone(body):
    """Add a milestone. Whoever may post in the space."""
    space = fetch(Space, body["space_id"], "work")
    made = actions.add_milestone(space, body["name"], body["due_on"], actor=current_user)
    return Answer(made, 201)


@operation("PATCH", "/milestones/<key:milestone_id>", body=MilestoneFields(), returns=MilestoneSchema())
def edit_milestone(milestone_id, body):
    """Change its name or day, or say that it is reached, or that it is not after all."""
    milestone, reached = fetch(Milestone, milestone_id, "work"), body.pop("reached", None)
    actions.change_milestone(milestone, actor=current_user, **body)
    if reached is not None:
        actions.reach(milestone, actor=current_user, is_reached=reached)
    db.session.flush()
    return milestone


@operation("DELETE", "/milestones/<key:milestone_id>", status=204)
def delete_milestone(milestone_id):
    """It is none any more; its tasks stay."""
    actions.remove_milestone(fetch(Milestone, milestone_id, "work"), actor=current_user)
