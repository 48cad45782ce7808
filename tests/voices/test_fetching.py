"""A site that is really asked: found, fetched when it is due, politely, once, and given up when it says so."""

from datetime import timedelta

import pytest

from app import jobs
from app.db import at, now
from app.extensions import db
from app.people.sessions import new_token
from app.voices import asking, claiming, fetching
from app.voices.asking import CannotRead, look
from app.voices.models import Feed, News, Subscription
from app.voices.words import TROUBLES
from tests.api.conftest import Api
from tests.voices.conftest import Site, rss, told

PAGE = '<html><head><link rel="alternate" type="application/rss+xml" title="{}" href="{}">{}</head></html>'


@pytest.fixture
def feed(site: Site, account, world, browser_of) -> Feed:
    """Subscribed by Lena through the page of the account."""
    site.say("/feed", rss(told(1)), ETag='"one"', Cache_Control="max-age=7200")
    browser_of(world.lena).post(f"{account.url}/feeds", data={"address": f"{site.url}/feed"})
    site.asked.clear()
    return db.session.scalars(db.select(Feed)).one()


def titles() -> list[str]:
    db.session.expire_all()
    return list(db.session.scalars(db.select(News.title).order_by(News.id)))


def later(feed: Feed) -> Feed:
    """What the consumer does once the feed is due."""
    with at(feed.next_try_at):
        claiming.fetch_regularly()
    db.session.expire_all()
    return feed


def test_the_address_of_a_page_is_enough(site: Site, account, world, browser_of):
    browser = browser_of(world.lena)
    site.say("/", PAGE.format("News", "/feed", ""))
    site.say("/feed", status=301, Location="/new")
    site.say("/new", rss(told(2), told(1)))
    answer = browser.post(f"{account.url}/feeds", data={"address": f"{site.url}/"})
    assert (answer.status_code, answer.headers["Location"]) == (303, account.url)
    assert titles() == ["Item 1", "Item 2"]
    feed = db.session.scalars(db.select(Feed)).one()
    assert (feed.address, feed.title, feed.site) == (f"{site.url}/new", "Acme News", f"{site.url}/")
    again = browser.post(f"{account.url}/feeds", data={"address": f"{site.url}/new"})
    assert again.status_code == 422 and "is here already" in again.text
    agent = site.asked[0][1]["user-agent"]
    assert "Quarterdeck" in agent and "http" in agent


def test_of_several_one_is_chosen_and_what_is_none_is_said_in_words(site: Site, account, world, browser_of):
    browser = browser_of(world.lena)
    more = '<link rel="alternate" type="application/atom+xml" href="/talk">'
    site.say("/", PAGE.format("News", "/feed", more))
    page = browser.post(f"{account.url}/feeds", data={"address": f"{site.url}/"}).text
    assert "Which one?" in page and f'value="{site.url}/talk"' in page and f'value="{site.url}/"' in page
    site.say("/plain", "<html>Hello</html>")
    for address, words in ((f"{site.url}/plain", "no feed"), (f"{site.url}/none", "404"), (" ", "Paste"),
                           ("http://10.0.0.1/", "public web"), ("ftp://a.example/", "public web"),
                           ("http://127.0.0.1:1/", "Nobody answered")):
        answer = browser.post(f"{account.url}/feeds", data={"address": address})
        assert answer.status_code == 422 and words in answer.text, address
    assert not db.session.scalars(db.select(Subscription)).all()


def test_one_person_asks_so_often_at_most(site: Site, account, world, browser_of):
    browser = browser_of(world.lena)
    said = {"address": "ftp://a.example/"}
    answers = [browser.post(f"{account.url}/feeds", data=said).status_code for _number in range(11)]
    assert answers == [422] * 10 + [429]


def test_nothing_changed_costs_nothing(site: Site, feed, statements):
    site.say("/feed", rss(told(2), told(1)), ETag='"one"')
    later(feed)
    [(_path, headers)] = site.asked
    assert headers["if-none-match"] == '"one"' and titles() == ["Item 1"]
    assert feed.fetched_at and not feed.trouble and feed.next_try_at > feed.fetched_at


def test_what_is_new_comes_when_it_is_due_and_not_before(site: Site, feed):
    assert timedelta(hours=2) <= feed.next_try_at - feed.fetched_at <= timedelta(hours=2.2)
    site.say("/feed", rss(told(2), told(1)), ETag='"two"', Last_Modified="Thu, 12 Nov 2026 10:00:00 GMT")
    claiming.fetch_regularly()
    assert not site.asked
    later(feed)
    assert titles() == ["Item 1", "Item 2"]
    assert (feed.etag, feed.modified) == ('"two"', "Thu, 12 Nov 2026 10:00:00 GMT")


@pytest.mark.parametrize(("status", "headers", "trouble"), [
    (503, {"Retry_After": "7200"}, "busy"), (500, {}, "broken"), (403, {}, "closed"),
    (302, {"Location": "http://10.0.0.1/"}, "refused"),
])
def test_a_site_that_fails_is_asked_less_often_and_the_reason_is_shown(
        site: Site, feed, account, world, browser_of, status, headers, trouble):
    site.say("/feed", status=status, **headers)
    later(feed)
    first = feed.next_try_at - feed.tried_at
    assert (feed.trouble, feed.failures) == (trouble, 1)
    later(feed)
    assert feed.failures == 2 and feed.next_try_at - feed.tried_at >= first * 0.9
    page = browser_of(world.jon).get(f"{account.url}/feeds").text
    assert str(TROUBLES[trouble]) in page
    site.say("/feed", rss(told(2), told(1)))
    later(feed)
    assert (feed.trouble, feed.failures, titles()) == ("", 0, ["Item 1", "Item 2"])


def test_what_is_gone_is_asked_for_no_more_until_somebody_wants_it(site: Site, feed, account, world, browser_of):
    site.say("/feed", status=410)
    later(feed)
    assert feed.gone_at and feed.trouble == "gone"
    site.asked.clear()
    with at(now() + timedelta(days=30)):
        assert claiming.claim_due() == 0
    site.say("/feed", rss(told(2)))
    db.session.execute(db.update(Feed).values(tried_at=now() - timedelta(hours=1)))
    subscription = db.session.scalars(db.select(Subscription)).one()
    browser_of(world.jon).post(f"{account.url}/feeds/{subscription.id}/refresh")
    assert titles() == ["Item 1", "Item 2"]
    assert db.session.scalars(db.select(Feed)).one().gone_at is None


def test_a_feed_that_turned_into_a_page_or_moved(site: Site, feed):
    site.say("/feed", PAGE.format("News", "/other", ""))
    later(feed)
    assert feed.trouble == "page"
    site.say("/feed", status=308, Location="/there")
    site.say("/there", rss(told(3)))
    later(feed)
    assert (feed.address, feed.trouble) == (f"{site.url}/there", "")


def test_two_consumers_never_fetch_the_same_and_a_killed_one_is_followed(site: Site, feed, app, monkeypatch):
    """Of a host nobody else is asked meanwhile; whoever comes too late changes nothing."""
    begun = []
    monkeypatch.setattr(jobs, "request", lambda name, *arguments: begun.append(arguments))
    other = Feed(address=f"{site.url}/other", next_try_at=now())
    db.session.add(other)
    db.session.flush()
    db.session.add(Subscription(account_id=1, feed=other, by_id=1))
    with at(feed.next_try_at + timedelta(hours=1)):
        assert claiming.claim_due() == 1
        assert claiming.claim_due() == 0
        killed_until = other.claimed_until or feed.claimed_until
    with at(killed_until):
        assert claiming.claim_due() == 1
        db.session.commit()
    assert len(begun) == 2
    fetching.fetch(begun[0][0], (killed_until - timedelta(seconds=1)).isoformat())
    assert not site.asked


def test_the_api_keeps_feeds_as_the_pages_do(site: Site, account, world, app):
    _token, text = new_token(world.lena, "test")
    db.session.commit()
    lena, path = Api(app, text), f"/accounts/{account.id}/feeds"
    site.say("/feed", rss(told(2), told(1)))
    made = lena.post(path, {"address": f"{site.url}/feed"})
    assert made.status_code == 201, made.text
    made = made.json
    assert made["title"] == "Acme News" and made["trouble"] == "" and not made["paused"]
    assert lena.post(path, {"address": f"{site.url}/feed"}).status_code == 409
    assert "address" in lena.post(path, {"address": f"{site.url}/none"}).json["errors"]
    assert [each["id"] for each in lena.get(path).json["items"]] == [made["id"]]
    [newest, _older] = lena.get(f"/spaces/{account.space_id}/entries?kind=news").json["items"]
    assert (newest["title"], newest["source"], newest["link"]) == ("Item 2", "Acme News", f"{site.url}/news/2")
    assert lena("PATCH", f"/entries/{newest['id']}", {"title": "Mine"}).status_code == 403
    mine = f"{path}/{made['id']}"
    assert lena("PATCH", mine, {"paused": True}).json["paused"]
    assert lena.post(f"{mine}/refresh").status_code == 409
    assert lena("DELETE", mine).status_code == 204
    assert lena.get(path).json["items"] == []


def test_addresses_without_a_scheme_are_tried_safely_first(site: Site, monkeypatch):
    tried = []
    monkeypatch.setattr(asking, "ask", lambda address, *_: tried.append(address) or (_ for _ in ()).throw(
        CannotRead("away")))
    with pytest.raises(CannotRead):
        look("Acme.example/blog")
    assert tried == ["https://acme.example/blog", "http://acme.example/blog"]
