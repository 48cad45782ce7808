"""The plans of the demo company's projects: briefs, who does what, milestones, tasks, what waits to be decided, pins.

In `content/plans.md` days count from today. Milestones: "key: day: name". Tasks: "state | what | who | day | milestone
| entry it came from". Questions: "question | options, with / | who decides | day | entry".
"""

from datetime import UTC, date, datetime, time, timedelta

from app.decisions.actions import decide
from app.demo.script import Block, scenes
from app.demo.stage import Stage
from app.entries.pinning import pin
from app.entries.resolving import resolve
from app.people.models import Person
from app.projects.actions import change_project
from app.spaces.actions import set_duty
from app.spaces.models import Space
from app.tasks.actions import add_milestone, add_task, move, reach
from app.tasks.models import Milestone

WEEK = timedelta(days=7)
AFTERNOON = time(14, 20, tzinfo=UTC)
LATELY, BEGUN, ASKED, SETTLED, PINNED = "-9 09:30", "-3 08:40", "-7 10:10", "-22 15:00", "-5 11:00"


def add(stage: Stage) -> None:
    """Schedule the plan of every project: written down at once, then done day by day."""
    for scene in scenes("plans"):
        Plan(stage, scene.root).schedule()


def _table(part: str) -> list[list[str]]:
    return [[each.strip() for each in line.split("|")] for line in part.splitlines()]


class Plan:
    """One project's plan; the milestones it has made so far, by the keys that the content gives them."""

    def __init__(self, stage: Stage, block: Block) -> None:
        self.stage, self.block = stage, block
        self.milestones: dict[str, Milestone] = {}

    def schedule(self) -> None:
        """Everything, at its time."""
        moment, parts = self.stage.calendar.moment, self.block.parts
        written = moment(self.block.fields["at"])
        self.stage.schedule(written, self._describe)
        for line in parts["milestones"].splitlines():
            self._milestone(written, *(each.strip() for each in line.split(":", 2)))
        for number, row in enumerate(_table(parts["tasks"]), start=1):
            # What came of a thread was written down once that was there, and what is still open, lately.
            first = moment(LATELY) if row[0] != "done" else written
            if row[0] == "done" and row[5]:
                first = self._afternoon(self._day(row[3]) - WEEK)
            self._task(first + timedelta(minutes=7 * number), *row)
        for row in _table(parts.get("questions", "")):
            self.stage.schedule(moment(ASKED), lambda row=row: self._ask(*row))
        self.stage.schedule(moment(SETTLED), lambda: self._each("settled", resolve))
        self.stage.schedule(moment(PINNED), lambda: self._each("pins", pin))

    @property
    def space(self) -> Space:
        return self.stage.spaces[self.block.fields["in"]]

    @property
    def lead(self) -> Person:
        return self.stage.people[self.block.by]

    def _day(self, offset: str) -> date:
        return self.stage.calendar.end.date() + timedelta(days=int(offset))

    def _afternoon(self, day: date) -> datetime:
        return min(datetime.combine(day, AFTERNOON), self.stage.calendar.end)

    def _describe(self) -> None:
        change_project(self.space.project, brief=self.block.text)
        duties = dict(line.split(": ", 1) for line in self.block.parts["duties"].splitlines())
        for standing in self.space.memberships:
            set_duty(standing, duties.get(standing.person.handle, standing.duty))

    def _milestone(self, written: datetime, key: str, day: str, name: str) -> None:
        def write() -> None:
            self.milestones[key] = add_milestone(self.space, name, self._day(day), actor=self.lead)

        self.stage.schedule(written, write)
        if int(day) < 0:
            self.stage.schedule(self._afternoon(self._day(day)), lambda: reach(self.milestones[key], actor=self.lead))

    def _task(self, written: datetime, state: str, what: str, who: str, day: str, milestone: str, about: str) -> None:
        """Begun a few days ago, or done the afternoon before it was due."""
        made, owner = [], self.stage.people.get(who)
        self.stage.schedule(written, lambda: made.append(add_task(
            self.space, what, actor=self.lead, owner=owner, due_on=self._day(day),
            about=self.stage.entries.get(about), milestone=self.milestones.get(milestone))))
        if state != "open":
            begun = self.stage.calendar.moment(BEGUN)
            ends = begun if state == "doing" else self._afternoon(self._day(day) - timedelta(days=1))
            self.stage.schedule(ends, lambda: move(made[0], state, actor=owner or self.lead))

    def _ask(self, question: str, options: str, who: str, day: str, about: str) -> None:
        decide(self.space, question, actor=self.lead, options=[each.strip() for each in options.split("/")],
               deciders=[self.stage.people[each] for each in who.split()], needed_by=self._day(day),
               about=self.stage.entries[about])

    def _each(self, field: str, action) -> None:
        for name in self.block.fields[field].split():
            action(self.stage.entries[name], actor=self.lead)
