"""Health, readiness and metrics, and the doctor."""

import pytest

from app.assets.store import StoreUnavailable
from app.health import examine
from app.people.sessions import new_token


def test_the_process_is_alive_and_ready(client):
    assert client.get("/healthz").json == {"status": "ok"}
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert {answer.json[name] for name in ("database", "queue", "storage")} == {"ok"}


def test_what_is_not_ready_is_named(app, client, monkeypatch):
    def broken():
        raise StoreUnavailable("no disk")

    monkeypatch.setattr(app.extensions["store"], "check", broken)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["failed"]) == (503, ["storage"])


@pytest.mark.parametrize(("who", "status"), [("ada", 200), ("lena", 403)])
def test_metrics_are_for_this_machine_and_for_admins(app, world, client, who, status):
    assert client.get("/metrics").status_code == 200
    elsewhere = {"environ_base": {"REMOTE_ADDR": "203.0.113.7"}}
    assert client.get("/metrics", **elsewhere).status_code == 403
    assert client.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 403
    _token, text = new_token(world.person(who), "monitoring")
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {text}"}, **elsewhere)
    assert answer.status_code == status


def test_the_doctor_finds_a_sound_house(app):
    assert [each.what for each in examine() if not each.is_fine] == []
