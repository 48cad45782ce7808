"""Browsers are woken up for what their person may see, say nothing on the way, and are left alone afterwards."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from datetime import timedelta

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from app.activity.delivery import commit
from app.db import at, now
from app.entries.actions import comment
from app.extensions import db
from app.notifications.choosing import change_settings
from app.notifications.push_models import PushBrowser
from app.notifications.pushing import MOST_ATTEMPTS, public_key, push_again
from app.people.models import SignIn
from app.spaces.actions import remove_member
from tests.listening import Listener, open_listener


@pytest.fixture
def service(app, monkeypatch) -> Iterator[Listener]:
    """The servers of a browser's maker."""
    monkeypatch.setitem(app.config, "OUTGOING_ALLOWED", ["127.0.0.1/32"])
    with open_listener() as listener:
        listener.status = 201
        yield listener


@pytest.fixture
def browser(browser_of, world, service):
    """Jon's browser, which may be woken up."""
    opened = browser_of(world.jon)
    assert opened.post("/settings/notifications/browser", data={"endpoint": service.url}).status_code == 204
    return opened


@pytest.fixture
def call(world):
    """Somebody names Jon in a closed project."""
    root = world.first_post(world.space("project", "closed"))

    def say(text: str = "@jon our margin is 12 %") -> None:
        comment(root, text, actor=world.lena)
        commit()

    return say


def known() -> list[PushBrowser]:
    db.session.expire_all()
    return list(db.session.scalars(db.select(PushBrowser)))


def test_a_push_says_who_sends_it_and_nothing_else(app, browser, service, call):
    call()
    [(headers, body)] = service.heard
    assert body == b"" and headers["TTL"] == "86400"
    scheme, token, key = headers["Authorization"].replace(",", "").split()
    assert scheme == "vapid" and key == f"k={public_key()}"
    point = urlsafe_b64decode(public_key() + "=")
    x, y = (urlsafe_b64encode(half).decode().rstrip("=") for half in (point[1:33], point[33:]))
    public = ECKey.import_key({"kty": "EC", "crv": "P-256", "x": x, "y": y})
    claims = jwt.decode(token.removeprefix("t="), public).claims
    assert claims["aud"] == service.url.removesuffix("/hook") and claims["exp"] > now().timestamp()
    assert "margin" not in json.dumps(headers)
    assert browser.get("/notifications/newest").json["text"].startswith("Lena")


def test_nobody_is_woken_up_for_what_was_taken_from_them(world, browser, service, call):
    service.status = 503
    call()
    assert len(service.heard) == 1 and known()[0].due_at
    remove_member(world.space("project", "closed"), world.jon, actor=world.lena)
    commit()
    service.status = 201
    with at(now() + timedelta(minutes=3)):
        push_again()
    assert len(service.heard) == 1 and known()[0].due_at is None


def test_while_the_service_is_away_it_is_tried_again_and_then_given_up(browser, service, call):
    service.status = 503
    call()
    for minutes in range(3, 3 * MOST_ATTEMPTS + 3, 3):
        with at(now() + timedelta(minutes=minutes)):
            push_again()
    assert len(service.heard) == MOST_ATTEMPTS and known() == []


def test_an_address_that_is_gone_is_forgotten(browser, service, call):
    service.status = 410
    call()
    assert known() == []


def test_nothing_is_told_twice_and_nothing_to_who_read_it(world, browser, service, call):
    call()
    with at(now() + timedelta(minutes=3)):
        push_again()
    assert len(service.heard) == 1
    change_settings(world.jon, on_desktop=False)
    call("@jon once more")
    assert len(service.heard) == 1


def test_who_signs_out_there_is_not_woken_up_there(world, browser, service, call):
    db.session.delete(db.session.scalar(db.select(SignIn).where(SignIn.person_id == world.jon.id)))
    commit()
    call()
    assert service.heard == [] and known() == []


def test_a_browser_takes_it_back(browser, service, call):
    assert browser.post("/settings/notifications/browser/end").status_code == 204
    call()
    assert service.heard == []


@pytest.mark.parametrize("endpoint", ["", "nonsense", "http://10.0.0.1/x", "file:///etc/passwd",
                                      "https://x/" + 2000 * "y"])
def test_no_address_of_a_house_of_ours(browser_of, world, endpoint):
    answer = browser_of(world.jon).post("/settings/notifications/browser", data={"endpoint": endpoint})
    assert answer.status_code == 400


def test_the_worker_is_for_all_pages(browser_of, world):
    answer = browser_of(world.jon).get("/worker.js")
    assert answer.mimetype == "text/javascript" and answer.headers["Cache-Control"] == "no-cache"
