"""Next steps and what came of them, through the API."""

from datetime import UTC, datetime

import pytest

from app.db import now
from app.people import days
from tests.api.conftest import errors

DAY = "2030-12-15"


@pytest.fixture
def posted(world, api_of):
    """Lena's review of the second quarter with two steps, as she was answered."""
    steps = [f"Translate the deck @jon {DAY}", {"text": "Shorter invitations", "owner_id": world.mei.id}]
    return api_of(world.lena).post("/reviews", {
        "space_id": world.space("project", "open").id, "title": "Leak Clinic", "quarter": "2026-Q2",
        "programme": "Leak Clinic", "next_steps": steps,
    }).json


def test_steps_are_lines_or_objects_and_answered_as_both(world, posted):
    assert posted["next_steps"] == ["Translate the deck", "Shorter invitations"]
    first, second = posted["commitments"]
    assert (first["owner_id"], first["due_on"], first["outcome"]) == (world.jon.id, DAY, None)
    assert (second["owner_id"], second["due_on"], second["carried_from_id"]) == (world.mei.id, None, None)


def test_what_was_answered_can_be_sent_back(world, api_of, posted):
    lena, path = api_of(world.lena), f"/entries/{posted['id']}"
    changed = lena("PATCH", path, {"next_steps": [*posted["next_steps"], "Call Acme by 2031-01-31"]}).json
    assert changed["commitments"][:2] == posted["commitments"]
    assert changed["commitments"][2]["due_on"] == "2031-01-31"


@pytest.mark.parametrize(("steps", "wrong"), [
    (["Fine", "Ask @nobody"], "next_steps.1"), (["@jon 2026-12-15"], "next_steps.0"), ([" "], "next_steps.0.text"),
    ([{"text": "Call", "owner_id": 2_000_000}], "next_steps.0"), ([{"words": "Call"}], "next_steps.0.words"),
])
def test_steps_that_cannot_be_kept_are_named(world, api_of, posted, steps, wrong):
    refused = api_of(world.lena)("PATCH", f"/entries/{posted['id']}", {"next_steps": steps})
    assert refused.status_code == 422 and wrong in errors(refused)


def test_settling_and_opening_again(world, api_of, posted):
    path, jon = f"/commitments/{posted['commitments'][0]['id']}", api_of(world.jon)
    assert api_of(world.mei)("PATCH", path, {"outcome": "done"}).status_code == 403
    assert errors(jon("PATCH", path, {"outcome": "dropped"})).keys() == {"reason"}
    assert errors(jon("PATCH", path, {"outcome": "done", "done_on": "2099-01-01"})).keys() == {"done_on"}
    assert errors(jon("PATCH", path, {"outcome": "carried"})).keys() == {"outcome"}
    settled = jon("PATCH", path, {"outcome": "done", "did": "In French", "done_on": "2026-01-05"}).json
    assert (settled["outcome"], settled["did"], settled["settled_by_id"]) == ("done", "In French", world.jon.id)
    assert settled["variance"] < 0
    opened = jon("PATCH", path, {"outcome": None}).json
    assert (opened["outcome"], opened["done_on"], opened["did"]) == (None, None, "")


def test_the_next_review_lists_carries_and_settles_what_was_said(world, api_of, posted):
    lena, jon = api_of(world.lena), api_of(world.jon)
    later = lena.post("/reviews", {"space_id": posted["space_id"], "title": "Next", "quarter": "2026-Q3",
                                   "programme": "Leak Clinic"}).json
    path = f"/reviews/{later['id']}"
    said = jon.everything(f"{path}/said", 1)
    assert [each["id"] for each in said] == [each["id"] for each in posted["commitments"][::-1]]
    first, second = (each["id"] for each in posted["commitments"])
    assert jon.post(f"{path}/carried", {"commitment_id": first}).status_code == 403
    carried = lena.post(f"{path}/carried", {"commitment_id": first, "due_on": "2031-01-31"})
    assert carried.status_code == 201 and carried.json["carried_from_id"] == first
    assert errors(lena.post(f"{path}/carried", {"commitment_id": first})).keys() == {"commitment_id"}
    assert errors(lena("PATCH", f"/commitments/{first}", {"outcome": "done"})).keys() == {"outcome"}
    told = {"outcome": "dropped", "reason": "Nobody reads them", "told_in_id": later["id"]}
    assert lena("PATCH", f"/commitments/{second}", told).json["reason"] == "Nobody reads them"
    assert lena.get(path).json["next_steps"] == ["Translate the deck"]
    assert [each["outcome"] for each in lena.get(f"/reviews/{posted['id']}").json["commitments"]] == [
        "carried", "dropped"]


def test_a_secret_space_keeps_its_commitments(world, api_of):
    hidden = api_of(world.lena).post("/reviews", {
        "space_id": world.space("project", "secret").id, "title": "Hidden", "quarter": "2026-Q2",
        "next_steps": ["Between us @jon"]}).json
    otto = api_of(world.otto)
    assert otto.get(f"/reviews/{hidden['id']}/said").status_code == 404
    assert otto("PATCH", f"/commitments/{hidden['commitments'][0]['id']}", {"outcome": "done"}).status_code == 404
    assert otto.post(f"/reviews/{hidden['id']}/carried", {"commitment_id": 1}).status_code == 404


def test_whoever_may_change_the_next_review_may_carry_but_not_settle_elsewhere(world, api_of, posted):
    otto = api_of(world.otto)
    later = otto.post("/reviews", {"space_id": world.commons.id, "title": "Next", "quarter": "2026-Q3",
                                   "programme": "Leak Clinic"}).json
    key = posted["commitments"][0]["id"]
    assert otto("PATCH", f"/commitments/{key}", {"outcome": "done"}).status_code == 403
    assert otto("PATCH", f"/commitments/{key}", {"outcome": "done", "told_in_id": posted["id"]}).status_code == 403
    assert otto("PATCH", f"/commitments/{key}", {"outcome": "done", "told_in_id": later["id"]}).status_code == 200
    assert otto("PATCH", "/commitments/999999", {"outcome": "done", "told_in_id": later["id"]}).status_code == 404


def test_what_one_may_only_read_or_was_settled_is_told_in_no_later_review(world, api_of, posted):
    otto, jon = api_of(world.otto), api_of(world.jon)
    later = otto.post("/reviews", {"space_id": world.commons.id, "title": "Next", "quarter": "2026-Q3",
                                   "programme": "Leak Clinic"}).json
    first, second = (f"/commitments/{each['id']}" for each in posted["commitments"])
    carried = f"/reviews/{later['id']}/carried", {"commitment_id": posted["commitments"][0]["id"]}
    told = {"outcome": "dropped", "reason": "Not so", "told_in_id": later["id"]}
    jon("PATCH", first, {"outcome": "done", "did": "In French"})
    assert errors(otto("PATCH", first, told)).keys() == {"told_in_id"}
    assert errors(otto("PATCH", first, {"outcome": None, "told_in_id": later["id"]})).keys() == {"told_in_id"}
    assert errors(otto.post(*carried)).keys() == {"commitment_id"}
    world.space("project", "open").archived_at = now()
    assert otto("PATCH", second, told).status_code == otto.post(*carried).status_code == 403
    kept = jon.get(f"/reviews/{posted['id']}").json["commitments"]
    assert [(each["outcome"], each["did"]) for each in kept] == [("done", "In French"), (None, "")]


def test_who_cannot_see_the_next_review_cannot_owe_in_it(world, api_of, posted):
    lena = api_of(world.lena)
    secret = lena.post("/reviews", {"space_id": world.space("project", "secret").id, "title": "Next",
                                    "quarter": "2026-Q3", "programme": "Leak Clinic"}).json
    refused = lena.post(f"/reviews/{secret['id']}/carried", {"commitment_id": posted["commitments"][1]["id"]})
    assert errors(refused) == {"commitment_id": ["王梅 cannot see this review, and so cannot owe it."]}


def test_today_is_that_of_who_tells(world, api_of, posted, monkeypatch):
    monkeypatch.setattr(days, "now", lambda: datetime(2026, 10, 12, 20, 30, tzinfo=UTC))
    world.jon.timezone, today = "Asia/Shanghai", {"outcome": "done", "done_on": "2026-10-13"}
    path = f"/commitments/{posted['commitments'][0]['id']}"
    assert errors(api_of(world.lena)("PATCH", path, today)).keys() == {"done_on"}
    assert api_of(world.jon)("PATCH", path, today).json["done_on"] == "2026-10-13"
