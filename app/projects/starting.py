"""Filling a new project by a plan. An action: it takes its actor and never commits."""

from app.decisions.actions import decide
from app.entries.actions import post
from app.people.days import today_for
from app.people.models import Person
from app.projects.models import Project
from app.projects.plans import DUTY, Plan
from app.spaces.actions import set_duty
from app.tasks.actions import add_milestone, add_task


def fill(project: Project, plan: Plan, *, actor: Person, keep: set[str] | None = None) -> None:
    """Make the milestones, tasks, open questions and discussions of a plan; with `keep` only those with these keys."""
    space = project.space
    starts, ends = plan.bounds(project.starts_on, project.ends_on, today_for(actor))
    wanted = [each for each in plan.items if keep is None or each.key in keep]

    def day(item):
        return item.when.on(starts, ends) if item.when else None

    milestones = {each.key: add_milestone(space, str(each.text), day(each) or ends, actor=actor)
                  for each in wanted if each.kind == "milestone"}
    for each in wanted:
        if each.kind == "task":
            add_task(space, str(each.text), actor=actor, body=str(each.body), due_on=day(each),
                     milestone=milestones.get(each.of))
        elif each.kind == "question":
            decide(space, str(each.text), actor=actor, options=[str(option) for option in each.options],
                   needed_by=day(each))
        elif each.kind == "discussion":
            post(space, str(each.body), actor=actor, title=str(each.text))
    if plan.duty and (keep is None or DUTY in keep):
        set_duty(next(each for each in space.memberships if each.person_id == actor.id), str(plan.duty))
