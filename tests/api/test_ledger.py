"""Learnings through the API: where they hold, what they rest on, how strong they are."""

import pytest

from app.activity.delivery import commit
from app.learnings.actions import apply_learning, end_trial, state_learning
from app.learnings.models import Learning


@pytest.fixture
def learning(world) -> Learning:
    stated = state_learning(world.space("project", "open"), "Short forms win", actor=world.lena,
                            narrowed_to={"channel": ["webinar"], "region": ["DACH"]})
    commit()
    return stated


def test_a_learning_is_stated_with_where_it_holds_and_what_it_is_made_from(world, api_of):
    origin = world.first_post(world.space("project", "open")).id
    body = {"space_id": world.commons.id, "claim": "Short forms win", "origin_id": origin, "origin_page": 2,
            "narrowed_to": {"channel": ["webinar", "fair"]}, "review_by": "2027-06-30"}
    jon = api_of(world.jon)
    made = jon.post("/learnings", body).json
    assert made["narrowed_to"] == {"channel": ["webinar", "fair"], "region": [], "segment": [], "stage": []}
    assert made["review_by"] == "2027-06-30" and made["record"]["standing"] == "untested"
    [evidence] = jon.get(f"/learnings/{made['id']}/evidence").json["items"]
    assert (evidence["entry_id"], evidence["page"], evidence["is_origin"]) == (origin, 2, True)


def test_the_library_is_filtered_and_ordered_by_the_record(world, api_of, learning):
    other = state_learning(world.commons, "Long forms win", actor=world.jon, narrowed_to={"channel": ["fair"]})
    for result in ("worked", "worked"):
        end_trial(apply_learning(learning, "France", actor=world.jon), result, actor=world.jon)
    commit()
    otto = api_of(world.otto)

    def ids(query: str) -> list[int]:
        return [each["id"] for each in otto.get(f"/learnings?{query}").json["items"]]

    assert ids("order=strength") == [learning.id, other.id] and ids("") == [other.id, learning.id]
    assert ids("channel=webinar&region=DACH") == ids("standing=proven") == [learning.id]
    assert ids(f"space_id={world.commons.id}") == [other.id]
    assert otto.get("/learnings?standing=great").status_code == 422


def test_evidence_of_a_secret_space_is_not_listed_for_others(world, api_of, learning):
    hidden, shown = (world.first_post(world.space("project", access)).id for access in ("secret", "open"))
    lena = api_of(world.lena)
    for key in (hidden, shown):
        assert lena.post(f"/learnings/{learning.id}/evidence", {"entry_id": key, "figure": "cpl"}).status_code == 201
    listed = api_of(world.otto).get(f"/learnings/{learning.id}/evidence").json["items"]
    assert [each["entry_id"] for each in listed] == [shown]
    assert api_of(world.otto).post(f"/learnings/{learning.id}/evidence", {"entry_id": hidden}).status_code == 404


def test_vouching_contradicting_and_taking_the_place(world, api_of, learning):
    other = state_learning(world.commons, "Long forms win", actor=world.jon)
    commit()
    jon, path = api_of(world.jon), f"/learnings/{learning.id}"
    assert jon.post(f"{path}/vouches").status_code == 201
    assert jon("PUT", f"{path}/contradictions/{other.id}").status_code == 204
    assert jon("PUT", f"{path}/contradictions/{learning.id}").status_code == 422
    assert jon("PUT", f"{path}/superseded_by", {"learning_id": other.id}).json["superseded_by_id"] == other.id
    assert jon("PUT", f"{path}/superseded_by", {"learning_id": None}).json["superseded_by_id"] is None


def test_a_newer_learning_one_may_not_see_has_no_id(world, api_of, learning):
    hidden = state_learning(world.space("project", "secret"), "Hush", actor=world.lena)
    commit()
    api_of(world.lena)("PUT", f"/learnings/{learning.id}/superseded_by", {"learning_id": hidden.id})
    assert api_of(world.otto).get(f"/learnings/{learning.id}").json["superseded_by_id"] is None


def test_a_trial_runs_in_a_space_until_a_day(world, api_of, learning):
    body = {"where": "DACH", "space_id": world.space("project", "open").id, "due_on": "2027-01-31"}
    trial = api_of(world.jon).post(f"/learnings/{learning.id}/trials", body).json
    assert trial["due_on"] == "2027-01-31"
    body["space_id"] = world.space("project", "secret").id
    assert api_of(world.otto).post(f"/learnings/{learning.id}/trials", body).status_code == 404


def test_where_it_holds_is_changed_as_a_whole(world, api_of, learning):
    lena, path = api_of(world.lena), f"/entries/{learning.id}"
    changed = lena("PATCH", path, {"narrowed_to": {"segment": ["SME"]}}).json
    assert changed["narrowed_to"] == {"channel": [], "region": [], "segment": ["SME"], "stage": []}
    assert lena("PATCH", path, {"narrowed_to": {"planet": ["Mars"]}}).status_code == 422
