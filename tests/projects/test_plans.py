"""What a project begins with: a template, or the structure of another one without its content."""

from datetime import date, timedelta

import pytest

from app.api.spaces import SpaceIn
from app.decisions.actions import decide
from app.entries.actions import comment
from app.entries.models import Entry
from app.extensions import db
from app.projects.actions import change_project, start_project
from app.projects.models import Project
from app.projects.plans import Offset, headings, like
from app.projects.starting import fill
from app.projects.templates import TEMPLATES
from app.tasks.actions import add_milestone, add_task, move
from app.tasks.models import Milestone, Task

STARTS, ENDS = date(2027, 3, 1), date(2027, 6, 1)
DAY = timedelta(days=1)


def made(world, plan, **days) -> Project:
    project = start_project("New one", actor=world.otto, **days)
    fill(project, plan, actor=world.otto)
    db.session.flush()
    return project


def within(space, model) -> list:
    return list(db.session.scalars(db.select(model).where(model.space_id == space.id).order_by(model.id)))


@pytest.fixture
def finished(world) -> Project:
    """A project with a life: a brief, people, owners, talk, decisions."""
    project = world.space("project", "closed").project
    change_project(project, brief="# For whom\n\nPlants.\n\nNot a # heading\n## Limits\n\nMoney.", starts_on=STARTS,
                   ends_on=ENDS)
    space = project.space
    milestone = add_milestone(space, "Doors open", STARTS + 20 * DAY, actor=world.lena)
    task = add_task(space, "Book the hall", actor=world.lena, owner=world.jon, due_on=STARTS + 10 * DAY,
                    milestone=milestone)
    move(task, "done", actor=world.jon)
    comment(task, "Hall 5", actor=world.jon)
    add_task(space, "Tidy up", actor=world.lena)
    decide(space, "Which hall?", "Hall 5", actor=world.lena, why="Cheaper", options=["Hall 4", "Hall 5"],
           decided_on=STARTS + 2 * DAY)
    db.session.commit()
    return project


def test_like_a_project_is_its_structure_without_its_content(world, finished):
    add = timedelta(days=365)
    space = made(world, like(finished.space), starts_on=STARTS + add).space
    [milestone] = within(space, Milestone)
    first, second = within(space, Task)
    assert (milestone.name, milestone.due_on, milestone.reached_at) == ("Doors open", STARTS + 20 * DAY + add, None)
    assert (first.title, first.due_on, first.milestone) == ("Book the hall", STARTS + 10 * DAY + add, milestone)
    assert (first.state, first.owner, first.comment_count, second.due_on) == ("open", None, 0, None)
    [question] = [each for each in within(space, Entry) if each.kind == "decision"]
    assert question.is_open and question.options == ["Hall 4", "Hall 5"] and not question.body
    assert question.needed_by == STARTS + 2 * DAY + add
    assert like(finished.space).brief == "# For whom\n\n## Limits" == headings(finished.brief)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_fills_a_project_within_its_days(world, name):
    plan = TEMPLATES[name]
    space = made(world, plan, starts_on=STARTS, ends_on=ENDS).space
    tasks, milestones = within(space, Task), within(space, Milestone)
    assert len(plan.keys) == len(plan.items) + 1 and plan.brief
    assert len(tasks) == len(plan.of_kind("task")) >= 8 and len(milestones) >= 4
    assert all(each.milestone and STARTS <= each.due_on <= ENDS + 60 * DAY for each in tasks)
    assert [each.due_on for each in milestones] == sorted(each.due_on for each in milestones)
    kinds = {each.kind for each in within(space, Entry)}
    assert kinds == {"task", "decision", "post"} and space.memberships[0].duty == str(plan.duty)


def test_days_that_nobody_said_follow_from_the_others():
    webinar = TEMPLATES["webinar"]
    assert webinar.bounds(None, ENDS, STARTS) == (ENDS - webinar.length * DAY, ENDS)
    assert webinar.bounds(None, None, STARTS) == (STARTS, STARTS + webinar.length * DAY)
    assert Offset(-28, from_end=True).on(STARTS, STARTS + 3 * DAY) == STARTS
    assert Offset(-3).on(STARTS, ENDS) == STARTS - 3 * DAY


def test_the_form_shows_what_will_be_made_and_leaves_out_what_is_unticked(world, browser_of):
    otto = browser_of(world.otto)
    shown = otto.get("/projects/new?template=webinar").text
    assert "Win the speaker" in shown and "28 days before the end" in shown and "## For whom" in shown
    kept = TEMPLATES["webinar"].keys - {"task-0", "question-0", "duty"}
    fields = {"template": "webinar", "name": "Grip hour", "state": "planned", "access": "open", "make": sorted(kept),
              "brief": "Mine", "ends_on": "2027-06-01"}
    refused = otto.post("/projects/new", data=fields | {"name": ""})
    assert refused.status_code == 422
    assert 'value="task-0"> ' in refused.text and 'value="task-1" checked' in refused.text
    otto.post("/projects/new", data=fields)
    project = db.session.scalars(db.select(Project).order_by(Project.id.desc()).limit(1)).one()
    tasks = within(project.space, Task)
    assert project.brief == "Mine" and len(tasks) == 11 and "Look up what earlier" not in str([t.title for t in tasks])
    assert not project.space.memberships[0].duty
    assert "Which day and hour?" not in [each.title for each in within(project.space, Entry)]


def test_only_what_one_may_read_can_be_begun_from(world, finished, browser_of):
    otto, jon = browser_of(world.otto), browser_of(world.jon)
    assert otto.get(f"/projects/new?like={finished.space.slug}").status_code == 403
    assert finished.space.slug not in otto.get("/projects/new").text
    assert "Book the hall" in jon.get(f"/projects/new?like={finished.space.slug}").text
    assert otto.get("/projects/new?template=nonsense").status_code == 404


def test_a_project_is_begun_through_the_api(world, finished):
    assert not SpaceIn().validate({"kind": "project", "name": "New", "template": "abm"})
    assert SpaceIn().validate({"kind": "community", "name": "New", "template": "abm"})
    assert SpaceIn().validate({"kind": "project", "name": "New", "template": "abm", "like_id": 1})
