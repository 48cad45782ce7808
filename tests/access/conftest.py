"""An account that Gus was a guest of once, with one of everything in it, and the one whose guest he is."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from app.accounts.actions import change_account, open_account
from app.activity.delivery import commit
from app.api.models import Webhook
from app.approvals.actions import ask as ask_approval
from app.assets.actions import keep, upload
from app.contacts.actions import add_contact
from app.conversations.actions import log_conversation
from app.conversations.mail.reading import read
from app.conversations.promises import Said
from app.conversations.receiving import file_all
from app.db import now
from app.decisions.actions import decide
from app.entries.actions import bookmark, comment, post, react
from app.entries.models import Entry
from app.entries.quoting import quote
from app.entries.reference_models import Tag
from app.export.actions import ask_for
from app.extensions import db
from app.handoffs.actions import hand_over, pass_on
from app.handoffs.queue_actions import open_queue
from app.learnings.actions import state_learning
from app.library.actions import begin_collection, collect
from app.lists.actions import begin_list, put, save_filter
from app.notifications.choosing import mute, set_rule
from app.people.actions import follow
from app.polls.actions import ask, choose
from app.reviews.actions import post_review
from app.sendings.actions import record_sending
from app.spaces.actions import add_member, remove_member
from app.tasks.actions import add_milestone, add_task
from app.voices.actions import subscribe
from tests.api.conftest import api_of  # noqa: F401
from tests.conversations.conftest import letter
from tests.voices.conftest import asked, item

OWN, SECRET = 300_000, 700_000


class Numbers:
    """While it listens, rows that are made get ids of `start` and above, each another one."""

    def __init__(self) -> None:
        self.start, self.rows = OWN, []

    def __call__(self, _mapper, _connection, row) -> None:
        if row.id is None and row.__mapper__.columns["id"].type.python_type is int:
            self.rows.append(row)
            row.id = self.start + len(self.rows)


@pytest.fixture
def numbers(app) -> Iterator[Numbers]:
    found = Numbers()

    def number(mapper, connection, row) -> None:
        if "id" in mapper.columns:
            found(mapper, connection, row)

    event.listen(db.Model, "before_insert", number, propagate=True)
    yield found
    event.remove(db.Model, "before_insert", number)


@contextmanager
def numbered(numbers: Numbers, start: int) -> Iterator[None]:
    numbers.start = start
    yield
    db.session.flush()
    numbers.start = OWN


@pytest.fixture
def own(world, numbers):
    """Where Gus is a guest."""
    space = world.space("account", "open")
    add_member(space, world.gus, actor=world.lena)
    return space


@pytest.fixture
def secret(world, own, numbers) -> dict[str, set]:
    """The other account with one of everything in it, some of it tied to Gus and to where he is; ids by kind."""
    mei, gus, lena = world.mei, world.gus, world.lena
    mei.name, mei.handle = "Quokka Mei", "quokkamei"
    with numbered(numbers, SECRET):
        account = open_account("Quokka Works", actor=lena, access="secret", industry="Quokkery",
                               website="quokka.example")
        space = account.space
        space.slug = "quokka-works"
        for person in (mei, gus):
            add_member(space, person, actor=lena)
        change_account(account, actor=mei, stage="buying", region="Quokkaland", sales_owner_id=mei.id)
        queue = open_queue("Inside sales", actor=world.ada, people=[mei])
        anna = add_contact(account, "Quokka Weber", actor=lena, email="anna@quokka.example", phone="quokka 1")
        deck = upload(space, keep(io.BytesIO(b"quokka words"), "quokka.txt"), actor=mei)
        review = post_review(space, "Quokka fair", actor=lena, quarter="2026-Q3", channels=["quokkafair"])
        first = post(space, "Quokkas are dear #quokkatag #quokkanew @gus $account-open", actor=mei)
        poll = ask(space, "Which quokka?", ["Quokka one", "Quokka two"], actor=mei)
        choose(poll.poll, [poll.poll.options[0].id], actor=gus)
        conversation = log_conversation(account, "Quokka talk", actor=mei, contacts=[anna],
                                        promised=[Said("ours", "Send quokka", gus, now().date())])
        [filed] = file_all(account, read(keep(io.BytesIO(letter("Quokka mail", Subject="Quokka")), "quokka.eml")),
                           actor=lena)
        hand_over(space, "Quokka wants a quote", actor=lena, queue=queue, contact_name="Quokka Weber",
                            source="Quokkafair", programme="Quokka programme", reads=[deck], review=review)
        record_sending(account, [deck.current], actor=lena, contacts=[anna], reason="Quokka asked")
        subscribe(account, asked(item(3, title="Quokka news", text="quokka"), address="https://quokka.example/feed"),
                  actor=mei)
        comment(first, "Quokka answer @gus", actor=mei)
        react(first, "👍", actor=gus)
        quote(world.first_post(own), space, "Quokka on that @lena", actor=mei)
        decide(space, "Quokka or not?", "Quokka", actor=lena, deciders=[gus])
        state_learning(space, "Quokka claim", actor=lena, review=review)
        milestone = add_milestone(space, "Quokka day", now().date(), actor=lena)
        add_task(space, "Quokka task", actor=lena, owner=gus, due_on=now().date(), milestone=milestone)
        approval = ask_approval(deck, actor=mei, people=[gus], due_on=now().date(), note="quokka")
        bookmark(first, actor=gus)
        for thing in ({"person": mei}, {"space": space}, {"tag": db.session.scalar(db.select(Tag).where(
                Tag.name == "quokkatag"))}):
            follow(gus, **thing)
        set_rule(gus, "all", space=space)
        mute(gus, "good", thread=poll)
        export = ask_for(space, actor=lena)
        collection = begin_collection(space, "Quokka files", actor=mei)
        collect(collection, [deck], actor=mei)
    wanted = begin_list("Mine", actor=gus)
    for thing in ({"person": mei}, {"space": space}):
        put(wanted, **thing)
    save_filter("Saved", "/search", "q=fair&region=DACH", actor=gus)
    change_account(own.account, actor=lena, parent_id=account.id, industry="Robotics")
    change_account(account, actor=lena, parent_id=None)
    given = hand_over(own, "Wants a visit", actor=lena, queue=queue, reads=[deck], review=review)
    pass_on(given, "Yours", actor=lena, person=world.jon)
    given.queue = None
    hand_over(own, "Wants a quote", actor=world.jon, person=lena)
    record_sending(own.account, [deck.current], actor=lena, people=[("Bea", "")], reason="They asked")
    collect(begin_collection(own, "Files", actor=lena), [deck], actor=lena)
    quote(first, own, "Read this", actor=lena)
    log_conversation(own.account, "Hello", actor=lena, people=[("Bea", "bea@here.example")])
    commit()
    remove_member(space, gus, actor=lena)
    db.session.add(Webhook(person_id=gus.id, url="https://hooks.example/", secret="s"))
    commit()
    with numbered(numbers, SECRET):
        comment(first, "More of quokkas @gus", actor=mei)
    commit()
    entries = {row.id for row in numbers.rows if isinstance(row, Entry) and row.id > SECRET}
    return {
        "entries": entries, "space": {space.id}, "account": {account.id}, "contacts": {anna.id},
        "mails": {filed.mail.id}, "promises": {conversation.promises[0].id}, "queues": {queue.id},
        "collections": {collection.id}, "milestones": {milestone.id}, "approvals": {approval.id},
        "exports": {export.id}, "people": {mei.id},
    }


@pytest.fixture
def get(world, secret, browser_of, api_of):  # noqa: F811
    """Gus asks: with his browser, and for the API with a token."""
    browser, api = browser_of(world.gus), api_of(world.gus)

    def ask_for_it(path: str, headers: dict | None = None):
        to = api if path.startswith("/api/v1/") else None
        return to.get(path.removeprefix("/api/v1"), headers=headers) if to else browser.get(path, headers=headers)
    return ask_for_it
