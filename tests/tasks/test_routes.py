"""Tasks without scripts: a line, the form, moving, what is mine, milestones, beside a thread, the calendar."""

from datetime import date, timedelta

import pytest
from icalendar import Calendar

from app.cycles.calendar import key_of
from app.entries.actions import comment
from app.extensions import db
from app.people.days import today_for
from app.tasks.actions import add_milestone, add_task
from app.tasks.models import Milestone, Task

FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def space(world):
    return world.space("project", "open")


@pytest.fixture
def lena(world, browser_of):
    return browser_of(world.lena)


def only(model):
    return db.session.scalars(db.select(model)).one()


def test_a_line_makes_a_task_with_who_and_when(world, space, lena):
    added = lena.post(f"/spaces/{space.slug}/tasks", data={"line": "Book the hall @jon 2026-12-15"})
    task = only(Task)
    assert added.status_code == 303 and added.location == f"/spaces/{space.slug}/tasks#task-{task.id}"
    assert (task.title, task.owner, task.due_on) == ("Book the hall", world.jon, date(2026, 12, 15))
    fresh = lena.post(f"/spaces/{space.slug}/tasks", data={"line": "Book the lorry"}, headers=FRAGMENT)
    assert fresh.status_code == 201 and "data-added" in fresh.text and 'value=""' in fresh.text


@pytest.mark.parametrize(("line", "said"), [
    ("", "Say what is to be done."), ("@jon 2026-12-15", "names only who and when"),
    ("Book the hall @nobody", "Nobody who can see this place is called @nobody."),
    ("Book the hall 2026-02-30", "No calendar has the day"),
])
@pytest.mark.parametrize("headers", [{}, FRAGMENT], ids=["page", "fragment"])
def test_a_line_that_cannot_be_read_stays_with_what_is_wrong(space, lena, line, said, headers):
    refused = lena.post(f"/spaces/{space.slug}/tasks", data={"line": line}, headers=headers)
    assert refused.status_code == 422 and said in refused.text and line in refused.text
    assert db.session.scalar(db.select(Task.id)) is None


def test_a_task_is_made_of_a_comment_and_both_lead_to_each_other(world, space, lena):
    root = world.first_post(space)
    said = comment(root, "Can you book the hall @jon by 2026-12-15?", actor=world.lena)
    db.session.commit()
    where = f"/spaces/{space.slug}/tasks/new"
    assert f'href="{where}?about={said.id}"' in lena.get(f"/e/{said.id}/more", headers=FRAGMENT).text
    form = lena.get(f"{where}?about={said.id}").text
    assert 'value="Can you book the hall"' in form and 'value="@jon"' in form and 'value="2026-12-15"' in form
    lena.post(where, data={"title": "Book the hall", "about_id": said.id, "owner": "@jon", "milestone_id": 0})
    task = only(Task)
    assert f'href="/e/{said.id}"' in lena.get(task.url).text
    shown = lena.get(root.url).text
    assert "Tasks from this" in shown and f'href="{task.url}"' in shown and f'href="#entry-{said.id}"' in shown


def test_two_owners_are_refused_and_what_was_typed_stays(space, lena):
    refused = lena.post(f"/spaces/{space.slug}/tasks/new", data={"title": "Book it", "owner": "@jon @mei"})
    assert refused.status_code == 422 and "One person does it" in refused.text and "@jon @mei" in refused.text


def test_cards_are_moved_taken_and_changed(world, space, lena):
    task = add_task(space, "Book the hall", actor=world.jon)
    db.session.commit()
    url = f"/tasks/{task.id}"
    assert lena.post(f"{url}/state", data={"state": "doing"}).location == f"/spaces/{space.slug}/tasks#task-{task.id}"
    assert only(Task).state == "doing"
    assert lena.post(f"{url}/state", data={"state": "lost"}).status_code == 400
    assert "Reopen" in lena.post(f"{url}/state", data={"state": "done"}, headers=FRAGMENT).text
    lena.post(f"{url}/owner")
    assert only(Task).owner == world.lena
    assert "Move to “To do”" in lena.get(f"{url}/moves").text
    lena.post(f"{url}/edit", data={"title": "Book hall 5", "owner": "", "due_on": "2026-12-15", "milestone_id": 0})
    assert (only(Task).title, only(Task).owner, only(Task).due_on) == ("Book hall 5", None, date(2026, 12, 15))


def test_whoever_reads_only_sees_the_tasks_and_changes_none(world, space, browser_of):
    task = add_task(space, "Book the hall", actor=world.lena)
    space.archived_at = space.created_at
    db.session.commit()
    page = browser_of(world.jon).get(f"/spaces/{space.slug}/tasks")
    assert "Book the hall" in page.text and "draggable=\"true\"" not in page.text and "data-task-add" not in page.text
    for address in (f"/tasks/{task.id}/state", f"/tasks/{task.id}/owner", f"/spaces/{space.slug}/tasks"):
        assert browser_of(world.jon).post(address, data={"state": "done", "line": "x"}).status_code == 403
    assert browser_of(world.gita).get(f"/tasks/{task.id}").status_code == 404
    assert browser_of(world.gita).get(f"/spaces/{space.slug}/tasks").status_code == 404


def test_who_only_knows_of_a_space_is_led_to_its_door(world, browser_of):
    closed = world.space("project", "closed")
    assert browser_of(world.otto).get(f"/spaces/{closed.slug}/tasks").location == closed.url


def test_the_board_answers_with_itself_alone(world, space, lena):
    add_task(space, "Book the hall", actor=world.jon, owner=world.jon)
    db.session.commit()
    part = lena.get(f"/spaces/{space.slug}/tasks?owner=jon", headers=FRAGMENT).text
    assert part.lstrip().startswith('<div class="tasks"') and "Book the hall" in part
    assert "Book the hall" not in lena.get(f"/spaces/{space.slug}/tasks?owner=nobody", headers=FRAGMENT).text
    assert "Overdue" not in lena.get(f"/spaces/{space.slug}/tasks?view=list", headers=FRAGMENT).text


def test_what_is_mine_stands_by_day_and_what_i_gave_away_below(world, space, lena):
    today = today_for(world.lena)
    add_task(space, "Late one", actor=world.jon, owner=world.lena, due_on=today - timedelta(days=3))
    add_task(space, "Some day", actor=world.jon, owner=world.lena)
    add_task(space, "For Jon", actor=world.lena, owner=world.jon)
    add_task(world.space("project", "secret"), "Not hers", actor=world.jon, owner=world.jon)
    db.session.commit()
    page = lena.get("/tasks").text
    places = [page.index(words) for words in ("Overdue", "Late one", "Without a day", "Some day", "gave to others",
                                              "For Jon")]
    assert places == sorted(places) and "Not hers" not in page
    home = lena.get("/").text
    assert "Late one" in home and 'href="/tasks"' in home


def test_milestones_are_added_reached_changed_and_removed(world, space, lena):
    lena.post(f"/spaces/{space.slug}/milestones/new", data={"name": "Doors open", "due_on": "2026-12-15"})
    key = only(Milestone).id
    assert lena.post(f"/spaces/{space.slug}/milestones/new", data={"name": "Doors"}).status_code == 422
    home = lena.get(space.url).text
    assert "Next milestones" in home and "Doors open" in home
    lena.post(f"/milestones/{key}/reached")
    assert only(Milestone).is_reached and "Next milestones" not in lena.get(space.url).text
    lena.post(f"/milestones/{key}/reached/end")
    lena.post(f"/milestones/{key}/edit", data={"name": "Gates open", "due_on": "2026-12-16"})
    assert (only(Milestone).name, only(Milestone).due_on) == ("Gates open", date(2026, 12, 16))
    lena.post(f"/milestones/{key}/delete")
    assert db.session.scalar(db.select(Milestone.id)) is None


def test_the_calendar_holds_my_tasks_and_the_milestones_of_my_spaces(world, space, client):
    day = date(2026, 12, 15)
    mine = add_task(space, "Book the hall", actor=world.jon, owner=world.lena, due_on=day)
    add_task(space, "Of Jon", actor=world.jon, owner=world.jon, due_on=day)
    open_one = add_milestone(space, "Doors open", day, actor=world.jon)
    add_milestone(world.commons, "Reached", day, actor=world.lena).reached_at = space.created_at
    key = key_of(world.lena)
    db.session.commit()
    feed = Calendar.from_ical(client.get(f"/calendar/{key}.ics").data)
    events = {str(each["uid"]): each for each in feed.walk("VEVENT")}
    assert set(events) == {f"task-{mine.id}@quarterdeck", f"milestone-{open_one.id}@quarterdeck"}
    task = events[f"task-{mine.id}@quarterdeck"]
    assert task["summary"] == "Book the hall" and task["dtstart"].dt == day
    assert str(task["url"]).endswith(f"/tasks/{mine.id}")
    assert [each["trigger"].dt for each in task.walk("VALARM")] == [timedelta(hours=-15)]


def test_tasks_done_by_others_count_since_the_last_visit(world, space, lena, browser_of):
    lena.post(f"/spaces/{space.slug}/visit")
    task = add_task(space, "Book the hall", actor=world.jon)
    db.session.commit()
    browser_of(world.jon).post(f"/tasks/{task.id}/state", data={"state": "done"})
    db.session.execute(db.text("UPDATE visits SET looked_at = '2026-01-01 00:00:00+00:00'"))
    assert "1 task done" in lena.get(space.url).text
