"""Logging what was said: who was there, what was promised, and what came of it."""

from datetime import date, datetime, timedelta

import pytest

from app.contacts.actions import recognise
from app.contacts.models import Contact
from app.conversations.actions import change_conversation, log_conversation
from app.conversations.models import Conversation, Promise
from app.conversations.promises import Said, reopen, settle
from app.conversations.reminding import remind_due
from app.db import now
from app.entries.actions import remove
from app.extensions import db
from app.feed.rail import due
from tests.conversations.conftest import told

SECONDS_A_KEY = 0.28
"""What a keystroke takes an average typist (Card, Moran and Newell's keystroke-level model)."""


def only(model):
    return db.session.scalars(db.select(model)).one()


def new(space) -> str:
    return f"/accounts/{space.slug}/conversations/new"


def test_one_form_is_all_it_takes(browser_of, space, world):
    browser = browser_of(world.lena)
    form = browser.get(new(space))
    assert form.status_code == 200 and 'value="call"' in form.text
    saved = browser.post(new(space), data={
        "names": "Anna Weber, Tom Li <Tom@acme.example>", "body": "They need *five*.", "channel": "meeting",
        "ours": "Send the offer @jon 2026-12-15\nCall again", "theirs": "Send drawings until 30 Nov"})
    assert saved.status_code == 303 and saved.headers["Location"] == space.url
    kept = only(Conversation)
    assert kept.title == "Meeting with Anna Weber, Tom Li" and "<em>five</em>" in kept.body_html
    assert {(each.name, each.email) for each in kept.contacts} == {("Anna Weber", ""), ("Tom Li", "tom@acme.example")}
    lines = [(each.side, each.text, each.owner and each.owner.handle, each.due_on and each.due_on.day)
             for each in kept.promises]
    assert lines == [("ours", "Send the offer", "jon", 15), ("ours", "Call again", "lena", None),
                     ("theirs", "Send drawings", None, 30)]
    assert told(world.jon, "promise.made") == ["promise"]


def test_it_takes_less_than_twenty_seconds():
    """`l`, two letters of a name, down, enter, tab, what they said, Ctrl+Enter: the browser test types just this."""
    said = "They need five grippers by May"
    keys = len("l") + len("an") + len("↓⏎⇥") + len(said) + 2
    assert keys * SECONDS_A_KEY < 20


def test_who_was_there_is_recognised_and_offered_next_time(browser_of, space, world):
    browser = browser_of(world.lena)
    for name in ("Anna Weber", "anna weber"):
        browser.post(new(space), data={"names": name, "body": "Hello"})
    assert only(Contact).name == "Anna Weber"
    assert 'name="contact_ids"' in browser.get(new(space)).text


def test_who_was_logged_by_name_alone_is_the_one_who_writes_later_unless_they_have_an_address(space, world):
    def written_by(name: str, email: str = "") -> Contact:
        return recognise(space.account, [(name, email)], actor=world.lena)[0]

    anna = written_by("Anna Weber")
    assert written_by("anna weber", "anna@acme.example") is anna and anna.email == "anna@acme.example"
    assert written_by("Anna Weber", "anna@other.example") is not anna and written_by("Anna Weber") is anna


@pytest.mark.parametrize("wrong, said", [
    ({"body": "", "theirs": ""}, "Write down what they said"), ({"ours": "Send it @otto"}, "called @otto"),
    ({"ours": "Send it 2026-02-30"}, "No calendar has the day"), ({"channel": "smoke"}, "Not a valid choice"),
    ({"happened_at": (now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")}, "yet to come"),
])
def test_bad_input_is_said_beside_its_field_and_keeps_what_was_typed(browser_of, space, world, wrong, said):
    typed = {"names": "Anna Weber", "body": "They need five", "theirs": "Drawings"} | wrong
    answer = browser_of(world.lena).post(new(space), data=typed)
    assert answer.status_code == 422 and said in answer.text
    assert all(value in answer.text for value in (typed["names"], typed["theirs"]))
    assert db.session.scalar(db.select(Conversation.id)) is None


def test_when_it_was_is_told_in_the_writers_zone(browser_of, space, world):
    world.lena.timezone = "Europe/Berlin"
    browser_of(world.lena).post(new(space), data={"body": "Hello", "happened_at": "2026-11-02T10:00"})
    assert only(Conversation).happened_at.isoformat() == "2026-11-02T09:00:00+00:00"


def test_an_edit_keeps_what_came_of_promises(browser_of, account, world):
    kept = log_conversation(account, "Hello", actor=world.lena, promised=[
        Said("ours", "Send the offer", world.jon), Said("ours", "Call again", world.lena)])
    settle(kept.promises[0], "kept", actor=world.jon)
    db.session.commit()
    browser = browser_of(world.lena)
    form = browser.get(kept.edit_url).text
    assert "Send the offer @jon" in form
    browser.post(kept.edit_url, data={
        "title": "A call", "body": "Hello again", "channel": "call",
        "ours": "Call on Monday @jon\nSend the offer @jon"})
    db.session.expire_all()
    kept = only(Conversation)
    assert [(each.text, each.outcome, each.owner.handle) for each in kept.promises] == [
        ("Call on Monday", None, "jon"), ("Send the offer", "kept", "jon")]
    assert kept.revisions and kept.body == "Hello again"


def test_a_promise_is_settled_and_who_owes_it_hears(browser_of, account, world):
    kept = log_conversation(account, "Hello", actor=world.lena, promised=[Said("ours", "Send the offer", world.jon)])
    db.session.commit()
    page = browser_of(world.lena).post(f"/promises/{kept.promises[0].id}/outcome", data={
        "outcome": "broken", "note": "Too late"})
    assert page.status_code == 303
    promise = only(Promise)
    assert (promise.outcome, promise.note, promise.settled_by.handle) == ("broken", "Too late", "lena")
    assert told(world.jon, "promise.settled") == ["promise"]
    reopen(promise, actor=world.jon)
    assert promise.is_open and promise.settled_at is None
    assert told(world.lena, "promise.reopened") == ["author"]


def test_what_is_open_on_both_sides_stands_beside_the_account(browser_of, account, space, world):
    log_conversation(account, "Hello", actor=world.lena, people=[("Anna Weber", "")], promised=[
        Said("ours", "Send the offer", world.jon, date(2026, 1, 5)), Said("theirs", "Send drawings")])
    db.session.commit()
    shown = browser_of(world.jon).get(f"/accounts/{space.slug}/commitments").text
    assert "Send the offer" in shown and "Send drawings" in shown and "Anna Weber" in shown and "overdue" in shown


def test_what_i_promised_is_due_beside_my_feed_and_i_am_reminded(account, world):
    day = date(2026, 12, 10)
    said = [Said("ours", "Send the offer", world.jon, day)]
    kept = log_conversation(account, "Hello", actor=world.lena, promised=said)
    kept.created_at = now() - timedelta(days=30)
    db.session.flush()
    assert [(each.kind, each.title, each.day, each.within) for each in due(world.jon)] == [
        ("promise", "Send the offer", day, account.space.name)]
    noon = datetime(2026, 12, 9, 12, tzinfo=now().tzinfo)
    assert [remind_due(noon), remind_due(noon), remind_due(noon + timedelta(days=2))] == [1, 0, 1]
    assert told(world.jon, "promise.due") == ["due", "due"]
    settle(kept.promises[0], "kept", actor=world.jon)
    assert due(world.jon) == []


def test_a_conversation_that_is_withdrawn_promises_nothing(account, world):
    kept = log_conversation(account, "Hello", actor=world.lena, promised=[Said("ours", "Send the offer", world.jon)])
    remove(kept, actor=world.lena)
    db.session.flush()
    assert due(world.jon) == [] and db.session.scalar(db.select(Promise.id)) is None


def test_it_is_found_by_who_was_there_and_what_was_promised(browser_of, account, world):
    log_conversation(account, "Hello", actor=world.lena, people=[("Anna Zitrone", "")],
                     promised=[Said("theirs", "Send blueprints")])
    db.session.commit()
    browser = browser_of(world.jon)
    for words in ("Zitrone", "blueprints kind:conversation"):
        assert "Call with" in browser.get("/search", query_string={"q": words}).text


def test_the_words_of_a_letter_are_nobodys_to_change(arrive, browser_of, world):
    [(mail, _)] = arrive(b"From: anna@acme.example\nSubject: Grippers\n\nWe need five.", actor=world.lena)
    db.session.commit()
    form = browser_of(world.jon).get(mail.entry.edit_url).text
    assert 'name="body"' not in form and 'name="ours"' in form
    said = [Said("ours", "Offer", world.jon)]
    change_conversation(mail.entry, actor=world.jon, body="Six", title="Order", promised=said)
    assert (mail.entry.body, mail.entry.title) == ("We need five.", "Order") and len(mail.entry.promises) == 1
