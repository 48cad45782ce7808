"""Webhooks: who is told of what, signed, again until it arrives."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta

import pytest

from app.api import deliveries
from app.api.models import Webhook, WebhookDelivery
from app.db import now
from app.extensions import db
from app.spaces.actions import remove_member
from tests.api.conftest import errors
from tests.listening import Listener, open_listener


@pytest.fixture
def receiver(app, monkeypatch) -> Iterator[Listener]:
    """A server on this machine that keeps what it is sent."""
    monkeypatch.setitem(app.config, "OUTGOING_ALLOWED", ["127.0.0.1/32"])
    with open_listener() as listener:
        yield listener


def waiting() -> list[WebhookDelivery]:
    return list(db.session.scalars(db.select(WebhookDelivery)))


def test_what_happens_is_told_signed_and_without_content(lena, world, receiver):
    hook = lena.post("/webhooks", {"url": receiver.url})
    assert hook.status_code == 201
    space = world.space("project", "open").id
    entry = lena.post("/posts", {"space_id": space, "body": "Our margin is 12 %"}).json
    [(headers, body)] = receiver.heard
    expected = hmac.new(hook.json["secret"].encode(), body, hashlib.sha256).hexdigest()
    assert headers["X-Quarterdeck-Signature"] == f"sha256={expected}"
    told = json.loads(body)
    assert told["event"] == "entry.posted" and told["id"] == entry["id"] and told["space_id"] == space
    assert b"margin" not in body and b"Lena" not in body
    assert waiting() == []


def test_only_what_the_owner_may_see_is_told(lena, world, receiver, api_of):
    api_of(world.otto).post("/webhooks", {"url": receiver.url})
    for access in ("secret", "closed", "open"):
        lena.post("/posts", {"space_id": world.space("project", access).id, "body": access})
        lena("PATCH", f"/spaces/{world.space('community', access).id}", {"description": access})
    lena("PUT", f"/spaces/{world.space('account', 'secret').id}/members/{world.mei.id}")
    told = [json.loads(body) for _headers, body in receiver.heard]
    assert [(each["event"], each["space_id"]) for each in told] == [
        ("space.changed", world.space("community", "closed").id),
        ("entry.posted", world.space("project", "open").id),
        ("space.changed", world.space("community", "open").id),
    ]


def test_the_webhook_of_somebody_who_left_is_silent(lena, world, receiver, api_of):
    api_of(world.jon).post("/webhooks", {"url": receiver.url})
    world.jon.deactivated_at = now()
    lena.post("/posts", {"space_id": world.commons.id, "body": "Farewell"})
    assert receiver.heard == [] and waiting() == []


def test_what_did_not_arrive_is_sent_again_later(lena, world, receiver):
    receiver.status = 503
    lena.post("/webhooks", {"url": receiver.url})
    lena.post("/posts", {"space_id": world.commons.id, "body": "Hello"})
    [delivery] = waiting()
    assert delivery.attempts == 1 and delivery.next_at > now()
    assert lena.get("/webhooks").json["items"][0]["failures"] == 1
    assert deliveries.retry() == 0, "not yet"
    receiver.status = 204
    delivery.next_at = now()
    db.session.commit()
    assert deliveries.retry() == 1
    db.session.expire_all()
    assert waiting() == [] and lena.get("/webhooks").json["items"][0]["failures"] == 0
    [(first, body), (second, again)] = receiver.heard
    assert body == again and first["X-Quarterdeck-Delivery"] == second["X-Quarterdeck-Delivery"]


def test_what_its_owner_may_see_no_more_is_not_sent_again(lena, world, receiver, api_of):
    receiver.status = 503
    api_of(world.jon).post("/webhooks", {"url": receiver.url})
    space = world.space("project", "secret")
    lena.post("/posts", {"space_id": space.id, "body": "Hello"})
    heard = len(receiver.heard)
    remove_member(space, world.jon, actor=world.lena)
    [delivery] = waiting()
    delivery.next_at = now()
    db.session.commit()
    assert deliveries.retry() == 1
    db.session.expire_all()
    assert len(receiver.heard) == heard and waiting() == []


def test_what_happens_inside_a_closed_account_is_told_to_who_reads_there(lena, world, receiver, api_of):
    api_of(world.otto).post("/webhooks", {"url": receiver.url})
    lena.post("/contacts", {"account_id": world.space("account", "closed").account.id, "name": "Anna"})
    assert receiver.heard == []


def test_after_a_day_it_is_given_up(lena, world, receiver):
    receiver.status = 500
    lena.post("/webhooks", {"url": receiver.url})
    lena.post("/posts", {"space_id": world.commons.id, "body": "Hello"})
    [delivery] = waiting()
    delivery.created_at, delivery.next_at = now() - timedelta(hours=25), now()
    db.session.commit()
    deliveries.retry()
    db.session.expire_all()
    assert waiting() == []


def test_waiting_grows_up_to_an_hour(lena, world, receiver):
    receiver.status = 500
    lena.post("/webhooks", {"url": receiver.url})
    lena.post("/posts", {"space_id": world.commons.id, "body": "Hello"})
    waits = []
    for _attempt in range(8):
        [delivery] = waiting()
        waits.append(round((delivery.next_at - now()).total_seconds() / 60))
        delivery.next_at = now()
        db.session.commit()
        deliveries.retry()
        db.session.expire_all()
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]


def test_an_activity_is_told_once_however_often_it_is_delivered(lena, world, receiver):
    lena.post("/webhooks", {"url": receiver.url})
    lena.post("/posts", {"space_id": world.commons.id, "body": "Hello"})
    [(headers, _body)] = receiver.heard
    deliveries.send(int(headers["X-Quarterdeck-Delivery"]))
    assert len(receiver.heard) == 1


@pytest.mark.parametrize("url", [
    "http://127.0.0.1:9/", "http://10.0.0.1/", "http://localhost/", "ftp://example.com/", "x",
])
def test_an_address_that_is_not_public_is_refused(lena, url):
    answer = lena.post("/webhooks", {"url": url})
    assert answer.status_code == 422 and list(errors(answer)) == ["url"]


def test_a_name_that_turns_out_to_be_private_is_never_asked(lena, world, receiver, app, monkeypatch):
    made = lena.post("/webhooks", {"url": receiver.url})
    monkeypatch.setitem(app.config, "OUTGOING_ALLOWED", [])
    lena.post("/posts", {"space_id": world.commons.id, "body": "Hello"})
    assert made.status_code == 201 and receiver.heard == [] and len(waiting()) == 1


def test_webhooks_are_each_persons_own(lena, world, api_of, receiver):
    key = lena.post("/webhooks", {"url": receiver.url, "secret": "a secret of my own"}).json["id"]
    assert [each["id"] for each in lena.get("/webhooks").json["items"]] == [key]
    assert "secret" not in lena.get("/webhooks").json["items"][0]
    ada = api_of(world.ada)
    assert ada.get("/webhooks").json["items"] == [] and ada("DELETE", f"/webhooks/{key}").status_code == 404
    assert lena("DELETE", f"/webhooks/{key}").status_code == 204
    assert db.session.scalar(db.select(db.func.count()).select_from(Webhook)) == 0
