"""Accounts: narrowed lists with what is open, a company with its parts, and what is corrected or passed on."""

from datetime import date, timedelta

from app.accounts.actions import change_account
from app.activity.delivery import commit
from app.conversations.actions import log_conversation
from app.conversations.promises import Said
from app.db import now
from app.handoffs.actions import accept, hand_over


def test_the_list_is_narrowed_and_tells_what_is_open(world, api_of):
    account = world.space("account", "open").account
    change_account(account, actor=world.lena, region="DACH", sales_owner_id=world.jon.id)
    hand_over(account.space, "Wants", actor=world.lena, person=world.jon)
    log_conversation(account, "Five", actor=world.jon, people=[("Anna", "")], channel="call", promised=[
        Said("ours", "Offer", world.jon, date(2026, 1, 5)), Said("theirs", "Order", None, date(2026, 1, 5))])
    commit()
    jon = api_of(world.jon)
    for query in ("needs=1", "mine=true", "region=DACH", f"owner_id={world.jon.id}", f"space_id={account.space_id}"):
        [told] = jon.get(f"/accounts?{query}").json["items"]
        assert told["slug"] == "account-open", query
    assert (told["open_handoffs"], told["our_promises"], told["our_late_promises"], told["their_late_promises"]) == (
        1, 1, 1, 1)
    assert told["touched_through"] == "call" and told["handoff_due_at"]
    silent = {each["slug"] for each in jon.get("/accounts?silent=1").json["items"]}
    assert silent == {"account-closed", "account-secret"}
    hidden = [each for each in api_of(world.otto).get("/accounts").json["items"] if each["slug"] == "account-closed"]
    assert hidden[0]["open_handoffs"] == 0 and hidden[0]["touched_at"] is None


def test_a_company_with_its_parts(world, api_of):
    whole, part = (world.space("account", access).account for access in ("open", "closed"))
    change_account(part, actor=world.lena, parent_id=whole.id)
    commit()
    path = f"/accounts/{whole.id}/timeline"
    places = {each["space_id"] for each in api_of(world.jon).get(f"{path}?parts=1").json["items"]}
    assert part.space_id in places
    assert part.space_id not in {each["space_id"] for each in api_of(world.jon).get(path).json["items"]}
    assert part.space_id not in {each["space_id"] for each in api_of(world.otto).get(f"{path}?parts=1").json["items"]}


def test_what_was_accepted_is_passed_on_by_who_has_it(world, api_of):
    space = world.space("account", "open")
    handoff = hand_over(space, "Wants", actor=world.lena, person=world.jon)
    accept(handoff, actor=world.jon)
    commit()
    path, to_otto = f"/handoffs/{handoff.id}/passings", {"person_id": world.otto.id, "note": "Your territory"}
    assert api_of(world.mei).post(path, to_otto).status_code == 403
    passed = api_of(world.jon).post(path, to_otto).json
    assert (passed["state"], passed["person_id"], passed["taker_id"]) == ("waiting", world.otto.id, None)
    assert passed["due_at"] > (now() + timedelta(minutes=1)).isoformat()
    assert api_of(world.jon).post(path, to_otto).status_code == 403
