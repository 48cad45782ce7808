"""The record of an account: changed in its place by whoever works it, with what it said before, told to its owners."""

import pytest

from app.accounts.actions import InCircle, change_account, open_account
from app.accounts.models import AccountChange
from app.activity.delivery import commit
from app.activity.models import Activity, Notification
from app.extensions import db


@pytest.fixture
def acme(world):
    return world.space("account", "open").account


def told(person) -> list[str]:
    query = db.select(Notification.reason).join(Activity).where(
        Notification.person_id == person.id, Activity.kind == "account.changed")
    return list(db.session.scalars(query))


def test_a_field_is_changed_in_its_place_and_both_owners_are_told(world, acme, browser_of):
    change_account(acme, actor=world.ada, marketing_owner_id=world.lena.id, sales_owner_id=world.jon.id)
    lena = browser_of(world.lena)
    assert f'{acme.url}/record/tier"' in lena.get(acme.url).text
    asked = lena.get(f"{acme.url}/record/tier", headers={"HX-Request": "true"}).text
    assert "<select" in asked and "<html" not in asked and "industry" not in asked
    shown = lena.post(f"{acme.url}/record/tier", data={"tier": "A"}, headers={"HX-Request": "true"})
    assert shown.status_code == 200 and ">A<" in shown.text
    [change] = db.session.scalars(db.select(AccountChange).where(AccountChange.field == "tier"))
    assert (change.old, change.new, change.by) == ("B", "A", world.lena)
    assert told(world.jon)[-1] == "account" and len(told(world.lena)) == 1
    page = lena.get(f"{acme.url}?tab=timeline&kind=record").text
    assert '<del dir="auto">B</del>' in page and '<ins dir="auto">A</ins>' in page


def test_what_says_the_same_leaves_no_trace(world, acme, browser_of):
    browser_of(world.lena).post(f"{acme.url}/record/industry", data={"industry": "Robotics"})
    assert not db.session.scalars(db.select(AccountChange)).all() and not told(world.jon)


@pytest.mark.parametrize(("who", "status"), [("lena", 200), ("jon", 200), ("otto", 403), ("gita", 404)])
def test_whoever_works_the_account_keeps_its_record(world, acme, browser_of, who, status):
    browser = browser_of(world.person(who))
    assert browser.get(f"{acme.url}/record/tier").status_code == status
    assert (f'{acme.url}/record/tier"' in browser.get(acme.url).text) is (status == 200)


def test_what_cannot_be_is_told_beside_the_field(world, acme, browser_of):
    other = world.space("account", "closed").account
    change_account(other, actor=world.lena, parent_id=acme.id)
    lena = browser_of(world.lena)
    round_about = lena.post(f"{acme.url}/record/parent_id", data={"parent_id": other.id})
    assert round_about.status_code == 422 and "part of this account itself" in round_about.text
    for typed, status, kept in (("6,200", 303, 6200), ("abc", 422, 6200), ("9" * 20, 422, 6200), ("6.300", 303, 6300),
                                ("", 303, None)):
        answer = lena.post(f"{acme.url}/record/employees", data={"employees": typed})
        assert (answer.status_code, acme.employees) == (status, kept) and (status == 303 or typed in answer.text)
        said = [words for words in ("not a whole number", "Number must be") if words in answer.text]
        assert len(said) == (status == 422)
    wrong = lena.post(f"{acme.url}/record/website", data={"website": "javascript:x"})
    assert wrong.status_code == 422 and "not the address of a website" in wrong.text and "javascript:x" in wrong.text
    assert lena.get(f"{acme.url}/record/slug").status_code == 404
    with pytest.raises(InCircle):
        change_account(acme, actor=world.lena, parent_id=acme.id)


def test_parent_and_parts_are_shown_to_who_knows_of_them(world, acme, browser_of):
    change_account(world.space("account", "secret").account, actor=world.lena, parent_id=acme.id)
    change_account(world.space("account", "closed").account, actor=world.lena, parent_id=acme.id)
    lena, otto = browser_of(world.lena), browser_of(world.otto)
    assert all(name in lena.get(acme.url).text for name in ("account-secret", "account-closed"))
    page = otto.get(acme.url).text
    assert "account-closed" in page and "account-secret" not in page


def test_a_parent_that_was_set_in_its_place_is_shown_there(world, acme, browser_of):
    other = world.space("account", "closed").account
    path = f"{acme.url}/record/parent_id"
    shown = browser_of(world.lena).post(path, data={"parent_id": other.id}, headers={"HX-Request": "true"}).text
    assert "account-closed" in shown


def test_what_changed_since_the_last_visit_counts_the_record(world, acme, browser_of, monkeypatch):
    jon, visit = browser_of(world.jon), f"/spaces/{acme.space.slug}/visit"
    jon.post(visit)
    change_account(acme, actor=world.lena, tier="A")
    db.session.commit()
    monkeypatch.setattr("app.feed.visits.LASTS", __import__("datetime").timedelta(0))
    assert "1 change of the record" in jon.get(acme.url).text


def test_a_hidden_parent_is_neither_in_the_form_nor_lost_by_it(world, browser_of):
    acme, hidden = world.space("account", "open").account, open_account("Holding", actor=world.ada, access="secret")
    change_account(acme, actor=world.ada, parent_id=hidden.id)
    commit()
    key, lena = hidden.id, browser_of(world.lena)
    for address in ("/accounts/account-open/record/parent_id", "/accounts/account-open/settings"):
        page = lena.get(address).text.partition('name="parent_id"')[2].partition("</select>")[0]
        assert 'value="-1"' in page and f'value="{key}"' not in page and "Holding" not in page
    form = {"name": "account-open", "tier": "A", "access": "open", "parent_id": "-1", "marketing_owner_id": "0",
            "sales_owner_id": "0", "stage": ""}
    assert lena.post("/accounts/account-open/settings", data=form).status_code == 303
    db.session.remove()
    assert (acme := world.space("account", "open").account).parent_id == key and acme.tier == "A"
    assert lena.post("/accounts/account-open/record/parent_id", data={"parent_id": "0"}).status_code == 303
    db.session.remove()
    assert world.space("account", "open").account.parent_id is None
