"""What an account has of a feed: each item once, told to nobody, its words the customer's, for whom the account is."""

from datetime import timedelta

import pytest

from app.access import can, visible
from app.activity.delivery import commit
from app.activity.models import Activity, Notification
from app.db import at, now
from app.entries.actions import comment, remove
from app.entries.models import Entry
from app.extensions import db
from app.search.finder import find
from app.spaces.actions import add_member
from app.spaces.models import ACCESS
from app.voices import actions, filing
from app.voices.actions import AlreadyThere, TooMany, TooSoon
from app.voices.models import Feed, News, Subscription
from app.voices.moving import move
from tests.test_access import SPACE_TABLE, WHO, allowed
from tests.voices.conftest import asked, day, item


def news() -> list[News]:
    return list(db.session.scalars(db.select(News).order_by(News.id)))


def tell(subscription: Subscription, *items) -> int:
    """The feed tells this the next time."""
    return filing.succeeded(subscription.feed, asked(*items))


def unread(person, space) -> int:
    standing = next(each for each in person.memberships if each.space_id == space.id)
    db.session.refresh(standing)
    return db.session.scalar(db.select(db.func.count(Entry.id)).where(
        Entry.space_id == space.id, Entry.thread_id.is_(None), Entry.id > standing.read_entry_id))


def test_the_newest_five_come_quietly_and_what_is_new_comes_once(world, account, subscribed):
    space = account.space
    for each in space.memberships:
        each.read_entry_id = world.first_post(space).id
    events = db.session.scalar(db.select(db.func.count(Activity.id)))
    subscription = subscribed(*(item(number) for number in range(9, 0, -1)))
    assert [each.title for each in news()] == [f"Item {number}" for number in range(5, 10)]
    assert [each.happened_at.isoformat() for each in news()] == [day(number) for number in range(5, 10)]
    assert unread(world.jon, space) == 0
    assert db.session.scalar(db.select(db.func.count(Activity.id))) == events + 1
    assert tell(subscription, *(item(number) for number in range(11, 3, -1))) == 2
    assert tell(subscription, *(item(number) for number in range(11, 3, -1))) == 0
    assert [each.title for each in news()[5:]] == ["Item 10", "Item 11"]
    assert unread(world.jon, space) == 2
    assert db.session.scalar(db.select(db.func.count(Notification.id)).join(Activity).where(
        Activity.kind == "news.came")) == 0
    assert db.session.scalar(db.select(db.func.count(Activity.id)).where(Activity.kind == "news.came")) == 2


def test_who_had_something_left_to_read_still_has(world, account, subscribed):
    next(each for each in world.jon.memberships if each.space_id == account.space_id).read_entry_id = 0
    subscribed(item(1))
    assert unread(world.jon, account.space) == 2


def test_nobody_is_flooded(world, account, subscribed):
    subscription = subscribed(item(1))
    assert tell(subscription, *(item(number) for number in range(28, 1, -1))) == filing.AT_ONCE
    assert tell(subscription, *(item(number, guid=f"new-{number}") for number in range(28, 0, -1))) == 0
    assert tell(subscription, *(item(number) for number in range(28, 0, -1))) == 0
    old = item(1, guid="old", link="https://acme.example/old", title="Old", published="2020-01-01T00:00:00+00:00")
    assert tell(subscription, old) == 0


def test_what_they_change_reads_differently_without_a_word(world, account, subscribed):
    subscription = subscribed(item(2), item(1))
    first, second = news()
    remove(first, actor=world.lena)
    events = db.session.scalar(db.select(db.func.count(Activity.id)))
    assert tell(subscription, item(2, title="Better", text="Zebra @jon #tag"), item(1, text="Zebra")) == 0
    assert (second.title, second.body) == ("Better", "Zebra @jon #tag") and second.edited_at is None
    assert first.is_deleted and first.body == ""
    assert "<a" not in second.body_html
    assert db.session.scalar(db.select(db.func.count(Activity.id))) == events
    db.session.commit()
    assert [each.entry_id for each in find(world.jon, "zebra kind:news").items] == [second.id]


def test_its_words_are_nobodys_to_change_and_its_day_is_no_later_than_now(world, account, subscribed):
    with at(now()):
        subscribed(item(1, published=(now() + timedelta(days=9)).isoformat(), text="<b>@jon</b> https://a.example/"))
        [entry] = news()
        assert entry.happened_at == now()
    assert entry.author == world.lena and entry.source == "Acme News"
    assert not any(can(world.person(who), "edit", entry) for who in WHO)
    assert [who for who in WHO if can(world.person(who), "delete", entry)] == ["lena"]
    assert "&lt;b&gt;@jon" in entry.body_html and 'rel="noopener noreferrer nofollow"' in entry.body_html
    assert comment(entry, "Good for us", actor=world.jon).thread_id == entry.id


def test_a_feed_is_one_for_all_accounts_and_each_account_has_its_own(world, account, subscribed):
    mine = subscribed(item(1))
    other = world.space("account", "open").account
    theirs = subscribed(item(2), item(1), of=other, actor=world.jon)
    assert mine.feed is theirs.feed and db.session.scalar(db.select(db.func.count(Feed.id))) == 1
    assert sorted((each.space.slug, each.title) for each in news()) == [
        ("account-closed", "Item 1"), ("account-closed", "Item 2"), ("account-open", "Item 1"),
        ("account-open", "Item 2")]
    actions.pause(mine, actor=world.lena)
    assert tell(theirs, item(3), item(2)) == 1
    actions.unsubscribe(theirs, actor=world.jon)
    assert len(news()) == 5
    again = subscribed(item(3), item(2), of=other, actor=world.jon)
    assert len(news()) == 5
    with pytest.raises(AlreadyThere):
        subscribed(of=other)
    other.space.archived_at = now()
    assert tell(again, item(4)) == 0


def test_an_account_has_so_many_feeds_at_most(world, account, subscribed, monkeypatch):
    monkeypatch.setattr(actions, "MOST_FEEDS", 1)
    subscribed()
    with pytest.raises(TooMany):
        actions.subscribe(account, asked(address="https://b.example/"), actor=world.lena)


def test_a_feed_that_moved_to_a_known_address_becomes_one_with_it(world, account, subscribed):
    mine = subscribed(item(1))
    other = world.space("account", "open").account
    there = actions.subscribe(other, asked(item(1), address="https://b.example/"), actor=world.lena)
    assert move(mine.feed, "https://b.example/") is there.feed
    assert mine.feed is there.feed
    assert move(there.feed, "https://c.example/").address == "https://c.example/"


def test_a_site_is_left_alone_for_a_while(world, account, subscribed):
    subscription = subscribed(item(1))
    with pytest.raises(TooSoon):
        actions.refresh(subscription)
    with at(now() + timedelta(minutes=11)):
        actions.refresh(subscription)
        assert subscription.feed.claimed_until > now()
        with pytest.raises(TooSoon):
            actions.refresh(subscription)


@pytest.mark.parametrize("access", ACCESS)
def test_who_works_an_account_keeps_its_feeds(world, access, browser_of, subscribed):
    """Read by whoever reads the account: for others they are not there, or not theirs to change."""
    space = world.space("account", access)
    add_member(space, world.gus, actor=world.lena)
    subscription = subscribed(item(1), of=space.account)
    db.session.commit()
    [entry] = news()
    for who in WHO:
        person, works = world.person(who), allowed(SPACE_TABLE, "work", access, who, "account", set())
        reads = can(person, "read", space)
        assert can(person, "work", subscription) == works
        assert (subscription in set(db.session.scalars(visible(person, Subscription)))) == reads
        browser = browser_of(person)
        assert browser.get(f"/news/{entry.id}").status_code == (200 if reads else 404)
        knows = can(person, "see", space)
        assert browser.get(f"{space.url}/feeds").status_code == (200 if reads else 403 if knows else 404)
        refused = None if works else 403 if knows else 404
        for path in ("feeds", f"feeds/{subscription.id}/pause", f"feeds/{subscription.id}/refresh"):
            status = browser.post(f"{space.url}/{path}").status_code
            assert status == (refused or (422 if path == "feeds" else 303)), f"{who} {path}"
        if not works:
            assert browser.post(f"{space.url}/feeds/{subscription.id}/removal").status_code == refused
    assert browser_of(world.lena).post(f"{space.url}/feeds/{subscription.id}/removal").status_code == 303
    assert not db.session.scalars(db.select(Subscription)).all()


def test_it_stands_in_the_stream_on_the_timeline_and_by_itself(world, account, subscribed, browser_of):
    subscribed(item(2, sound="https://cdn.example/2.mp3", seconds=2530, by="Anna"), item(1))
    commit()
    [_first, entry] = news()
    browser = browser_of(world.jon)
    for path in (account.url, f"/news/{entry.id}"):
        page = browser.get(path).text
        for words in ("Acme News", "in the customer's own words", "Listen, 42:10", "All of it at", "acme.example",
                      'href="https://cdn.example/2.mp3" rel="noopener noreferrer nofollow"', "Anna"):
            assert words in page, (path, words)
    timeline = browser.get(f"{account.url}?tab=timeline&kind=news").text
    assert timeline.count('data-kind="news"') == 2 and "42:10" in timeline
    rail = browser.get(f"{account.url}/feeds", headers={"HX-Request": "true"}).text
    assert "Acme News" in rail and "<html" not in rail
