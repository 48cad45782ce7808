"""Adapting, the why-chain, uses and rights through the API."""

import io
from datetime import timedelta

from app.activity.delivery import commit
from app.assets.actions import add_version, hold, keep, upload
from app.db import now
from app.decisions.actions import decide


def kept(words: bytes = b"One pager"):
    return keep(io.BytesIO(words), "onepager.txt")


def test_a_file_is_adapted_grows_stale_and_is_brought_in_step(world, lena, api_of):
    origin = upload(world.space("project", "secret"), kept(), actor=world.jon, title="One pager")
    decide(origin.space, "Which paper?", "Matte", actor=world.jon, about=origin, options=["Matte", "Glossy"])
    commit()
    body = {"space_id": world.commons.id, "title": "For fairs", "why": "Shorter"}
    copy = lena.post(f"/assets/{origin.id}/adaptations", body).json
    assert copy["versions"][0]["sha256"] == origin.current.sha256
    add_version(origin, kept(b"New"), actor=world.jon)
    commit()
    assert lena.get(f"/assets/{copy['id']}").json["is_stale"]
    chain = lena.get(f"/assets/{copy['id']}/chain").json
    [above] = chain["origins"]
    assert above["asset_id"] == origin.id and above["decisions"][0]["not_taken"] == ["Glossy"]
    assert (chain["here"]["origin_version"], chain["here"]["why"]) == (1, "Shorter")
    assert lena.get(f"/assets/{origin.id}/uses").json["count"] == 2
    otto = api_of(world.otto)
    hidden = otto.get(f"/assets/{copy['id']}/chain").json
    assert hidden["origins"] == [] and hidden["here"]["origin_id"] is hidden["here"]["why"] is None
    settlement = {"version": 2, "outcome": "taken_over", "note": "Prices are in"}
    assert otto.post(f"/assets/{copy['id']}/settlements", settlement).status_code == 404
    settled = lena.post(f"/assets/{copy['id']}/settlements", settlement)
    assert settled.status_code == 201 and not settled.json["is_stale"]
    assert lena.get(f"/assets/{copy['id']}/chain").json["here"]["note"] == "Prices are in"


def test_it_may_begin_with_a_file_that_has_arrived_which_is_used_once(world, lena, api_of):
    origin = upload(world.space("project", "open"), kept(), actor=world.jon)
    held = hold(kept(b"Shorter"), actor=world.lena)
    commit()
    body = {"space_id": world.commons.id, "why": "Shorter", "upload_id": held.id}
    first, again = (lena.post(f"/assets/{origin.id}/adaptations", body).json for _ in range(2))
    assert first["id"] == again["id"] and first["title"] == origin.title
    assert first["versions"][0]["sha256"] == kept(b"Shorter").sha256
    assert api_of(world.jon).post(f"/assets/{origin.id}/adaptations", body).status_code == 404
    assert lena.post(f"/assets/{origin.id}/adaptations", {**body, "version": 9}).status_code == 404
    assert lena.post(f"/assets/{origin.id}/adaptations", {"space_id": world.commons.id}).status_code == 422


def test_rights_that_ended_stop_sharing_and_adapting(world, lena, api_of):
    asset = upload(world.space("project", "open"), kept(), actor=world.lena)
    commit()
    day = now().date()
    rights = {"licence": "Stock", "usable_until": (day - timedelta(1)).isoformat(), "regions": ["EMEA", "DACH"],
              "channels": ["webinar"], "language": "de"}
    assert api_of(world.jon)("PATCH", f"/assets/{asset.id}/rights", rights).status_code == 403
    said = lena("PATCH", f"/assets/{asset.id}/rights", rights).json
    assert (said["regions"], said["channels"], said["language"]) == (["DACH", "EMEA"], ["webinar"], "de")
    assert said["rights_state"] == "expired"
    shared = lena.post(f"/entries/{asset.id}/shares", {"space_id": world.commons.id})
    adapted = lena.post(f"/assets/{asset.id}/adaptations", {"space_id": world.commons.id, "why": "Fairs"})
    for refused in (shared, adapted):
        assert refused.status_code == 409 and "may not be used any more" in refused.json["detail"]
    wrong = lena("PATCH", f"/assets/{asset.id}/rights", {"usable_from": day.isoformat()})
    assert wrong.status_code == 422 and "usable_until" in wrong.json["errors"]
    again = lena("PATCH", f"/assets/{asset.id}/rights", {"usable_until": None, "regions": []}).json
    assert again["rights_state"] == "" and again["regions"] == [] and again["licence"] == "Stock"
    assert lena.post(f"/entries/{asset.id}/shares", {"space_id": world.commons.id}).status_code == 201
