"""Hand-offs, their queues and the loop report through the API."""

import pytest

from app.entries.actions import post
from app.extensions import db
from app.handoffs.actions import hand_over
from app.handoffs.queue_actions import open_queue
from app.reviews.actions import post_review
from app.spaces.actions import add_member
from tests.api.conftest import errors


@pytest.fixture
def queue(world):
    made = open_queue("Sales", actor=world.ada, team_id=world.jon.team_id)
    db.session.commit()
    return made


def test_from_handing_over_to_winning(world, lena, api_of, queue):
    jon, account = api_of(world.jon), world.space("account", "open").account
    review = post_review(world.commons, "Webinars", actor=world.lena, quarter="2026-Q3", programme="Webinars")
    db.session.commit()
    made = lena.post(f"/accounts/{account.id}/handoffs", {
        "title": "Wants a quote", "queue_id": queue.id, "review_id": review.id, "contact_name": "Ines", "tier": "A",
        "read_ids": [review.id], "source": "Webinar"})
    given = made.json
    assert made.status_code == 201 and (given["kind"], given["state"], given["read_ids"]) == (
        "handoff", "waiting", [review.id])
    address = f"/handoffs/{given['id']}"
    asked = jon.post(f"{address}/questions", {"note": "How many?"}).json
    assert asked["state"] == "asked" and asked["due_at"] is None and asked["remaining_seconds"] > 0
    assert lena.post(f"{address}/answers", {"note": "Forty"}).json["state"] == "answered"
    assert jon.post(f"{address}/acceptance").json["taker_id"] == world.jon.id
    late = api_of(world.otto).post(f"{address}/acceptance")
    assert late.status_code == 409 and "Jon Park" in late.json["detail"]
    assert list(errors(jon.post(f"{address}/outcomes", {"outcome": "won"}))) == ["amount"]
    won = jon.post(f"{address}/outcomes", {"outcome": "won", "amount": 1200.5}).json
    assert (won["outcome"], won["amount"], won["currency"]) == ("won", 1200.5, "EUR")
    assert [each["step"] for each in jon.get(f"{address}/steps").json["items"]] == [
        "asked", "answered", "accepted", "won"]
    [loop] = lena.get("/handoffs/report").json["items"]
    assert (loop["label"], loop["given"], loop["opportunities"], loop["won_amounts"]) == (
        "Webinars", 1, 1, {"EUR": 1200.5})
    assert [each["body"] for each in lena.get(f"/entries/{given['id']}/comments").json["items"]] == [
        "How many?", "Forty"]


def test_what_one_may_not_see_is_no_hand_off_and_no_number(world, lena, api_of, queue):
    secret, otto = world.space("account", "secret"), api_of(world.otto)
    hand_over(secret, "Unseen", actor=world.lena, queue=queue, programme="Unseen")
    db.session.commit()
    assert otto.get("/handoffs").json["items"] == [] == otto.get("/handoffs/report").json["items"]
    assert otto.get(f"/accounts/{secret.account.id}/handoffs").status_code == 404
    assert len(lena.get("/handoffs").json["items"]) == 1
    hidden = post(secret, "Hidden", actor=world.lena)
    db.session.commit()
    account = world.space("account", "open").account
    refused = otto.post(f"/accounts/{account.id}/handoffs", {
        "title": "Wants a quote", "person_id": world.jon.id, "read_ids": [hidden.id]})
    assert list(errors(refused)) == ["read_ids"]


def test_what_the_contact_read_and_the_campaign_are_told_to_who_may_see_them(world, lena, api_of):
    secret = world.space("project", "secret")
    review = post_review(secret, "Secret campaign", actor=world.lena, quarter="2026-Q3", programme="Secret")
    handoff = hand_over(world.space("account", "open"), "Wants a quote", actor=world.lena, person=world.jon,
                        review=review, reads=[review])
    db.session.commit()
    for api, seen in ((lena, True), (api_of(world.otto), False)):
        told = api.get(f"/entries/{handoff.id}").json
        assert (told["review_id"], told["read_ids"]) == ((review.id, [review.id]) if seen else (None, []))
        assert api.get("/handoffs/report").json["items"][0]["label"] == ("Secret" if seen else "")
        assert api.get(f"/handoffs/report?review_id={review.id}").json["items"] == [] or seen


def test_a_guest_hands_nothing_over_and_knows_of_no_queue(world, api_of, queue):
    space = world.space("account", "open")
    add_member(space, world.gus, actor=world.lena)
    db.session.commit()
    gus = api_of(world.gus)
    refused = gus.post(f"/accounts/{space.account.id}/handoffs", {"title": "Wants", "person_id": world.jon.id})
    assert refused.status_code == 403
    assert gus.get("/queues").json["items"] == [] and gus.get(f"/queues/{queue.id}").status_code == 404


def test_queues_levels_and_reasons_are_kept_by_who_leads(world, lena, api_of):
    ada = api_of(world.ada)
    assert lena.post("/queues", {"name": "Sales"}).status_code == 403
    made = ada.post("/queues", {"name": "Sales", "leader_ids": [world.lena.id], "timezone": "Europe/Berlin",
                                "days": [0, 2], "opens": 480, "closes": 960, "holidays": ["2026-12-25"]}).json
    assert (made["days"], made["holidays"], made["leader_ids"]) == ([0, 2], ["2026-12-25"], [world.lena.id])
    address = f"/queues/{made['id']}"
    assert list(errors(lena("PATCH", address, {"closes": 400}))) == ["closes"]
    assert lena("PATCH", address, {"name": "Inside sales"}).json["name"] == "Inside sales"
    assert lena("PUT", "/handoff-levels/A", {"answer_minutes": 30, "outcome_days": 2}).json["answer_minutes"] == 30
    assert lena("PUT", "/handoff-reasons", {"reasons": ["Too small"]}).json == {"reasons": ["Too small"]}
    assert api_of(world.jon)("PUT", "/handoff-reasons", {"reasons": ["No"]}).status_code == 403
    assert lena("DELETE", address).status_code == 204 and lena.get("/queues").json["items"] == []
