"""What happens to tasks and milestones besides what happens to every entry."""

from datetime import date

from flask_babel import format_date
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.access import who_may_read
from app.activity.kinds import Kind
from app.entries.kinds import Posted, watchers
from app.extensions import db
from app.spaces.models import Membership
from app.tasks.models import Task


class TaskAdded(Posted):
    """There is something to be done; whose it is should know."""

    name = "task.added"
    icon = "list-check"
    sentence = _l("%(actor)s added the task “%(title)s” in %(space)s")

    @classmethod
    def recipients(cls, activity):
        owner = activity.entry.owner_id
        return [*([(owner, "task")] if owner else []), *super().recipients(activity)]


class TaskAssigned(Kind):
    """A task is somebody's now: they should know."""

    name = "task.assigned"
    icon = "user-check"
    sentence = _l("%(actor)s gave you the task “%(title)s”")

    @classmethod
    def recipients(cls, activity):
        return [(activity.person_id, "task")]


class TaskChanged(Kind):
    """Its day, its milestone or its owner changed, and nobody new owes it."""

    name = "task.changed"
    icon = "list-check"
    sentence = _l("%(actor)s changed the task “%(title)s”")


class TaskMoved(Kind):
    """It stands elsewhere on the board: begun, put back or in another order."""

    name = "task.moved"
    icon = "columns"
    sentence = _l("%(actor)s moved the task “%(title)s”")


class TaskDone(Kind):
    """It is done: who wrote it down and who watches it should know."""

    name = "task.done"
    counts_as = "task"
    icon = "circle-check"
    sentence = _l("%(actor)s finished the task “%(title)s”")

    @classmethod
    def recipients(cls, activity):
        return [(activity.entry.author_id, "author"), *watchers(activity.entry_id, "thread")]


class TaskDue(Kind):
    """Its owner is reminded that its day comes, or is over."""

    name = "task.due"
    icon = "clock"
    sentence = _l("The task “%(title)s” is due on %(due_on)s")

    @classmethod
    def details(cls, activity):
        return activity.data | {"due_on": format_date(date.fromisoformat(activity.data["due_on"]), "d MMMM")}

    @classmethod
    def recipients(cls, activity):
        return [(activity.person_id, "due")]


class OfMilestone:
    """Stands in the space of the milestone; leads to its tasks."""

    @classmethod
    def url(cls, activity) -> str:
        return f"/spaces/{activity.space.slug}/tasks"


class MilestoneAdded(OfMilestone, Kind):
    """There is a new day to be ready for."""

    name = "milestone.added"
    icon = "calendar"
    sentence = _l("%(actor)s added the milestone “%(milestone)s” in %(space)s")


class MilestoneChanged(OfMilestone, Kind):
    """Its name or day changed, or it is not reached after all."""

    name = "milestone.changed"
    icon = "calendar"
    sentence = _l("%(actor)s changed the milestone “%(milestone)s” in %(space)s")


class MilestoneRemoved(OfMilestone, Kind):
    """It is none any more; its tasks stay."""

    name = "milestone.removed"
    icon = "calendar"
    sentence = _l("%(actor)s removed the milestone “%(milestone)s” in %(space)s")


class MilestoneReached(OfMilestone, Kind):
    """It is there: who runs the space and whoever owned a task of it should know, as far as they may read there."""

    name = "milestone.reached"
    icon = "rosette"
    sentence = _l("%(space)s has reached “%(milestone)s”")

    @classmethod
    def recipients(cls, activity):
        helped = select(Task.owner_id).where(Task.milestone_id == activity.data["milestone_id"],
                                             Task.owner_id.is_not(None), Task.deleted_at.is_(None))
        runs = select(Membership.person_id).where(Membership.space_id == activity.space_id, Membership.role == "owner")
        people = set(db.session.scalars(helped.union(runs)))
        return [(key, "milestone") for key in who_may_read(activity.space, people)]
