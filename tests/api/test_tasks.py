"""Tasks, milestones and beginnings of projects through the API."""

from datetime import timedelta

from app.extensions import db
from app.people.days import today_for
from app.tasks.actions import add_milestone, add_task
from app.tasks.models import Task
from tests.api.conftest import errors


def test_a_task_is_written_down_moved_and_changed(world, lena):
    space = world.space("project", "closed")
    milestone = lena.post("/milestones", {"space_id": space.id, "name": "Doors open", "due_on": "2026-12-15"}).json
    made = lena.post("/tasks", {"space_id": space.id, "title": "Book the hall", "owner_id": world.jon.id,
                                "due_on": "2026-12-10", "milestone_id": milestone["id"]})
    task = made.json
    assert made.status_code == 201 and (task["kind"], task["state"], task["owner_id"]) == ("task", "open", world.jon.id)
    moved = lena("PUT", f"/tasks/{task['id']}/state", {"state": "done"}).json
    assert moved["state"] == "done" and moved["done_at"]
    changed = lena("PATCH", f"/entries/{task['id']}", {"title": "Book hall 5", "owner_id": None, "milestone_id": None})
    assert [changed.json[name] for name in ("title", "owner_id", "milestone_id")] == ["Book hall 5", None, None]


def test_who_cannot_see_the_place_is_named_beside_the_field(world, lena):
    space = world.space("project", "secret")
    refused = lena.post("/tasks", {"space_id": space.id, "title": "Book it", "owner_id": world.otto.id})
    assert refused.status_code == 422 and list(errors(refused)) == ["owner_id"]
    elsewhere = add_milestone(world.commons, "Elsewhere", space.created_at.date(), actor=world.lena)
    db.session.commit()
    refused = lena.post("/tasks", {"space_id": space.id, "title": "Book it", "milestone_id": elsewhere.id})
    assert list(errors(refused)) == ["milestone_id"]


def test_the_list_is_narrowed_and_holds_only_what_one_may_see(world, lena, api_of):
    late = today_for(world.lena) - timedelta(days=1)
    space, secret = world.space("project", "open"), world.space("project", "secret")
    for where, title, owner, day in ((space, "hers", world.lena, late), (space, "his", world.jon, None),
                                     (secret, "secret", world.lena, None)):
        add_task(where, title, actor=world.lena, owner=owner, due_on=day)
    db.session.commit()

    def titles(api, query: str) -> list[str]:
        return [each["title"] for each in api.get(f"/tasks{query}").json["items"]]

    assert titles(lena, "") == ["secret", "his", "hers"] and titles(lena, "?mine=true") == ["secret", "hers"]
    assert titles(lena, "?overdue=true") == ["hers"] and titles(lena, "?state=done") == []
    assert titles(lena, f"?space_id={space.id}") == ["his", "hers"]
    entries = f"/spaces/{space.id}/entries"
    assert {each["kind"] for each in lena.get(entries).json["items"]} == {"post"}
    assert [each["title"] for each in lena.get(f"{entries}?kind=task").json["items"]] == ["his", "hers"]
    assert titles(api_of(world.otto), "") == ["his", "hers"] and titles(api_of(world.gita), "") == []


def test_milestones_are_reached_and_removed_by_who_writes_there(world, lena, api_of):
    space = world.space("project", "closed")
    made = lena.post("/milestones", {"space_id": space.id, "name": "Doors open", "due_on": "2026-12-15"}).json
    address = f"/milestones/{made['id']}"
    assert lena("PATCH", address, {"reached": True, "name": "Gates open"}).json["reached_at"]
    assert lena.get(f"/milestones?space_id={space.id}").json["items"][0]["name"] == "Gates open"
    assert api_of(world.otto)("PATCH", address, {"reached": False}).status_code == 404
    assert api_of(world.otto).get("/milestones").json["items"] == []
    assert lena("DELETE", address).status_code == 204 and lena.get("/milestones").json["items"] == []


def test_projects_begin_from_a_template_or_like_another(world, lena, api_of):
    webinar = lena.post("/spaces", {"kind": "project", "name": "Grip hour", "template": "webinar",
                                    "ends_on": "2027-06-01"}).json
    again = lena.post("/spaces", {"kind": "project", "name": "Grip hour 2", "like_id": webinar["id"],
                                  "starts_on": "2028-01-10"}).json
    first, second = ([each.title for each in db.session.scalars(
        db.select(Task).where(Task.space_id == space["id"]).order_by(Task.id))] for space in (webinar, again))
    assert len(first) == 12 and first == second
    secret = world.space("project", "secret")
    refused = api_of(world.otto).post("/spaces", {"kind": "project", "name": "Mine", "like_id": secret.id})
    assert refused.status_code == 404
    refused = lena.post("/spaces", {"kind": "project", "name": "Mine", "like_id": world.commons.id})
    assert refused.status_code == 422 and list(errors(refused)) == ["like_id"]
