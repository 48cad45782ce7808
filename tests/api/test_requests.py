"""What holds for every request: tokens, problems, idempotency, older states, limits, data that breaks databases."""

import json
import threading

import pytest
from werkzeug.test import Client

from app.api.blueprint import api as blueprint
from app.entries.models import Entry, Post
from app.extensions import db, limiter
from tests.api.conftest import errors


def posts(world) -> int:
    return db.session.scalar(db.select(db.func.count()).select_from(Post))


@pytest.mark.parametrize(("method", "path", "status"), [
    ("GET", "/me", 401), ("POST", "/posts", 401), ("GET", "/nothing", 404), ("PUT", "/me", 405),
])
def test_a_stranger_gets_a_problem(api_of, method, path, status):
    answer = api_of(None)(method, path)
    assert answer.status_code == status and errors(answer) == {}
    if status == 401:
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    if status == 405:
        assert "GET" in answer.headers["Allow"]


def test_a_browser_session_is_no_token(browser_of, world):
    browser = browser_of(world.lena)
    assert browser.get("/api/v1/me").status_code == 401


def test_the_token_of_somebody_who_left_is_worth_nothing(api_of, world):
    api = api_of(world.jon)
    world.jon.deactivated_at = world.jon.created_at
    assert api.get("/me").status_code == 401


def test_every_operation_asks_for_a_token(client):
    for rule in client.application.url_map.iter_rules():
        if rule.endpoint.startswith(f"{blueprint.name}.") and rule.endpoint != "api.openapi":
            path = rule.rule
            for converter in ("<key:space_id>", "<key:entry_id>"):
                path = path.replace(converter, "1")
            method = next(iter(rule.methods - {"HEAD", "OPTIONS"}))
            if "<" not in path:
                assert client.open(path, method=method).status_code == 401, rule


@pytest.mark.parametrize(("body", "field"), [
    ({"body": "x"}, "space_id"),
    ({"space_id": 1}, "body"),
    ({"space_id": 1, "body": " \n "}, "body"),
    ({"space_id": "1", "body": "x"}, "space_id"),
    ({"space_id": True, "body": "x"}, "space_id"),
    ({"space_id": 1.5, "body": "x"}, "space_id"),
    ({"space_id": 2**64, "body": "x"}, "space_id"),
    ({"space_id": 1, "body": ["x"]}, "body"),
    ({"space_id": 1, "body": "a\0b"}, "body"),
    ({"space_id": 1, "body": "\ud800"}, "body"),
    ({"space_id": 1, "body": "x" * 100_001}, "body"),
    ({"space_id": 1, "body": "x", "colour": "red"}, "colour"),
])
def test_what_cannot_be_accepted_is_named(lena, body, field):
    answer = lena.post("/posts", body)
    assert answer.status_code == 422
    assert list(errors(answer)) == [field]


@pytest.mark.parametrize(("data", "content_type", "status"), [
    (b"{", "application/json", 400),
    (b"\xff\xfe", "application/json", 400),
    (b"[" * 100_000, "application/json", 400),
    (b'{"space_id": NaN, "body": "x"}', "application/json", 400),
    (b'{"space_id": ' + b"9" * 5000 + b', "body": "x"}', "application/json", 400),
    (b'{"space_id": 1e400, "body": "x"}', "application/json", 422),
    (b"[]", "application/json", 422),
    (b"null", "application/json", 422),
    (b"space_id=1&body=x", "application/x-www-form-urlencoded", 415),
    (b"{}", "text/plain", 415),
])
def test_a_body_that_is_none(lena, data, content_type, status):
    answer = lena.raw("POST", "/posts", data, content_type)
    assert answer.status_code == status
    errors(answer)


def test_a_translated_sentence_is_one_error(lena, world):
    answer = lena("PATCH", f"/people/{world.lena.id}", {"timezone": "x/y"})
    assert answer.status_code == 422 and errors(answer) == {"timezone": ["Write it as Continent/City."]}
    answer = lena.post("/learnings", {"space_id": world.commons.id})
    assert errors(answer) == {"title": ["State what was learned."]}


def test_a_body_that_is_too_long_is_refused(lena):
    answer = lena.raw("POST", "/posts", b'{"body": "' + b"x" * 5 * 1024 * 1024 + b'"}')
    assert answer.status_code == 413
    errors(answer)


@pytest.mark.parametrize("path", [
    f"/entries/{2**63}", f"/entries/{10**40}", "/entries/-1", "/entries/x", f"/spaces/{2**62}", "/people/0",
    f"/assets/1/versions/{2**62}/file",
])
def test_an_id_that_is_none_is_not_found(lena, path):
    answer = lena.get(path)
    assert answer.status_code == 404
    errors(answer)


@pytest.mark.parametrize(("query", "field"), [
    ("limit=0", "limit"), ("limit=101", "limit"), ("limit=ten", "limit"), ("cursor=x", "cursor"),
    ("cursor=%00", "cursor"), ("cursor=" + "9" * 60, "cursor"),
])
def test_a_list_names_what_is_wrong_with_its_query(lena, query, field):
    answer = lena.get(f"/feed?{query}")
    assert answer.status_code == 422 and list(errors(answer)) == [field]


def test_a_key_makes_nothing_twice(lena, world):
    body, headers = {"space_id": world.commons.id, "body": "Once"}, {"Idempotency-Key": "once"}
    first = lena.post("/posts", body, headers=headers)
    count = posts(world)
    second = lena.post("/posts", body, headers=headers)
    assert (second.status_code, second.json, second.headers["Location"]) == (201, first.json, first.headers["Location"])
    assert posts(world) == count
    other = lena.post("/posts", body | {"body": "Other"}, headers=headers)
    assert other.status_code == 422 and list(errors(other)) == ["Idempotency-Key"]


def test_a_key_is_each_persons_own(lena, world, api_of):
    body, headers = {"space_id": world.commons.id, "body": "Once"}, {"Idempotency-Key": "same"}
    first = lena.post("/posts", body, headers=headers)
    assert api_of(world.jon).post("/posts", body, headers=headers).json["id"] != first.json["id"]


def test_a_refused_request_leaves_its_key_free(lena, world):
    headers = {"Idempotency-Key": "again"}
    assert lena.post("/posts", {"space_id": 10**9, "body": "x"}, headers=headers).status_code == 404
    assert lena.post("/posts", {"space_id": world.commons.id, "body": "x"}, headers=headers).status_code == 201


def test_two_requests_at_once_with_one_key_make_one_thing(lena, world):
    body, headers = {"space_id": world.commons.id, "body": "At once"}, {"Idempotency-Key": "at-once"}
    count, start, answers = posts(world), threading.Barrier(4), []
    db.session.commit()
    app = lena.client.application

    def send() -> None:
        start.wait()
        answers.append(Client(app, app.response_class).post("/api/v1/posts", json=body, headers=lena.headers | headers))

    threads = [threading.Thread(target=send) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {each.status_code for each in answers} == {201}
    assert len({each.json["id"] for each in answers}) == 1
    assert posts(world) == count + 1


def test_an_edit_of_an_older_state_is_refused(lena, world):
    space = world.space("project", "open")
    paths = {
        f"/entries/{world.first_post(space).id}": "body", f"/spaces/{space.id}": "description",
        f"/people/{world.lena.id}": "about", f"/accounts/{world.space('account', 'open').account.id}": "industry",
    }
    for path, field in paths.items():
        known = lena.get(path).headers["ETag"]
        fresh = lena("PATCH", path, {field: "First"}, headers={"If-Match": known})
        assert fresh.status_code == 200 and fresh.headers["ETag"] != known, path
        stale = lena("PATCH", path, {field: "Second"}, headers={"If-Match": known})
        assert stale.status_code == 412 and errors(stale) == {}, path
        assert lena.get(path).json[field] == "First"
        assert lena.get(path).headers["ETag"] == fresh.headers["ETag"]


def test_a_stale_deletion_is_refused(lena, world):
    path = f"/entries/{world.first_post(world.space('project', 'open')).id}"
    assert lena("DELETE", path, headers={"If-Match": '"older"'}).status_code == 412
    assert lena.get(path).status_code == 200


@pytest.fixture
def three_a_minute(app):
    """A limit that is soon reached."""
    app.config["API_RATE_LIMIT"], usual = "3 per minute", app.config["API_RATE_LIMIT"]
    limiter.reset()
    yield
    app.config["API_RATE_LIMIT"] = usual


def test_too_many_requests_are_told_when_to_come_back(three_a_minute, lena, api_of, world):
    answers = [lena.get(path) for path in ("/me", "/people", "/feed")]
    assert [each.status_code for each in answers] == [200] * 3
    assert not any("Retry-After" in each.headers for each in answers)
    assert [each.headers["X-RateLimit-Remaining"] for each in answers] == ["2", "1", "0"]
    for answer in (lena.get("/me"), lena.post("/posts", {"space_id": world.commons.id, "body": "x"})):
        assert answer.status_code == 429 and int(answer.headers["Retry-After"]) > 0
        errors(answer)
    assert api_of(world.jon).get("/me").status_code == 200


def test_who_guesses_tokens_is_slowed_down_by_address(three_a_minute, app):
    tries = [app.test_client().get("/api/v1/me", headers={"Authorization": f"Bearer qd_{number}"}) for number in
             range(5)]
    assert [each.status_code for each in tries] == [401] * 3 + [429] * 2


def test_what_breaks_is_a_problem_too(app, lena, monkeypatch):
    def broken(*_arguments):
        raise RuntimeError("broken")

    monkeypatch.setattr("app.api.people._unread", broken)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    answer = lena.get("/me")
    assert answer.status_code == 500 and "broken" not in answer.text
    errors(answer)


def test_the_description_is_public_and_names_every_operation(client):
    described = json.loads(client.get("/api/v1/openapi.json").data)
    assert described["openapi"] == "3.1.0"
    rules = [rule for rule in client.application.url_map.iter_rules() if rule.endpoint.startswith("api.")]
    # All but the description itself and the two addresses of uploads in pieces, whose protocol has a text of its own.
    operations = [rule for rule in rules if rule.rule not in ("/api/v1/uploads", "/api/v1/uploads/<key>")]
    assert len([method for path in described["paths"].values() for method in path]) == len(operations) - 1


def test_the_reference_is_a_page_for_people(browser_of, world, client):
    assert client.get("/api/docs").status_code == 302
    browser = browser_of(world.lena)
    page = browser.get("/api/docs")
    assert page.status_code == 200 and "/api/v1/entries/{entry_id}" in page.text and "shape-Review" in page.text


def test_an_entry_that_quotes_is_shown_without_what_is_hidden(lena, world, api_of):
    hidden, shown = world.space("project", "secret"), world.space("project", "open")
    quoted = world.first_post(hidden).id
    lena.post(f"/entries/{quoted}/shares", {"space_id": world.space("project", "closed").id})
    lena.post(f"/entries/{quoted}/shares", {"space_id": shown.id, "body": "Look"})
    quoting = lena.everything(f"/spaces/{shown.id}/entries", 5)[0]
    assert quoting["quoted_id"] == quoted
    assert db.session.get(Entry, quoted).space_id == hidden.id
    assert api_of(world.otto).get(f"/entries/{quoted}").status_code == 200
