"""Catching up through the API."""

from app.activity.delivery import commit
from app.decisions.actions import decide
from app.entries.actions import mark_all_read


def test_what_is_new_is_answered_and_marked(world, api_of):
    mark_all_read(10**6, actor=world.lena)
    for membership in world.lena.memberships:
        membership.read_entry_id = world.first_post(membership.space).id if membership.space.slug != "commons" else 0
    decision = decide(world.space("project", "open"), "Which hall?", actor=world.jon, deciders=[world.lena])
    commit()
    lena = api_of(world.lena)
    found = lena.get("/catch-up").json
    assert found["parts"] == [{"part": "decision", "count": 1, "entry_ids": [decision.id]}]
    assert [each["kind"] for each in found["waiting"]] == ["decision"] and found["since"]
    left = lena.post("/catch-up/read", {"entry_id": decision.id, "part": "decision"}).json
    assert left["parts"] == [] and left["waiting"] == found["waiting"]
    both = {"entry_id": 1, "part": "review", "space_id": 1}
    assert lena.post("/catch-up/read", both).status_code == 422
    secret = world.space("account", "secret").id
    assert api_of(world.otto).post("/catch-up/read", {"entry_id": 1, "space_id": secret}).status_code == 404
