"""Tasks: what is to be done, by whom, until when. Reading and editing them: `/entries`."""

from flask_login import current_user
from marshmallow import fields

from app.access import fetch, visible
from app.api.entry_schemas import SCHEMAS
from app.api.fields import Day, Input, Text, key
from app.api.operation import PlainQuery, operation, paged_query
from app.api.paging import page
from app.api.showing import one, stretch
from app.api.task_inputs import things, unfit
from app.entries.forms import BODY_LENGTH
from app.entries.models import TITLE_LENGTH, Entry
from app.people.days import today_for
from app.spaces.models import Space
from app.tasks import actions
from app.tasks.models import STATES, Task


class TaskIn(Input):
    space_id = key(required=True)
    title = Text(TITLE_LENGTH, needed=True)
    body = Text(BODY_LENGTH, load_default="", metadata={"description": "More about it, in Markdown."})
    owner_id = key(load_default=None, allow_none=True, metadata={"description": "Who does it; null: to be taken."})
    due_on = Day(load_default=None, allow_none=True)
    about_id = key(load_default=None, allow_none=True, metadata={"description": "The entry it comes from."})
    milestone_id = key(load_default=None, allow_none=True)


class StateIn(Input):
    state = Text(choices=STATES, required=True)
    before_id = key(load_default=None, allow_none=True, metadata={
        "description": "The task of that column in front of which it is put; left out: its end."})


class TaskQuery(PlainQuery):
    space_id = key(load_default=None, written=True)
    state = Text(choices=STATES, load_default=None)
    mine = fields.Boolean(load_default=False, metadata={"description": "Those that I am to do."})
    overdue = fields.Boolean(load_default=False, metadata={"description": "Not done though their day is over."})


@operation("GET", "/tasks", query=paged_query(TaskQuery), returns=SCHEMAS["task"], paged=True)
def list_tasks(query):
    """The tasks I may see, newest first: all, those of a space, mine, in a state, overdue."""
    found = visible(current_user, Task).where(Task.deleted_at.is_(None))
    if space_id := query.pop("space_id"):
        found = found.where(Task.space_id == space_id)
    if state := query.pop("state"):
        found = found.where(Task.state == state)
    if query.pop("mine"):
        found = found.where(Task.owner_id == current_user.id)
    if query.pop("overdue"):
        found = found.where(Task.state != "done", Task.due_on < today_for(current_user))
    ids = page(found.with_only_columns(Task.id), Task.id, **query)
    return stretch(ids.items, ids.next)


@operation("POST", "/tasks", body=TaskIn(), returns=SCHEMAS["task"], status=201)
def create_task(body):
    """Write down what is to be done. Whoever may post in the space."""
    space = fetch(Space, body.pop("space_id"), "post")
    about_id, title = body.pop("about_id"), body.pop("title")
    about = fetch(Entry, about_id) if about_id else None
    try:
        return one(actions.add_task(space, title, actor=current_user, about=about, **things(body)), status=201)
    except actions.Unfit as error:
        raise unfit(error) from None


@operation("PUT", "/tasks/<key:task_id>/state", body=StateIn(), returns=SCHEMAS["task"])
def move_task(task_id, body):
    """Begin it, finish it, put it back; or put it elsewhere in its column."""
    task = fetch(Task, task_id, "do")
    before = fetch(Task, body["before_id"]) if body["before_id"] else None
    actions.move(task, body["state"], actor=current_user, before=before)
    return one(task)
