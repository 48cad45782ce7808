"""Conversations, promises and contacts through the API."""

import pytest

from tests.api.conftest import errors


@pytest.fixture
def path(world) -> str:
    return f"/accounts/{world.space('account', 'closed').account.id}"


def test_a_conversation_is_logged_read_and_edited(lena, path, world):
    made = lena.post(f"{path}/conversations", {
        "body": "They need *five*.", "channel": "meeting", "names": ["Anna Weber"],
        "happened_at": "2026-11-02T10:00:00+01:00",
        "promises": [{"text": "Send the offer", "owner_id": world.jon.id, "due_on": "2026-12-15"}]})
    assert made.status_code == 201, made.data
    assert (made.json["title"], made.json["happened_at"]) == ("Meeting with Anna Weber", "2026-11-02T09:00:00Z")
    [promise] = made.json["promises"]
    assert (promise["side"], promise["owner_id"], promise["outcome"]) == ("ours", world.jon.id, None)
    here = f"/entries/{made.json['id']}"
    edited = lena("PATCH", here, {
        "body": "Six.", "promises": [{"text": "Send the offer"}, {"text": "Draw", "side": "theirs"}]})
    assert [(each["id"] == promise["id"], each["text"]) for each in edited.json["promises"]] == [
        (True, "Send the offer"), (False, "Draw")]
    assert [each["id"] for each in lena.get(f"{path}/conversations").json["items"]] == [made.json["id"]]
    assert lena.get(f"{path}/conversations?channel=call").json["items"] == []


@pytest.mark.parametrize("wrong, field", [
    ({"happened_at": "2999-01-01T00:00:00Z"}, "happened_at"), ({"channel": "smoke"}, "channel"),
    ({"body": " "}, "body"),
    ({"contact_ids": [99]}, "contact_ids"), ({"promises": [{"text": "x", "owner_id": 99}]}, "promises.0.owner_id"),
])
def test_what_is_wrong_is_named(lena, path, wrong, field):
    answer = lena.post(f"{path}/conversations", {"body": "Hello"} | wrong)
    assert answer.status_code == 422 and field in errors(answer)


def test_a_promise_is_settled_and_opened_again(lena, path):
    made = lena.post(f"{path}/conversations", {"body": "Hello", "promises": [{"text": "Draw", "side": "theirs"}]}).json
    key = made["promises"][0]["id"]
    settled = lena("PATCH", f"/promises/{key}", {"outcome": "kept", "note": "On Monday"}).json
    assert (settled["outcome"], settled["note"]) == ("kept", "On Monday")
    assert lena.get(f"{path}/promises?state=open").json["items"] == []
    assert lena("PATCH", f"/promises/{key}", {"outcome": None}).json["outcome"] is None
    assert [each["id"] for each in lena.get(f"{path}/promises?state=open&side=theirs").json["items"]] == [key]


def test_contacts_are_kept_by_their_address(lena, path):
    account = int(path.rpartition("/")[2])
    made = lena.post("/contacts", {"account_id": account, "name": "Anna Weber", "email": "Anna@Acme.example"})
    assert made.status_code == 201 and made.json["email"] == "anna@acme.example"
    twice = lena.post("/contacts", {"account_id": account, "name": "A. Weber", "email": "ANNA@acme.example"})
    assert twice.status_code == 422 and "email" in errors(twice)
    here = f"/contacts/{made.json['id']}"
    stale = lena("PATCH", here, {"title": "Head"}, headers={"If-Match": '"other"'})
    assert stale.status_code == 412
    assert lena("PATCH", here, {"title": "Head"}, headers={"If-Match": made.headers["ETag"]}).json["title"] == "Head"
    assert [each["id"] for each in lena.get(f"/contacts?account_id={account}").json["items"]] == [made.json["id"]]
    assert lena("DELETE", here).status_code == 204 and lena.get(here).status_code == 404
    assert errors(lena.post("/contacts", {"account_id": account, "name": "X", "email": "no address"}))["email"]


@pytest.mark.parametrize("who, space, status", [
    ("otto", "closed", 403), ("otto", "secret", 404), ("gus", "closed", 404)])
def test_an_accounts_conversations_are_for_who_reads_there(api_of, world, who, space, status):
    here = f"/accounts/{world.space('account', space).account.id}"
    api = api_of(world.person(who))
    for path in ("conversations", "promises"):
        assert api.get(f"{here}/{path}").status_code == status
    assert api.post(f"{here}/conversations", {"body": "Hello"}).status_code == status
    assert api.get("/contacts").json["items"] == []
