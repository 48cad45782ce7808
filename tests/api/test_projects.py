"""What people do in a project, through the API: discussions, decisions, approvals, the archive."""

import io

from app.assets.actions import keep, upload
from app.entries.actions import comment, post
from app.extensions import db


def test_a_discussion_is_opened_settled_and_opened_again(api_of, world):
    lena, space = api_of(world.lena), world.space("project", "open")
    made = lena.post("/posts", {"space_id": space.id, "title": "The hall", "body": "Which?"}).json
    settled = lena("PUT", f"/entries/{made['id']}/resolution")
    assert settled.status_code == 200 and settled.json["resolved_at"]
    assert lena("DELETE", f"/entries/{made['id']}/resolution").json["resolved_at"] is None


def test_a_comment_moves_into_a_discussion_and_the_pointer_says_where(api_of, world):
    root = world.first_post(world.space("project", "open"))
    said = comment(root, "Another matter", actor=world.jon)
    db.session.commit()
    lena = api_of(world.lena)
    made = lena.post(f"/entries/{said.id}/moves", {"title": "The hall"}).json
    assert [each["id"] for each in lena.get(f"/entries/{made['id']}/comments").json["items"]] == [said.id]
    [*_, pointer] = lena.get(f"/entries/{root.id}/comments").json["items"]
    assert pointer["moved_to_id"] == made["id"]


def test_a_question_is_asked_decided_and_superseded(api_of, world):
    lena, jon, space = api_of(world.lena), api_of(world.jon), world.space("project", "open")
    asked = lena.post("/decisions", {"space_id": space.id, "title": "Which hall?",
                                          "decider_ids": [world.jon.id]}).json
    assert asked["choice"] == "" and asked["decided_on"] is None
    assert api_of(world.otto)("PUT", f"/decisions/{asked['id']}/choice", {"choice": "Hall 1"}).status_code == 403
    taken = jon("PUT", f"/decisions/{asked['id']}/choice", {"choice": "Hall 5"}).json
    assert taken["choice"] == "Hall 5" and taken["decided_on"]
    newer = lena.post("/decisions", {"space_id": space.id, "title": "Which hall now?", "choice": "Hall 4",
                                          "supersedes_id": asked["id"]}).json
    held = lena.get(f"/spaces/{space.id}/decisions?state=superseded").json["items"]
    assert [(each["id"], each["superseded_by_id"]) for each in held] == [(asked["id"], newer["id"])]


def test_approval_is_asked_of_who_may_see_the_file_and_answered_by_them(api_of, world):
    asset = upload(world.space("project", "secret"), keep(io.BytesIO(b"words"), "plan.txt"), actor=world.lena)
    db.session.commit()
    lena, jon = api_of(world.lena), api_of(world.jon)
    wrong = lena.post(f"/assets/{asset.id}/approvals", {"person_ids": [world.otto.id]})
    assert wrong.status_code == 422 and wrong.json["errors"]["person_ids"]
    asked = lena.post(f"/assets/{asset.id}/approvals", {"person_ids": [world.jon.id]}).json
    assert lena.post(f"/approvals/{asked['id']}/verdicts", {"verdict": "approved"}).status_code == 403
    jon.post(f"/approvals/{asked['id']}/verdicts", {"verdict": "approved"})
    assert jon.get(f"/entries/{asset.id}").json["approval"] == "approved"
    [record] = jon.get(f"/assets/{asset.id}/approvals").json["items"]
    assert record["state"] == "approved" and record["approvers"][0]["verdicts"][0]["by_id"] == world.jon.id


def test_a_space_is_archived_and_restored(api_of, world):
    lena, space = api_of(world.lena), world.space("project", "open")
    assert lena("PUT", f"/spaces/{space.id}/archive").json["archived_at"]
    assert lena.post("/posts", {"space_id": space.id, "body": "More"}).status_code == 403
    assert lena("DELETE", f"/spaces/{space.id}/archive").json["archived_at"] is None


def test_what_newcomers_should_read_is_pinned(api_of, world):
    root = post(world.space("project", "open"), "All of it", actor=world.lena)
    db.session.commit()
    jon = api_of(world.jon)
    assert jon("PUT", f"/entries/{root.id}/pin").status_code == 204
    assert [each["id"] for each in jon.get(f"/spaces/{root.space_id}/pins").json["items"]] == [root.id]
    jon("DELETE", f"/entries/{root.id}/pin")
    assert jon.get(f"/spaces/{root.space_id}/pins").json["items"] == []


def test_a_closed_space_is_asked_to_be_joined(api_of, world):
    space, otto, lena = world.space("project", "closed"), api_of(world.otto), api_of(world.lena)
    assert otto.post(f"/spaces/{space.id}/join-requests", {"note": "I sell to them"}).status_code == 204
    assert otto.get(f"/spaces/{space.id}/join-requests").status_code == 403
    [asked] = lena.get(f"/spaces/{space.id}/join-requests").json["items"]
    assert (asked["person_id"], asked["note"]) == (world.otto.id, "I sell to them")
    lena.post(f"/join-requests/{asked['id']}/answers", {"accept": True})
    assert otto.get(f"/spaces/{space.id}").json["my_role"] == "member"


def test_what_a_project_is_about_is_read_and_changed(api_of, world):
    lena, otto = api_of(world.lena), api_of(world.otto)
    sent = {"kind": "project", "name": "Fair", "access": "closed", "goal": "Forty pilots", "brief": "For *buyers*"}
    made = lena.post("/spaces", sent)
    path, known = f"/spaces/{made.json['id']}", made.headers["ETag"]
    assert made.json["project"] == {"goal": "Forty pilots", "brief": "For *buyers*", "state": "running",
                                    "starts_on": None, "ends_on": None}
    assert otto.get(path).json["project"]["brief"] is None
    changed = lena("PATCH", path, {"state": "done", "starts_on": "2026-03-01"}, headers={"If-Match": known})
    assert changed.json["project"]["state"] == "done" and changed.json["project"]["goal"] == "Forty pilots"
    assert lena("PATCH", path, {"goal": "Fifty"}, headers={"If-Match": known}).status_code == 412
    assert lena("PATCH", path, {"ends_on": "2026-02-01"}).json["errors"]["ends_on"]
    assert lena("PATCH", f"/spaces/{world.commons.id}", {"goal": "All"}).json["errors"]["goal"]
