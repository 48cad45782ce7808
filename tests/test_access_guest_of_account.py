"""A guest of one account learns nothing of another: no word, no name, no id and no count, by no address at all.

Every word of the other account has a mark in it, and every row of it an id above `SECRET`. Gus was a guest there once,
is owed things there, and follows it: what he has left of that says nothing either.
"""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event

from app.accounts.actions import change_account, open_account
from app.activity.delivery import commit
from app.api.models import Webhook, WebhookDelivery
from app.approvals.actions import ask as ask_approval
from app.assets.actions import keep, upload
from app.contacts.actions import add_contact
from app.conversations.actions import log_conversation
from app.conversations.mail.reading import read
from app.conversations.promises import Said
from app.conversations.receiving import file_all
from app.db import at, now
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
from app.lists.models import FeedList
from app.notifications import pushing
from app.notifications.choosing import mute, set_rule
from app.notifications.mailing import mail_regularly
from app.notifications.push_models import PushBrowser
from app.people.actions import follow
from app.people.models import SignIn
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
MARK, NOTHING = "quokka", "qvxjzw"
LEAK = re.compile(rf"{MARK}|(?<![\d.])7\d{{5}}\b", re.IGNORECASE)
FORM_TOKEN = re.compile(r"[\w-]{40,}\.[\w-]+\.[\w-]+")
HTMX = {"HX-Request": "true"}


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


PLACES = ("contacts", "mails", "promises", "queues", "collections", "milestones", "approvals", "exports")
ALONE = {"static", "worker", "metrics", "healthz", "readyz"}
UNGUESSABLE = ("/calendar", "/uploads/resumable")


def candidates(rule, secret: dict) -> list[tuple[dict, dict]]:
    """What may stand in the address of a rule, with what stands there in an address of nothing."""
    names = rule.arguments - set(rule.defaults or ())
    if names & {"token", "secret", "filename", "upload_id"} or rule.rule.startswith(UNGUESSABLE):
        return []
    fixed = {"number": 1, "page": 1, "name": "quokka.txt", "other_id": 1, "said": 1, "quarter": "2026-Q3"}
    fixed = {name: value for name, value in fixed.items() if name in names}
    if "slug" in names:
        fixed |= {"name": "tier"} if "name" in names else {}
        return [(fixed | {"slug": "quokka-works"}, fixed | {"slug": "no-such-place"})]
    if "handle" in names:
        return [({"handle": "quokkamei"}, {"handle": "nobody"})]
    if rule.rule == "/tags/<name>":
        return [({"name": "quokkatag"}, {"name": NOTHING})]
    keys = [name for name in names if name == "key" or name.endswith("_id") and name != "other_id"]
    if not keys:
        return [(fixed, fixed)] if names else [({}, {})]
    [key] = keys
    place = next((each for each in PLACES if f"/{each}/<" in rule.rule), {
        "account_id": "account", "space_id": "space", "person_id": "people"}.get(key, "entries"))
    return [(fixed | {key: each}, fixed | {key: 2**31 - 9}) for each in sorted(secret[place])]


def addresses(app, secret: dict, *, api: bool) -> Iterator[tuple[str, str]]:
    """Every address that can be read: with something of the other account in it, and with nothing instead."""
    adapter = app.url_map.bind("")
    for rule in app.url_map.iter_rules():
        is_wanted = rule.rule.startswith("/api/v1/") == api and rule.endpoint.rpartition(".")[2] not in ALONE
        if "GET" in rule.methods and is_wanted:
            for given, nothing in candidates(rule, secret):
                yield tuple(adapter.build(rule.endpoint, each, "GET") for each in (given, nothing))


def told(answer) -> str:
    """All that an answer says."""
    return f"{answer.status_code} {answer.headers} {answer.get_data(as_text=True)}"


def without(text: str, *parts: str) -> str:
    """What was asked for stands in the answer, of course."""
    for part in parts:
        text = text.replace(part, "")
    return text


@pytest.fixture
def get(world, secret, browser_of, api_of):  # noqa: F811
    """Gus asks: with his browser, and for the API with a token."""
    browser, api = browser_of(world.gus), api_of(world.gus)

    def ask_for_it(path: str, headers: dict | None = None):
        to = api if path.startswith("/api/v1/") else None
        return to.get(path.removeprefix("/api/v1"), headers=headers) if to else browser.get(path, headers=headers)
    return ask_for_it


def complaints(get, pairs, *headers: dict) -> list:
    """What is said where nothing should be: an answer must be the one there is about what does not exist."""
    found = []
    for path, nothing in pairs:
        for each in ({}, *(headers if path == nothing else ())):
            answer = get(path, headers=each)
            usual = answer.status_code if path == nothing else get(nothing, headers=each).status_code
            said = without(told(answer), path, path.replace("&", "&amp;"), path.rpartition("/")[2])
            leak = LEAK.search(said)
            if leak or answer.status_code != usual or usual >= 500:
                around = leak and said[max(0, leak.start() - 90):leak.end() + 60]
                found.append((path, answer.status_code, usual, around))
    return found


def test_no_page_says_anything_of_another_account(app, secret, get):
    assert not complaints(get, addresses(app, secret, api=False), HTMX)


def test_no_answer_of_the_api_says_anything_of_another_account(app, secret, get):
    assert get("/api/v1/me").status_code == 200
    assert not complaints(get, addresses(app, secret, api=True))


VIEWS = [
    *(f"/?view={each}" for each in ("following", "accounts", "reviews", "unread")), "/lists/choose?space=quokka-works",
    *(f"/accounts/account-open?tab={each}" for each in (
        "timeline", "handoffs", "shelf", "shelf&view=sent", "elsewhere", "timeline&kind=record",
        "timeline&kind=handoff")),
    *(f"/notifications?view={each}" for each in ("snoozed", "done")), "/settings/notifications?space=quokka-works",
    *(f"/handoffs?view={each}" for each in ("owed", "given", "all")), "/handoffs/report?by=source",
    *(f"/spaces/account-open/{each}" for each in ("tasks", "people")), "/tasks?view=list", "/collections/choose",
]


def test_no_view_of_ones_own_says_anything_of_another_account(own, secret, get):
    mine = db.session.scalars(db.select(Entry).where(Entry.space_id == own.id)).all()
    own_pages = [page for each in mine for page in (
        each.url, *(f"/e/{each.id}/{part}" for part in ("fragment", "more", "quotes", "reactions", "history")))]
    own_api = [f"/api/v1/entries/{each.id}" for each in mine]
    own_api += [f"/api/v1/accounts/{own.account.id}{part}" for part in (
        "", "/timeline", "/sendings", "/handoffs", "/shelf", "/conversations", "/promises")]
    lists = [each.url for each in db.session.scalars(db.select(FeedList))]
    pages = [*VIEWS, *own_pages, *own_api, *lists, *(f"/api/v1{each}/entries" for each in lists)]
    assert not complaints(get, [(each, each) for each in pages], HTMX)


ASKED = [
    "/search?q={}", "/search/suggest?q={}", "/complete?kind=person&q={}", "/complete?kind=tag&q={}", "/people?q={}",
    "/complete?kind=account&q={}", "/similar?q={}&programme={}", "/tags/{}", "/assets?q={}", "/learnings?q={}",
    "/api/v1/search?q={}", "/reviews?channel={}", "/handoffs/report?source={}", "/lists/choose?tag={}",
    "/api/v1/people?q={}", "/pick/read?find-read={}", "/pick/asset?find-asset={}", "/api/v1/handoffs/report?source={}",
]


def test_words_of_another_account_are_found_no_more_than_words_that_nobody_wrote(secret, get):
    for address in ASKED:
        pair = [get(address.format(word, word)) for word in (MARK, NOTHING)]
        said = [FORM_TOKEN.sub("", each.get_data(as_text=True)).lower().replace(word, "")
                for each, word in zip(pair, (MARK, NOTHING), strict=True)]
        assert pair[0].status_code == pair[1].status_code < 500, address
        assert said[0] == said[1], address


def as_if_gone(thing, nothing: int):
    """The same with ids of nothing in place of those of the other account."""
    if isinstance(thing, str):
        return re.sub(r"\b7\d{5}\b", str(nothing), thing)
    if isinstance(thing, dict):
        return {name: as_if_gone(each, nothing) for name, each in thing.items()}
    if isinstance(thing, list):
        return [as_if_gone(each, nothing) for each in thing]
    return nothing if isinstance(thing, int) and thing > SECRET else thing


def test_forged_ids_and_names_of_another_account_are_none(world, own, secret, browser_of, api_of):  # noqa: F811
    """What is written with something of it in hand is refused as if that did not exist."""
    browser, api = browser_of(world.gus), api_of(world.gus)
    entries, nothing = sorted(secret["entries"]), 2**31 - 9
    space, account, contact = (next(iter(secret[name])) for name in ("space", "account", "contacts"))
    forms = [
        *((f"/e/{{}}/{part}", entries, {"body": "x", "space_id": own.id, "emoji": "👍", "for": "hour"}) for part in (
            "quote", "share", "comments", "mute", "watch", "reactions", "bookmark", "acknowledgement", "importance")),
        *((f"/handoffs/{{}}/{step}", entries, {"note": "x", "outcome": "won"}) for step in (
            "acceptance", "questions", "answers", "passings", "declinations", "withdrawal", "outcomes")),
        ("/polls/{}/choice", entries, {}), ("/contacts/{}/delete", [contact], {}), ("/contacts/{}/edit", [contact], {}),
        ("/catch-up", [None], {"space_id": space}), ("/settings/notifications/rules", [None], {
            "space_id": space, "level": "all"}),
        ("/tags/quokkanew/follow", [None], {}), ("/people/quokkamei/follow", [None], {}),
    ]
    for address, keys, data in forms:
        for key in keys:
            path = address.format(key)
            assert browser.post(path, data=data).status_code in (404, 405), path
    bodies = [
        ("POST", "/posts", {"space_id": space, "body": "x"}), ("POST", "/polls", {
            "space_id": space, "body": "x", "options": ["a", "b"]}),
        ("POST", "/posts", {"space_id": own.id, "body": "x", "quote_id": entries[0]}),
        ("POST", "/contacts", {"account_id": account, "name": "x"}), ("PATCH", f"/contacts/{contact}", {"name": "x"}),
        ("POST", f"/accounts/{account}/conversations", {"body": "x"}), ("PATCH", f"/accounts/{account}", {"tier": "A"}),
        ("POST", f"/accounts/{own.account.id}/conversations", {"body": "x", "contact_ids": [contact]}),
        ("PUT", "/notification-rules", {"space_id": space, "level": "all"}),
        ("POST", "/catch-up/read", {"entry_id": 1, "space_id": space}),
        *(("PUT", f"/entries/{key}/{part}", body) for key in entries for part, body in (
            ("mute", {"length": "hour"}), ("acknowledgement", None), ("importance", None))),
        *(("PUT", f"/polls/{key}/choice", {"option_ids": []}) for key in entries),
        *(("POST", f"/handoffs/{key}/acceptance", {}) for key in entries),
    ]
    for method, path, body in bodies:
        answer = api(method, path, body)
        same = api(method, *(as_if_gone(each, nothing) for each in (path, body)))
        assert answer.status_code == same.status_code >= 400, (path, answer.text)
        assert answer.status_code != 403, path


def test_nothing_of_another_account_is_sent(app, world, own, secret, postbox, browser_of):
    gus = world.gus
    browser_of(gus)
    sign_in = db.session.scalar(db.select(SignIn).where(SignIn.person_id == gus.id))
    with at(now() + timedelta(minutes=16)):
        mail_regularly()
    assert not [mail for mail in postbox.mails if mail["To"] == gus.email and LEAK.search(mail.as_string())]
    newest = pushing._to_tell(PushBrowser(sign_in=sign_in, told_id=0))
    assert newest is None or newest < SECRET
    assert not [each for each in db.session.scalars(db.select(WebhookDelivery)) if LEAK.search(each.body)]
