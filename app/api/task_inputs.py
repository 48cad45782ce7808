"""From the ids that a caller sends to whom and what a task is for."""

from app.access import fetch
from app.api.problems import Invalid
from app.people.models import Person
from app.tasks.actions import Unfit, change_task
from app.tasks.models import Milestone, Task

NAMED = {"owner_id": ("owner", Person), "milestone_id": ("milestone", Milestone)}


def things(sent: dict) -> dict:
    """The fields with the things that ids name, for who may see them; else 404."""
    found = {}
    for name, value in sent.items():
        field, model = NAMED.get(name, (name, None))
        found[field] = fetch(model, value) if model and value is not None else value
    return found


def unfit(error: Unfit) -> Invalid:
    """The problem of a task that cannot be as it was asked for, beside the field that was sent."""
    return Invalid({f"{error.field}_id": [str(error)]})


def change_task_by_ids(task: Task, *, actor: Person, **sent) -> Task:
    """Change a task as a caller tells it. Raises Invalid."""
    try:
        return change_task(task, actor=actor, **things(sent))
    except Unfit as error:
        raise unfit(error) from None
