"""Who may do what with what belongs to an account: promises, contacts, letters, hand-offs, queues."""

from io import BytesIO

import pytest

from app.access import can, visible
from app.assets.actions import keep, upload
from app.contacts.actions import add_contact
from app.contacts.models import Contact
from app.conversations.actions import log_conversation
from app.conversations.mail_models import Mail
from app.conversations.models import Promise
from app.conversations.promises import Said
from app.entries.actions import comment, share
from app.extensions import db
from app.handoffs.actions import accept, hand_over
from app.handoffs.queue_actions import open_queue
from app.handoffs.queue_models import Queue
from app.sendings.actions import record_sending
from app.sendings.models import Sending, SendingItem
from app.spaces.actions import add_member, remove_member
from app.spaces.models import ACCESS
from tests.test_access import GUEST_VERBS, SPACE_TABLE, WHO, allowed


@pytest.mark.parametrize("access", ACCESS)
def test_who_writes_in_an_account_settles_its_promises_and_keeps_its_contacts(world, access):
    """Also whoever owes one and only reads there elsewhere; a closed account's people are seen by its members alone."""
    space = world.space("account", access)
    contact = add_contact(space.account, "Anna Weber", actor=world.lena)
    conversation = log_conversation(space.account, "Hello", actor=world.lena, contacts=[contact],
                                    promised=[Said("ours", "Send the offer")])
    [promise] = conversation.promises
    for who in WHO:
        person, may = world.person(who), allowed(SPACE_TABLE, "post", access, who, "account", GUEST_VERBS)
        assert can(person, "settle", promise) == can(person, "post", contact) == may, f"{who} {space.slug}"
        assert can(person, "edit", conversation) == (who == "lena")
        for model, thing in ((Contact, contact), (Promise, promise)):
            assert (thing in set(db.session.scalars(visible(person, model)))) == can(person, "read", space)
    share(conversation, world.commons, actor=world.jon)
    promise.owner_id = world.otto.id
    db.session.flush()
    assert can(world.otto, "settle", promise)
    assert can(world.mei, "read", promise) and can(world.mei, "settle", promise) == (access == "open")


def test_what_is_noted_beside_a_letter_is_of_all_who_write_there(world):
    space = world.space("account", "closed")
    letter = log_conversation(space.account, "Hello", actor=world.lena, channel="mail")
    letter.by_mail = True
    answer = comment(letter, "And more", actor=world.lena)
    answer.by_mail = True
    db.session.flush()
    assert [who for who in WHO if can(world.person(who), "edit", letter)] == ["lena", "jon"]
    assert not any(can(world.person(who), "edit", answer) for who in WHO)
    assert [who for who in WHO if can(world.person(who), "delete", answer)] == ["lena"]
    assert db.session.scalars(visible(world.otto, Mail)).all() == []


@pytest.mark.parametrize("access", ACCESS)
def test_whom_a_hand_off_waits_for_takes_it_and_who_accepted_it_reports(world, access):
    """Ada runs what she may read; Otto works the queue, but sees the open account only; Gus is a guest."""
    space = world.space("account", access)
    add_member(space, world.gus, actor=world.lena)
    queue = open_queue("Sales", actor=world.ada, team_id=world.jon.team_id, people=[world.gus])
    handoff = hand_over(space, "Wants a quote", actor=world.jon, queue=queue)
    runs = [who for who in ("ada", "lena") if can(world.person(who), "manage", space) and can(
        world.person(who), "read", space)]
    assert [who for who in WHO if can(world.person(who), "take", handoff)] == [
        "jon", *(["otto"] if access == "open" else [])]
    assert [who for who in WHO if can(world.person(who), "give", handoff)] == [*runs, "jon"]
    assert [who for who in WHO if can(world.person(who), "report", handoff)] == runs
    assert [who for who in WHO if can(world.person(who), "pass_on", handoff)] == [
        *runs, "jon", *(["otto"] if access == "open" else [])]
    accept(handoff, actor=world.jon)
    assert [who for who in WHO if can(world.person(who), "report", handoff)] == [*runs, "jon"]
    to_jon = hand_over(space, "Wants a visit", actor=world.lena, person=world.jon)
    assert [who for who in WHO if can(world.person(who), "take", to_jon)] == ["jon"]


def test_queues_are_known_to_colleagues_and_kept_by_admins_and_who_leads_one(world):
    queue = open_queue("Sales", actor=world.ada, people=[world.otto], leaders=[world.jon])
    for who in WHO:
        person = world.person(who)
        assert can(person, "read", queue) == (queue in set(db.session.scalars(visible(person, Queue)))) == (
            not person.is_guest), who
    assert [who for who in WHO if can(world.person(who), "manage", queue)] == ["ada", "jon"]


@pytest.mark.parametrize("access", ACCESS)
def test_what_a_customer_was_sent_is_read_with_the_account_and_shares_no_file(world, access):
    space, secret = world.space("account", access), world.space("project", "secret")
    file = upload(secret, keep(BytesIO(b"words"), "words.txt"), actor=world.lena)
    sending = record_sending(space.account, [file.current], actor=world.jon, people=[("Anna", "")], reason="They asked")
    for who in WHO:
        person = world.person(who)
        assert can(person, "read", sending) == can(person, "read", space), who
        assert (sending in set(db.session.scalars(visible(person, Sending)))) == can(person, "read", space), who
        assert (sending.items[0] in set(db.session.scalars(visible(person, SendingItem)))) == can(person, "read", space)
        assert can(person, "read", file) == can(person, "read", secret), who
    assert [who for who in WHO if can(world.person(who), "edit", sending)] == ["jon"]
    share(sending, world.commons, actor=world.jon)
    assert can(world.otto, "read", sending) and not can(world.otto, "read", file)


def test_who_lost_an_account_changes_nothing_of_theirs_in_it(browser_of, world):
    """What they wrote they see where it is shared; to change it would be to work with people whom they know no more."""
    closed = world.space("account", "closed")
    anna = [("Anna Weber", "anna@acme.example")]
    file = upload(world.commons, keep(BytesIO(b"%PDF-1.4"), "deck.pdf"), actor=world.jon)
    written = [log_conversation(closed.account, "Hello", actor=world.jon, people=anna),
               record_sending(closed.account, [file.current], actor=world.jon, people=anna, reason="asked"),
               hand_over(closed, "A lead", actor=world.jon, person=world.lena)]
    for entry in written:
        share(entry, world.space("project", "open"), actor=world.lena)
    db.session.flush()
    assert all(can(world.jon, "edit", entry) for entry in written)
    remove_member(closed, world.jon, actor=world.lena)
    db.session.commit()
    assert all(can(world.jon, "read", entry) and not can(world.jon, "edit", entry) for entry in written)
    form = browser_of(world.jon).post(written[1].edit_url, data={"names": "Bo Stranger", "asset": file.id})
    assert form.status_code == 403
    assert not db.session.scalars(db.select(Contact).where(Contact.name == "Bo Stranger")).all()
