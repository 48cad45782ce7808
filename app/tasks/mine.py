"""The tasks of a person wherever they are: what is theirs by day, and what they gave away."""

from datetime import date, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.access import readable_spaces, visible
from app.extensions import db
from app.people.models import Person
from app.spaces.models import Membership, Space
from app.tasks.models import Milestone, Task

SHOWN = 200
PARTS = ("late", "week", "later", "undated")


def open_of(person: Person) -> Select:
    """What `person` has to do, in spaces that are alive and as far as they may still see it."""
    return _alive(visible(person, Task)).where(Task.owner_id == person.id)


def _alive(query: Select) -> Select:
    return query.join(Space, Space.id == Task.space_id).where(
        Space.archived_at.is_(None), Task.deleted_at.is_(None), Task.state != "done")


def _shown(query: Select) -> list[Task]:
    query = query.options(joinedload(Task.owner), joinedload(Task.space), joinedload(Task.milestone))
    return list(db.session.scalars(query.order_by(Task.due_on.is_(None), Task.due_on, Task.id).limit(SHOWN)))


def mine(person: Person) -> list[Task]:
    """What is theirs, by day."""
    return _shown(open_of(person))


def given(person: Person) -> list[Task]:
    """What they wrote down and somebody else is to do."""
    return _shown(_alive(visible(person, Task)).where(Task.author_id == person.id, Task.owner_id != person.id))


def by_day(tasks: list[Task], today: date) -> dict[str, list[Task]]:
    """Late, until the end of this week (Sunday), later, and without a day; what is empty is left out."""
    sunday = today + timedelta(days=6 - today.weekday())
    parts: dict[str, list[Task]] = {part: [] for part in PARTS}
    for task in tasks:
        day = task.due_on
        part = "undated" if day is None else "late" if day < today else "week" if day <= sunday else "later"
        parts[part].append(task)
    return {part: some for part, some in parts.items() if some}


def milestones_of(person: Person) -> list[Milestone]:
    """What is still to be reached in the spaces they belong to and may read."""
    query = select(Milestone).join(Membership, Membership.space_id == Milestone.space_id).join(Milestone.space).where(
        Membership.person_id == person.id, Milestone.reached_at.is_(None), Space.archived_at.is_(None),
        Milestone.space_id.in_(readable_spaces(person))).options(joinedload(Milestone.space))
    return list(db.session.scalars(query.order_by(Milestone.due_on, Milestone.id).limit(SHOWN)))
