"""What people do with tasks and milestones. Each action takes its actor, records what happened and never commits."""

from datetime import date

from flask_babel import gettext as _
from sqlalchemy import func, select, update

from app.access import who_may_read
from app.activity.kinds import Kind
from app.activity.recording import record
from app.db import now
from app.entries.actions import edit, publish, watch
from app.entries.models import Entry
from app.entries.places import rooted_in
from app.extensions import db
from app.people.models import Person
from app.spaces.models import Space
from app.tasks import kinds
from app.tasks.models import Milestone, Task


class Unfit(ValueError):
    """A `field` of a task names what cannot be part of it; says why in the reader's language."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def add_task(
    space: Space, title: str, *, actor: Person, body: str = "", owner: Person | None = None, due_on: date | None = None,
    about: Entry | None = None, milestone: Milestone | None = None,
) -> Task:
    """Something is to be done in a space. Raises Unfit."""
    _check(space, owner, milestone)
    task = Task(space=space, title=title.strip(), body=body.strip(), owner=owner, due_on=due_on, about=about,
                milestone=milestone, state="open", position=_end_of(space.id, "open"))
    publish(task, actor=actor, kind=kinds.TaskAdded)
    if owner:
        watch(task, owner)
    return task


def change_task(
    task: Task, *, actor: Person, title: str | None = None, body: str | None = None, **fields
) -> Task:
    """Change what it says, its `owner`, its `due_on` or its `milestone`. Raises Unfit.

    How the text read before is kept; whose it is and until when may change often and leaves no "edited".
    """
    _check(task.space, fields.get("owner"), fields.get("milestone"))
    changed = {name: value for name, value in fields.items() if getattr(task, name) != value}
    for name, value in changed.items():
        setattr(task, name, value)
    if changed.keys() & {"due_on", "owner"}:
        task.reminded_on = None
    db.session.flush()
    edit(task, actor=actor, title=title, body=body)
    owner = changed.get("owner")
    if owner:
        watch(task, owner)
    if changed:
        record(kinds.TaskAssigned if owner else kinds.TaskChanged, actor=actor, entry=task, person=owner)
    return task


def _check(space: Space, owner: Person | None, milestone: Milestone | None) -> None:
    if owner is not None and not who_may_read(space, [owner.id]):
        raise Unfit("owner", _("%(name)s cannot see this place, and so can do nothing in it.", name=owner.name))
    if milestone is not None and milestone.space_id != space.id:
        raise Unfit("milestone", _("This milestone is of another space."))


def move(task: Task, state: str, *, actor: Person, before: Task | None = None) -> bool:
    """Into a column of the board, in front of another card of it or to its end; False if it stands there already."""
    changes = state != task.state
    if before is not None and (before.id == task.id or before.space_id != task.space_id or before.state != state):
        before = None
    if not changes and before is None and task.position + 1 == _end_of(task.space_id, state):
        return False
    task.position = _in_front_of(before, task) if before else _end_of(task.space_id, state)
    if changes:
        task.state, task.done_at = state, now() if state == "done" else None
    record(kinds.TaskDone if changes and state == "done" else kinds.TaskMoved, actor=actor, entry=task)
    return True


def _column(space_id: int, state: str):
    return rooted_in(space_id, Task), Task.state == state, Task.deleted_at.is_(None)


def _end_of(space_id: int, state: str) -> float:
    return (db.session.scalar(select(func.max(Task.position)).where(*_column(space_id, state))) or 0.0) + 1.0


def _in_front_of(before: Task, task: Task) -> float:
    """The middle between a card and the one above it; when no number is left between them the column is renumbered."""
    others = (*_column(before.space_id, before.state), Task.id != task.id)
    for _try in range(2):
        above = db.session.scalar(select(func.max(Task.position)).where(*others, Task.position < before.position))
        low = before.position - 2.0 if above is None else above
        middle = (low + before.position) / 2
        if low < middle < before.position:
            return middle
        ids = db.session.scalars(select(Task.id).where(*others).order_by(Task.position, Task.id)).all()
        for place, key in enumerate(ids, start=1):
            db.session.execute(update(Task).where(Task.id == key).values(position=float(place)))
        db.session.refresh(before, ["position"])
    return before.position


def add_milestone(space: Space, name: str, due_on: date, *, actor: Person) -> Milestone:
    """A day by which something has to be there."""
    milestone = Milestone(space=space, name=name.strip(), due_on=due_on)
    db.session.add(milestone)
    return _told(milestone, kinds.MilestoneAdded, actor)


def change_milestone(milestone: Milestone, *, actor: Person, **fields) -> Milestone:
    """Change its `name` or `due_on`."""
    changed = {name: value for name, value in fields.items() if getattr(milestone, name) != value}
    for name, value in changed.items():
        setattr(milestone, name, value)
    return _told(milestone, kinds.MilestoneChanged, actor) if changed else milestone


def reach(milestone: Milestone, *, actor: Person, is_reached: bool = True) -> Milestone:
    """It is there, or after all it is not. Its tasks stay as they are: some are only tidying up."""
    if milestone.is_reached == is_reached:
        return milestone
    milestone.reached_at = now() if is_reached else None
    return _told(milestone, kinds.MilestoneReached if is_reached else kinds.MilestoneChanged, actor)


def remove_milestone(milestone: Milestone, *, actor: Person) -> None:
    """It is none any more; its tasks stay and belong to none."""
    _told(milestone, kinds.MilestoneRemoved, actor)
    for task in db.session.scalars(select(Task).where(Task.milestone_id == milestone.id)):
        task.milestone = None
    db.session.delete(milestone)


def _told(milestone: Milestone, kind: type[Kind], actor: Person) -> Milestone:
    db.session.flush()
    record(kind, actor=actor, space=milestone.space, milestone_id=milestone.id, milestone=milestone.name)
    return milestone
