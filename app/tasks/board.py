"""What the tasks of a space look like: a board of columns, or a list in groups; all of it for who may read there."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from app.access import visible
from app.entries.models import Entry
from app.entries.places import rooted_in
from app.extensions import db
from app.people.days import today_for
from app.people.models import Person
from app.spaces.models import Space
from app.tasks.models import STATES, Milestone, Task

SHOWN = 300
"""So many tasks that are not done stand on a board; more are no plan any more."""
DONE_SHOWN = 12
ABOUT_SHOWN = 20


@dataclass(frozen=True)
class Wanted:
    """Which tasks: of an owner (by handle; "nobody"), of a milestone, those that are late."""

    owner: str = ""
    milestone_id: int | None = None
    late: bool = False

    @property
    def is_anything(self) -> bool:
        return bool(self.owner or self.milestone_id or self.late)

    def of(self, query: Select, reader: Person) -> Select:
        """The query, narrowed."""
        if self.owner == "nobody":
            query = query.where(Task.owner_id.is_(None))
        elif self.owner:
            query = query.where(Task.owner_id.in_(select(Person.id).where(Person.handle == self.owner)))
        if self.milestone_id:
            query = query.where(Task.milestone_id == self.milestone_id)
        return query.where(Task.due_on < today_for(reader), Task.state != "done") if self.late else query


def _of(space: Space, *conditions) -> Select:
    return select(Task).where(rooted_in(space.id, Task), Task.deleted_at.is_(None), *conditions).options(
        joinedload(Task.owner), joinedload(Task.milestone))


def columns(space: Space, wanted: Wanted, reader: Person) -> dict[str, list[Task]]:
    """The cards of each column from the top; of what is done the newest. Two statements."""
    todo = wanted.of(_of(space, Task.state != "done"), reader).order_by(Task.position, Task.id).limit(SHOWN)
    done = wanted.of(_of(space, Task.state == "done"), reader).order_by(Task.done_at.desc()).limit(DONE_SHOWN)
    found = [*db.session.scalars(todo), *db.session.scalars(done)]
    return {state: [each for each in found if each.state == state] for state in STATES}


def groups(space: Space, wanted: Wanted, reader: Person, by: str) -> list[tuple[object, list[Task]]]:
    """What is not done: what is late first ("late"), then by milestone or by owner (None: of none). One statement."""
    order = (Task.due_on.is_(None), Task.due_on, Task.position, Task.id)
    found = list(db.session.scalars(wanted.of(_of(space, Task.state != "done"), reader).order_by(*order).limit(SHOWN)))
    late = [each for each in found if each.is_late(reader)]
    grouped: dict[object, list[Task]] = defaultdict(list)
    for task in found:
        if task not in late:
            grouped[task.owner if by == "owner" else task.milestone].append(task)
    named = sorted((each for each in grouped if each), key=_by_name if by == "owner" else _by_day)
    rest = [(None, grouped[None])] if None in grouped else []
    return [*([("late", late)] if late else []), *((each, grouped[each]) for each in named), *rest]


def _by_name(person: Person) -> tuple:
    return person.name.lower(), person.id


def _by_day(milestone: Milestone) -> tuple:
    return milestone.due_on, milestone.id


@dataclass(frozen=True)
class Mark:
    """A milestone with how many of its tasks are still to be done, and how many there are."""

    milestone: Milestone
    left: int
    count: int


def marks(space_id: int) -> list[Mark]:
    """The milestones of a space by day. One statement."""
    there = (Task.milestone_id == Milestone.id) & Task.deleted_at.is_(None)
    left = func.count(Task.id).filter(Task.state != "done")
    rows = select(Milestone, left, func.count(Task.id)).outerjoin(Task, there).where(Milestone.space_id == space_id)
    ordered = rows.group_by(Milestone.id).order_by(Milestone.due_on, Milestone.id)
    return [Mark(*row) for row in db.session.execute(ordered.limit(SHOWN))]


def owners(space: Space) -> list[Person]:
    """Who owns a task in a space."""
    owning = select(Task.owner_id).where(rooted_in(space.id, Task), Task.deleted_at.is_(None))
    return list(db.session.scalars(select(Person).where(Person.id.in_(owning)).order_by(Person.name)))


def about(root: Entry, reader: Person) -> list[Task]:
    """The tasks about an entry or a comment in its thread, what is to be done first."""
    inside = select(Entry.id).where((Entry.id == root.id) | (Entry.thread_id == root.id))
    query = visible(reader, Task).where(Task.deleted_at.is_(None), Task.about_id.in_(inside))
    query = query.options(joinedload(Task.owner)).order_by(Task.state == "done", Task.id)
    return list(db.session.scalars(query.limit(ABOUT_SHOWN)))
