"""What a project can begin with: from a template, or the structure of a project that is there, without its content."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from app.decisions.models import Decision
from app.extensions import db
from app.spaces.models import Space
from app.tasks.board import SHOWN
from app.tasks.models import Milestone, Task

DUTY = "duty"
"""The key of what whoever starts it is said to do."""
USUAL_LENGTH = 60
"""Days that a project without an end lasts where its template says nothing."""


@dataclass(frozen=True)
class Offset:
    """So many days after the start of a project, or after its end; before it when negative."""

    days: int
    from_end: bool = False

    def on(self, starts: date, ends: date) -> date:
        """The day it comes to; where there is less time than usual, not before the start."""
        return max(starts, ends + timedelta(days=self.days)) if self.from_end else starts + timedelta(days=self.days)

    def __str__(self) -> str:
        count = abs(self.days)
        if not count:
            return _("on the last day") if self.from_end else _("on the first day")
        if self.days < 0:
            return (ngettext("%(num)s day before the end", "%(num)s days before the end", count) if self.from_end
                    else ngettext("%(num)s day before the start", "%(num)s days before the start", count))
        return (ngettext("%(num)s day after the end", "%(num)s days after the end", count) if self.from_end
                else ngettext("%(num)s day after the start", "%(num)s days after the start", count))


@dataclass(frozen=True)
class Item:
    """One thing that will be made. `key` names it for who does not want it; `of` is the key of its milestone."""

    kind: str
    key: str
    text: object
    when: Offset | None = None
    body: object = ""
    options: tuple = ()
    of: str | None = None


@dataclass(frozen=True)
class Plan:
    """A `brief` to be filled in, `items` that will be made, and the `duty` of who starts it. `length` in days."""

    name: object
    brief: object = ""
    items: tuple[Item, ...] = ()
    duty: object = ""
    about: object = ""
    length: int = USUAL_LENGTH
    counts_from_end: bool = False

    def of_kind(self, kind: str) -> list[Item]:
        return [each for each in self.items if each.kind == kind]

    @property
    def keys(self) -> set[str]:
        """Everything it would make."""
        return {each.key for each in self.items} | ({DUTY} if self.duty else set())

    def bounds(self, starts: date | None, ends: date | None, today: date) -> tuple[date, date]:
        """First and last day; what nobody said follows from the other, or from today."""
        length = timedelta(days=self.length)
        starts = starts or (ends - length if ends and self.counts_from_end else today)
        return starts, ends or starts + length


def like(space: Space) -> Plan:
    """The structure of a project: the headings of its brief, its milestones, its tasks without their owners and what
    was asked in its decisions, at the same distances of time. For who may read it. Three statements.
    """
    project = space.project
    milestones = list(db.session.scalars(
        select(Milestone).where(Milestone.space_id == space.id).order_by(Milestone.due_on).limit(SHOWN)))
    tasks = list(db.session.scalars(
        select(Task).where(Task.space_id == space.id, Task.deleted_at.is_(None))
        .order_by(Task.due_on.is_(None), Task.due_on, Task.id).limit(SHOWN)))
    asked = list(db.session.scalars(select(Decision).where(
        Decision.space_id == space.id, Decision.deleted_at.is_(None), Decision.superseded_by_id.is_(None)
    ).order_by(Decision.id).limit(SHOWN)))
    days = [each.due_on for each in (*milestones, *tasks) if each.due_on]
    first = project.starts_on or min(days, default=space.created_at.date())

    def after(day: date | None) -> Offset | None:
        return Offset((day - first).days) if day else None

    items = [
        *(Item("milestone", f"milestone-{each.id}", each.name, after(each.due_on)) for each in milestones),
        *(Item("task", f"task-{each.id}", each.title, after(each.due_on), body=each.body,
               of=f"milestone-{each.milestone_id}" if each.milestone_id else None) for each in tasks),
        *(Item("question", f"question-{each.id}", each.title, after(each.needed_by or each.decided_on),
               options=tuple(each.options)) for each in asked),
    ]
    length = (project.ends_on - first).days if project.ends_on else USUAL_LENGTH
    return Plan(space.name, headings(project.brief), tuple(items), length=max(length, 0))


def headings(brief: str) -> str:
    """The headings of a Markdown text alone."""
    return "\n\n".join(re.findall(r"^#{1,6} .+$", brief, re.MULTILINE))
