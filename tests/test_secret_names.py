"""What is shared out of a secret space is read without learning where it comes from."""

import io

import pytest

from app.activity.delivery import commit
from app.assets.actions import keep, upload
from app.conversations.actions import log_conversation
from app.conversations.mail.reading import read
from app.conversations.mail_models import Mail
from app.conversations.promises import Said
from app.conversations.receiving import file_all
from app.db import now
from app.decisions.actions import decide
from app.entries.actions import comment, post, share
from app.entries.important import acknowledge, mark_important
from app.entries.quoting import quote
from app.extensions import db
from app.handoffs.actions import accept, hand_over
from app.handoffs.queue_actions import open_queue
from app.learnings.actions import state_learning
from app.polls.actions import ask
from app.reviews.actions import post_review
from app.sendings.actions import record_sending
from app.spaces.actions import add_member
from tests.api.conftest import api_of  # noqa: F401
from tests.conversations.conftest import letter

DATABASES = ("postgresql",)
"""Pages are the same on either database; who may see what is tried on both in tests/test_access.py."""

NAME = "Zephyr Vault"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def shared(world) -> list:
    """One entry of each kind out of the secret project, read in the open one, with a comment each."""
    secret = world.space("project", "secret")
    secret.name, secret.slug = NAME, "zephyr-vault"
    deck = keep(io.BytesIO(b"words of a deck"), "deck.txt")
    review = post_review(secret, "Tungsten fair", actor=world.lena, quarter="2026-Q3", channels=["fair"], deck=deck)
    entries = [
        post(secret, "Tungsten is dear #tungsten @otto", actor=world.lena),
        review,
        state_learning(secret, "Tungsten claim", actor=world.lena, review=review),
        upload(secret, keep(io.BytesIO(b"tungsten"), "tungsten.txt"), actor=world.lena),
        decide(secret, "Tungsten or not?", "Tungsten", actor=world.lena),
    ]
    for entry in entries:
        share(entry, world.space("project", "open"), actor=world.lena, note="Read this")
        comment(entry, "Tungsten indeed @gus", actor=world.lena)
    commit()
    return [(entry.id, entry.url) for entry in entries]


@pytest.fixture
def account(world) -> list:
    """What belongs to a secret account, read in the open project: Otto works the queue of its hand-off, and is owed."""
    secret, deck = world.space("account", "secret"), keep(io.BytesIO(b"words"), "words.txt")
    secret.name, secret.slug = NAME, "zephyr-vault"
    queue = open_queue("Inside sales", actor=world.ada, people=[world.otto, world.jon])
    file = upload(secret, deck, actor=world.lena)
    talk = log_conversation(secret.account, "Tungsten talk", actor=world.lena, title="Talk", promised=[
        Said("ours", "Send tungsten", world.jon, now().date())])
    talk.promises[0].owner = world.otto
    file_all(secret.account, read(keep(io.BytesIO(letter("Tungsten", Subject="Mail")), "m.eml")), actor=world.lena)
    add_member(secret, world.mei, actor=world.lena)
    notice = post(secret, "Tungsten for all", actor=world.lena)
    mark_important(notice, actor=world.lena)
    acknowledge(notice, actor=world.mei)
    entries = [
        talk, db.session.scalars(db.select(Mail)).one().entry, notice,
        hand_over(secret, "Tungsten lead", actor=world.lena, queue=queue),
        record_sending(secret.account, [file.current], actor=world.lena, people=[("Anna", "")], reason="They asked"),
        ask(secret, "Tungsten?", ["Yes", "No"], actor=world.lena),
        quote(world.first_post(world.space("project", "open")), secret, "Tungsten, this", actor=world.lena),
    ]
    for entry in entries:
        share(entry, world.space("project", "open"), actor=world.lena, note="Read this")
        comment(entry, "Tungsten indeed @gus @otto", actor=world.lena)
    accept(entries[3], actor=world.jon)
    handed = hand_over(secret, "Tungsten signal", actor=world.lena, queue=queue)
    share(handed, world.space("project", "open"), actor=world.lena)
    commit()
    return [(entry.id, entry.url) for entry in [*entries, handed]]


@pytest.mark.parametrize("who", ["otto", "gus"])
def test_no_page_names_the_secret_account(account, world, browser_of, api_of, who):  # noqa: F811
    browser, api = browser_of(world.person(who)), api_of(world.person(who))
    own = ["/", "/catch-up", "/handoffs", "/handoffs?view=all", "/handoffs?view=owed", "/handoffs/report", "/accounts",
           "/notifications", "/search?q=tungsten", "/search/suggest?q=talk", "/pick/read?find-read=tungsten",
           "/people/lena", "/notifications/newest", "/projects/project-open"]
    parts = ("fragment", "history", "more", "reactions", "quotes", "quote", "mute", "readers?ids=1,2,3")
    pages = [f"/e/{key}/{part}" for key, _url in account for part in parts] + [url for _key, url in account]
    for page in [*own, *pages]:
        for headers in ({}, HTMX):
            answer = browser.get(page, headers=headers)
            assert answer.status_code == 200, page
            assert NAME not in answer.text and "zephyr-vault" not in answer.text, page
            assert "seen by" not in answer.text, "how many belong there is theirs to know"
    for path in ("/catch-up", "/handoffs", "/feed", "/notifications", *(f"/entries/{key}" for key, _url in account)):
        answer = api.get(path)
        assert answer.status_code == 200 and NAME not in answer.text and "zephyr-vault" not in answer.text, path
    key = account[2][0]
    assert browser.get(f"/e/{key}/acknowledgements").status_code == 403
    assert api.get(f"/entries/{key}/acknowledgements").status_code == 403


@pytest.mark.parametrize("who", ["otto", "gus"])
def test_no_page_names_the_secret_space(shared, world, browser_of, who):
    browser = browser_of(world.person(who))
    pages = ["/", "/?view=following", "/?view=unread", "/projects/project-open", "/people/lena", "/tags/tungsten",
             "/reviews", "/learnings", "/assets", "/search?q=tungsten", "/search/suggest?q=tungsten", "/notifications"]
    pages += [f"/projects/project-open?tab={tab}" for tab in ("assets", "decisions", "reviews", "learnings")]
    for key, url in shared:
        pages += [url, f"/e/{key}/fragment", f"/e/{key}/history", f"/e/{key}/more", f"/e/{key}/reactions"]
        pages += [f"/e/{key}/share"] if who == "otto" else []
    for page in pages:
        for headers in ({}, HTMX):
            answer = browser.get(page, headers=headers)
            assert answer.status_code == 200, page
            assert NAME not in answer.text and "zephyr-vault" not in answer.text, page


def test_who_belongs_there_sees_where_it_lives(shared, world, browser_of):
    assert NAME in browser_of(world.lena).get(shared[0][1]).text


def test_a_reader_from_outside_sees_the_space_they_read_it_in(shared, world, browser_of):
    page = browser_of(world.otto).get("/people/lena").text
    assert 'href="/projects/project-open"' in page
