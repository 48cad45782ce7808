"""What customers were sent, and their shelf, through the API."""

import pytest

from app.accounts.models import Account
from app.contacts.actions import add_contact
from app.extensions import db
from tests.sendings.conftest import account, share  # noqa: F401


@pytest.fixture
def shared(world, account, share) -> Account:  # noqa: F811
    share("Deck", versions=2, industry=["Robotics"])
    share("Draft", approved=False, stage=["evaluating"])
    share("Whisperjet", world.space("project", "secret"), industry=["Robotics"])
    add_contact(account, "Anna Weber", actor=world.lena)
    db.session.commit()
    return account


def test_the_shelf_says_what_suits_and_what_was_sent(world, shared, api_of):
    lena, otto = api_of(world.lena), api_of(world.otto)
    path = f"/accounts/{shared.id}"
    assert [each["title"] for each in lena.get(f"{path}/shelf").json["items"]] == ["Whisperjet", "Deck", "Draft"]
    first = otto.get(f"{path}/shelf?limit=1").json
    rest = otto.get(f"{path}/shelf?cursor={first['next']}").json
    [deck], [draft] = first["items"], rest["items"]
    assert (deck["version"], deck["suits"], deck["is_approved"], rest["next"]) == (2, ["industry"], True, None)
    assert (draft["suits"], draft["is_approved"], draft["sent"]) == (["stage"], False, [])
    files = [{"asset_id": deck["asset_id"]}, {"asset_id": draft["asset_id"]}]
    refused = otto.post(f"{path}/sendings", {"files": files, "names": ["Bo"]})
    assert refused.status_code == 422 and set(refused.json["errors"]) == {"reason"}
    made = otto.post(f"{path}/sendings", {"files": files, "names": ["Bo"], "reason": "They asked",
                                          "channel": "link"})
    assert made.status_code == 201 and made.json["title"] == "As a link to Bo"
    assert made.json["files"] == [{"asset_id": deck["asset_id"], "version": 2, "warnings": []},
                                  {"asset_id": draft["asset_id"], "version": 1, "warnings": ["unapproved"]}]
    [sent] = otto.get(f"{path}/shelf?approved=true").json["items"][0]["sent"]
    assert (sent["sending_id"], sent["version"]) == (made.json["id"], 2)
    assert otto.get(f"{path}/shelf?unsent=true").json["items"] == []


def test_a_file_that_one_may_not_see_is_neither_sent_nor_named(world, shared, api_of):
    lena, otto = api_of(world.lena), api_of(world.otto)
    path = f"/accounts/{shared.id}/sendings"
    [secret, *_others] = lena.get(f"/accounts/{shared.id}/shelf").json["items"]
    sending = {"files": [{"asset_id": secret["asset_id"]}], "names": ["Bo"]}
    assert otto.post(path, sending).status_code == 422
    assert otto.post(path, sending | {"files": []}).status_code == 422
    assert lena.post(path, sending | {"names": []}).json["errors"].keys() == {"contact_ids"}
    assert lena.post(path, sending).status_code == 201
    [seen], [unseen] = (who.get(path).json["items"] for who in (lena, otto))
    assert (len(seen["files"]), seen["hidden_files"]) == (1, 0)
    assert (unseen["files"], unseen["hidden_files"]) == ([], 1) and "Whisperjet" not in str(unseen)
    assert otto.get(f"/accounts/{world.space('account', 'closed').account.id}/shelf").status_code == 403


def test_a_sending_is_corrected(world, shared, api_of):
    lena = api_of(world.lena)
    files = [{"asset_id": each["asset_id"]} for each in lena.get(f"/accounts/{shared.id}/shelf").json["items"]][:1]
    said = {"files": files, "names": ["Anna"], "reason": "They asked"}
    sent = lena.post(f"/accounts/{shared.id}/sendings", said).json
    changed = lena("PATCH", f"/entries/{sent['id']}", {"names": ["Bo"], "contact_ids": [], "channel": "post",
                                                       "body": "By courier"})
    assert changed.status_code == 200 and changed.json["title"] == "By post to Bo" and changed.json["edited_at"]
    assert lena("PATCH", f"/entries/{sent['id']}", {"files": []}).status_code == 422
    assert api_of(world.jon)("PATCH", f"/entries/{sent['id']}", {"body": "x"}).status_code == 403
