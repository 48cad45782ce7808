"""A guest of one account learns nothing of another: no word, no name, no id and no count, by no address at all.

Every word of the other account has a mark in it, and every row of it an id above `SECRET`. Gus was a guest there once,
is owed things there, and follows it: what he has left of that says nothing either.
"""

import re
from collections.abc import Iterator
from datetime import timedelta

from app.api.models import WebhookDelivery
from app.db import at, now
from app.entries.models import Entry
from app.extensions import db
from app.lists.models import FeedList
from app.notifications import pushing
from app.notifications.mailing import mail_regularly
from app.notifications.push_models import PushBrowser
from app.people.models import SignIn
from tests.access.conftest import SECRET

DATABASES = ("postgresql",)
"""Each walk asks for every address there is; the rule itself is tried on both databases in tests/test_access.py."""

MARK, NOTHING = "quokka", "qvxjzw"
LEAK = re.compile(rf"{MARK}|(?<![\d.])7\d{{5}}\b", re.IGNORECASE)
FORM_TOKEN = re.compile(r"[\w-]{40,}\.[\w-]+\.[\w-]+")
HTMX = {"HX-Request": "true"}


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


def complaints(get, pairs, *headers: dict) -> list:
    """What is said where nothing should be: an answer must be the one there is about what does not exist."""
    found, known = [], {}
    for path, nothing in pairs:
        for each in ({}, *(headers if path == nothing else ())):
            answer = get(path, headers=each)
            if path != nothing and nothing not in known:
                known[nothing] = get(nothing, headers=each).status_code
            usual = known.get(nothing, answer.status_code)
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


def test_forged_ids_and_names_of_another_account_are_none(world, own, secret, browser_of, api_of):
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
