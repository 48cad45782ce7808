"""What each page costs: its statements are bounded, whatever it shows."""

import io
from datetime import date
from decimal import Decimal

import pytest

from app.activity.delivery import commit
from app.assets.actions import keep, upload
from app.conversations.actions import log_conversation
from app.conversations.mail.reading import read
from app.conversations.models import Conversation
from app.conversations.promises import Said
from app.conversations.receiving import file_all
from app.cycles.actions import Owed, start_cycle
from app.cycles.models import ReviewCycle
from app.decisions.actions import decide
from app.entries.actions import bookmark, comment, post, react, share
from app.extensions import db
from app.handoffs.actions import accept, hand_over, tell_outcome
from app.handoffs.queue_actions import open_queue
from app.learnings.actions import Ground, add_ground, apply_learning, contradict, end_trial, state_learning
from app.library.actions import begin_collection, collect
from app.library.models import Collection
from app.lists.actions import begin_list, put
from app.outgoing import Page
from app.people.actions import follow
from app.reuse.actions import adapt, say_rights
from app.reviews.actions import post_review
from app.reviews.drafting import start_draft
from app.reviews.key_points import make_point
from app.reviews.models import Review
from app.sendings.actions import record_sending
from app.tasks.actions import add_milestone, add_task
from app.voices.actions import subscribe
from app.voices.asking import Asked
from app.voices.found import Item, Reading
from app.voices.models import Subscription
from tests.making.mails import attached, many, part

DATABASES = ("sqlite",)
"""Statements are as many on either database."""

# One of them for who works the queues of the hand-offs among its cards; three where conversations are among them: who
# was there, what was promised, what came along by mail; one where something that was sent is: its files.
HOME_STATEMENTS = 17
# One of them for its co-authors, two for last quarter's figures and its breakdown, one for its next steps, one for what
# was said of its programme before, one for the reactions of its thread, one for the tasks about it.
REVIEW_STATEMENTS = 34
PAGE_STATEMENTS = {
    "/": HOME_STATEMENTS,
    "/?view=unread": HOME_STATEMENTS,
    "/catch-up": 8,
    "/lists": 5,
    # Three of them for who uses it, what stands beside it and what trends.
    "/tags/webinar": 17,
    "/lists/1": 14,
    # Five of them for the overview: what is pinned, what waits to be decided, milestones, the newest files, the people.
    # One for who decides, asked for where a card is a decision: joined, it read all people for any card.
    "/projects/project-open": 20,
    "/projects/project-open?tab=assets": 14,
    "/spaces/project-open/tasks": 12,
    "/spaces/project-open/tasks?view=list": 11,
    "/tasks": 8,
    # Six of them count what will be in it.
    # One of them counts both what waits and what is owed.
    "/handoffs": 9,
    "/handoffs?view=given&tier=B": 9,
    "/handoffs/queues": 9,
    "/handoffs/report": 8,
    "/accounts/account-open/handoffs/new": 9,
    "/spaces/project-open/export": 12,
    # Four of them for its conversations: who was there, what was promised, files of letters, the assets themselves.
    # Two of them for what is open on both sides, one for the files of what was sent.
    "/accounts/account-open": 25,
    "/accounts/account-open/commitments": 9,
    # Three of them for the files, two for when they were sent, two for what changed since.
    "/accounts/account-open?tab=shelf": 20,
    "/accounts/account-open?tab=shelf&view=sent": 17,
    "/accounts/account-open?tab=handoffs": 15,
    "/accounts/account-open/sendings/new?asset=1": 12,
    "/pick/asset?find-asset=file": 6,
    "/accounts/account-open/conversations/new": 7,
    "/accounts/account-open/feeds": 7,
    "/reviews": 14,
    "/reviews/drafts": 6,
    "/reviews/cycles": 7,
    "/reviews/cycles/1": 9,
    "/reviews/compare?quarter=2026": 6,
    "/reviews/compare?quarter=2026&view=groups": 6,
    "/learnings": 17,
    "/digest/2026-Q3": 14,
    "/assets": 12,
    "/assets?q=words&kind=text&region=EMEA&order=reuse": 13,
    "/assets?view=list&order=name&owner=jon": 12,
    "/collections": 8,
    "/collections/1": 9,
    "/collections/choose?asset=1": 8,
    "/assets/imports": 7,
    "/assets/duplicates": 7,
    "/assets/duplicates?of=slides": 8,
    "/people": 5,
    "/people/lena": 16,
    "/projects": 5,
    # Five of them for what is open with each, three for what its filters offer, one for the zones people work in.
    "/accounts": 14,
    "/accounts?order=touched&silent=1&needs=1&region=EMEA": 15,
    "/notifications": 6,
    "/notifications?view=done": 6,
    "/settings/notifications": 7,
    "/search?q=webinar": 20,
    "/bookmarks": 14,
    "/settings": 7,
}


def fill(world, rounds: int) -> None:
    """Something of every kind, `rounds` times over."""
    space = world.space("project", "open")
    for number in range(rounds):
        review = post_review(
            world.commons, f"Webinar {number}", actor=world.lena, quarter="2026-Q3", channels=["webinar", "e-mail"],
            programme="Webinars", region="EMEA", deck=keep(io.BytesIO(b"not a deck"), "deck.txt"), cost=100, leads=10,
            next_steps=["Again"],
        )
        learning = state_learning(space, f"Webinar claim {number}", actor=world.jon, review=review)
        end_trial(apply_learning(learning, "DACH", actor=world.lena), "worked", actor=world.lena)
        asset = upload(space, keep(io.BytesIO(b"words"), f"file{number}.txt"), actor=world.jon)
        collect(begin_collection(space, f"Collection {number}", actor=world.jon), [asset], actor=world.jon)
        collect(db.session.get(Collection, 1), [asset], actor=world.jon)
        adapt(asset.current, space, actor=world.jon)
        say_rights(asset, actor=world.jon, places={"region": ["EMEA"]})
        decide(space, f"Which webinar {number}?", "This", actor=world.lena, about=asset)
        milestone = add_milestone(space, f"Webinar {number}", date(2026, 12, 1), actor=world.lena)
        for owner in (world.lena, world.jon):
            add_task(space, f"Book the webinar {number}", actor=world.lena, owner=owner, due_on=date(2026, 11, 1),
                     about=asset, milestone=milestone)
        entry = post(space, f"@lena about the #webinar and $account-open {number}", actor=world.jon)
        react(entry, "👍", actor=world.lena)
        react(entry, "💡", actor=world.jon)
        bookmark(entry, actor=world.lena)
        comment(entry, "Indeed @lena", actor=world.jon)
        make_point(review, "Webinars work", actor=world.lena)
        make_point(review, "They do", actor=world.jon)
        share(review, space, actor=world.jon, note="Read this")
        share(asset, world.space("account", "open"), actor=world.jon)
        talk(world, number)
        say_rights(asset, actor=world.jon, places={"industry": ["Robotics"]})
        record_sending(world.space("account", "open").account, [asset.current], actor=world.jon,
                       people=[(f"Anna {number}", "")], reason="They asked")
        start_draft({"title": f"Draft {number}"}, actor=world.lena)
        queue = open_queue(f"Queue {number} of {rounds}", actor=world.ada, people=[world.lena, world.jon])
        for to in ({"queue": queue}, {"person": world.lena}):
            given = hand_over(world.space("account", "open"), f"Wants a webinar {number}", actor=world.jon,
                              review=review, reads=[asset], **to)
        accept(given, actor=world.lena)
        tell_outcome(given, "opportunity", actor=world.lena, amount=Decimal(100), currency="EUR")
    if not db.session.scalar(db.select(ReviewCycle.id)):
        day = date(2026, 10, 20)
        owed = [Owed("Webinars", "EMEA", world.jon), Owed("Fairs", "", world.lena), Owed("Letters", "", world.mei)]
        start_cycle(world.commons, "2026-Q3", actor=world.lena, due_on=day, closes_on=day, owed=owed)
    commit()


def talk(world, number: int) -> None:
    """A call with promises, an item of a feed, and a thread of letters with files."""
    account = world.space("account", "open").account
    log_conversation(account, "Five", actor=world.jon, people=[(f"Anna {number}", ""), ("Bo", "")], promised=[
        Said("ours", "Offer", world.lena, date(2026, 12, 1)), Said("theirs", "Drawings", world.jon)])
    address = f"https://{db.session.scalar(db.select(db.func.count(Subscription.id)))}.example/"
    subscribe(account, Asked(address, Page(address, 200), Reading("Acme News", items=[
        Item(guid="1", title=f"Webinar {number}", text="Five", link=address)])), actor=world.jon)
    for key, answers in ((f"{number}a", ""), (f"{number}b", f"<{number}a>")):
        data = many(part(f"Letter {key}"), attached(key.encode(), f"{key}.txt", "text/plain"), head={
            "Message-ID": f"<{key}>", "References": answers, "Subject": f"Letters {number}"})
        file_all(account, read(keep(io.BytesIO(data), "letter.eml")), actor=world.jon)


def count(browser, statements: list[str], url: str) -> int:
    statements.clear()
    response = browser.get(url)
    assert response.status_code == 200, url
    return len([each for each in statements if not each.startswith(("PRAGMA", "UPDATE sign_ins"))])


@pytest.fixture
def reader(world, browser_of):
    lena = world.lena
    follow(lena, person=world.jon)
    follow(lena, space=world.space("account", "closed"))
    launch = begin_list("Launch", actor=lena)
    for thing in ({"person": world.jon}, {"space": world.space("account", "open")}):
        put(launch, **thing)
    commit()
    browser = browser_of(lena)
    browser.get("/healthz")
    return browser


def test_statements_are_bounded_and_do_not_grow(world, reader, statements):
    fill(world, 2)
    few = {url: count(reader, statements, url) for url in PAGE_STATEMENTS}
    fill(world, 6)
    many = {url: count(reader, statements, url) for url in PAGE_STATEMENTS}
    print("COUNTS", many["/"], many["/?view=unread"], many["/catch-up"], many["/reviews"])
    over = {url: (many[url], bound) for url, bound in PAGE_STATEMENTS.items() if many[url] > bound}
    assert not over, f"statements above their bound: {over}"
    assert {url: (few[url], many[url]) for url in few if many[url] > few[url]} == {}


def test_a_thread_of_fifty_takes_as_many_statements_as_one_of_two(world, reader, statements):
    root = world.first_post(world.space("project", "open"))
    two = comment(root, "one", actor=world.jon)
    commit()
    short = count(reader, statements, root.url)
    for number in range(48):
        react(comment(root, f"comment {number}", actor=world.jon, parent=two), "👍", actor=world.lena)
    commit()
    db.session.expire_all()
    assert count(reader, statements, root.url) <= short


def test_a_thread_of_letters_takes_as_many_statements_however_many_they_are(world, reader, statements):
    def write(keys) -> None:
        for key in keys:
            data = many(part("Letter"), attached(b"x", f"{key}.txt", "text/plain"), head={
                "Message-ID": f"<{key}>", "References": "<0>"})
            file_all(account, read(keep(io.BytesIO(data), "letter.eml")), actor=world.jon)
        commit()
        db.session.expire_all()

    account = world.space("account", "open").account
    write(range(3))
    root = db.session.scalars(db.select(Conversation)).one()
    few = count(reader, statements, root.url)
    write(range(3, 9))
    assert count(reader, statements, root.url) <= few <= 22


def test_a_learning_takes_as_many_statements_whatever_hangs_on_it(world, reader, statements):
    def hang(number: int) -> None:
        for _ in range(number):
            entry = post(world.commons, "Ground", actor=world.jon)
            add_ground(learning, Ground(entry), actor=world.jon)
            end_trial(apply_learning(learning, "DACH", actor=world.jon), "worked", actor=world.jon)
            other = state_learning(world.commons, "Another", actor=world.jon, narrowed_to={"channel": ["fair"]})
            contradict(learning, other, actor=world.jon)
            comment(learning, "Indeed", actor=world.jon)
        commit()
        db.session.expire_all()

    learning = state_learning(world.commons, "Claim", actor=world.lena, narrowed_to={"channel": ["fair"]})
    hang(2)
    few = count(reader, statements, learning.url)
    hang(6)
    assert count(reader, statements, learning.url) <= few <= 25


def test_the_page_of_a_file_takes_as_many_statements_whatever_came_of_it(world, reader, statements):
    def use(number: int) -> None:
        for _ in range(number):
            copy = adapt(asset.current, world.commons, actor=world.jon, why="Shorter")
            decide(world.commons, "Which?", "This", actor=world.lena, about=copy, options=["This", "That"])
            decide(world.commons, "Which?", "This", actor=world.lena, about=asset)
            collect(begin_collection(world.commons, "Some", actor=world.jon), [asset], actor=world.jon)
            record_sending(world.space("account", "open").account, [asset.current], actor=world.jon,
                           people=[("Anna", "")], reason="They asked")
        commit()
        db.session.expire_all()

    asset = upload(world.commons, keep(io.BytesIO(b"words"), "file.txt"), actor=world.jon)
    use(2)
    few = {url: count(reader, statements, url) for url in (asset.url, f"{asset.url}/uses")}
    use(6)
    assert {url: count(reader, statements, url) for url in few} == few
    assert max(few.values()) <= 27


def test_the_page_of_a_review_asks_for_all_its_peers_at_once(world, reader, statements):
    fill(world, 1)
    review = db.session.scalars(db.select(Review)).one()
    alone = count(reader, statements, review.url)
    fill(world, 6)
    assert count(reader, statements, review.url) <= alone <= REVIEW_STATEMENTS


def test_the_page_of_a_hand_off_takes_as_many_statements_whatever_was_said_of_it(world, reader, statements):
    queue = open_queue("Sales", actor=world.ada, people=[world.lena, world.jon, world.mei])
    handoff = hand_over(world.space("account", "open"), "Wants a quote", actor=world.jon, queue=queue)
    accept(handoff, actor=world.lena, note="Mine")
    commit()
    few = count(reader, statements, handoff.url)
    for outcome in ("meeting", "opportunity", "opportunity", "opportunity"):
        tell_outcome(handoff, outcome, actor=world.lena, note="Further", amount=Decimal(10), currency="EUR")
    commit()
    assert count(reader, statements, handoff.url) <= few <= 24
