"""Filing what a feed told: each new item once in every account that subscribed it, the newest of them last.

Like every action it records what happened and never commits. It needs no network.
"""

import random
from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import exists, or_, select, update
from sqlalchemy.orm import aliased

from app.activity.recording import record
from app.db import now, one_at_a_time
from app.entries import references
from app.entries.actions import publish
from app.entries.models import QUIET, Entry
from app.extensions import db
from app.search import index
from app.spaces.models import Membership, Space
from app.voices import cadence, kinds
from app.voices.asking import Asked, CannotRead
from app.voices.found import Item, Reading
from app.voices.matching import keys, recognise
from app.voices.models import Feed, FeedItem, News, Subscription

AT_FIRST = 5
"""So many of what a feed told before are shown when it is subscribed."""
AT_ONCE = 10
"""Of what is new no more is shown at a time: the rest is known from then on, and stays where it is."""
LONG_AGO = timedelta(days=30)
"""What appears so long after it was published is an archive that was put in order, and no news."""


def succeeded(feed: Feed, asked: Asked) -> int:
    """The feed was read, or has not changed; how many entries came of it."""
    headers = asked.page.headers
    if asked.reading is not None:
        feed.etag, feed.modified = _kept(headers, "etag", 300), _kept(headers, "last-modified", 100)
    count = file(feed, asked.reading) if asked.reading is not None else 0
    feed.failures, feed.trouble, feed.status, feed.gone_at, feed.claimed_until = 0, "", None, None, None
    feed.tried_at = feed.fetched_at = now()
    feed.next_try_at = now() + cadence.after_success(headers, feed.minutes, random.random())
    return count


def failed(feed: Feed, error: CannotRead) -> None:
    """Nothing came of it. What is gone for good is asked for no more."""
    feed.trouble, feed.status, feed.claimed_until, feed.tried_at = error.trouble, error.status, None, now()
    feed.failures = max(feed.failures, 1)
    feed.next_try_at = now() + cadence.after_failure(feed.failures, error.headers, random.random(), now())
    if error.trouble == "gone":
        feed.gone_at = now()


def _kept(headers: Mapping[str, str], name: str, most: int) -> str:
    """What is sent back the next time; half of it would be a lie."""
    value = headers.get(name, "")
    return value if len(value) <= most and value.isascii() and value.isprintable() else ""


def file(feed: Feed, reading: Reading) -> int:
    """Take in what a feed tells now; how many entries came of it. What is known and reads differently now is put right
    without a word.
    """
    one_at_a_time(db.session, f"feed-{feed.id}")
    feed.title, feed.site, feed.minutes = reading.title or feed.title, reading.site or feed.site, reading.minutes
    rows, fresh = _take_in(feed, reading.items)
    latest = [item for item in fresh if not _is_old(item, feed)][:AT_ONCE]
    count = 0
    for subscription in _living(feed):
        begins = subscription.begun_at is None
        subscription.begun_at = subscription.begun_at or now()
        wanted = reading.items[:AT_FIRST] if begins else latest
        count += _show(subscription, [(item, rows[id(item)]) for item in wanted], quietly=begins)
    return count


def _take_in(feed: Feed, items: list[Item]) -> tuple[dict[int, FeedItem], list[Item]]:
    """The row of each item, by the item's identity, and those that are new."""
    told = [keys(each) for each in items]
    known = db.session.scalars(select(FeedItem).where(FeedItem.feed_id == feed.id, or_(*(
        getattr(FeedItem, name).in_({getattr(each, name) for each in told} - {""})
        for name in ("guid_key", "link_key", "title_key")))).order_by(FeedItem.id.desc())).all()
    rows, fresh = {}, []
    for item, mine, row in zip(items, told, recognise(items, known), strict=True):
        if row is None:
            fresh.append(item)
            row = FeedItem(feed_id=feed.id, **mine._asdict())
            db.session.add(row)
        elif row.words_key != mine.words_key:
            _put_right(row, item)
        for name, value in mine._asdict().items():
            setattr(row, name, value or getattr(row, name))
        rows[id(item)] = row
    db.session.flush()
    return rows, fresh


def _is_old(item: Item, feed: Feed) -> bool:
    return bool(item.moment and feed.fetched_at and item.moment < feed.fetched_at - LONG_AGO)


def _living(feed: Feed) -> list[Subscription]:
    living = select(Subscription).join(Subscription.account).join(Space).where(
        Subscription.feed_id == feed.id, Subscription.paused_at.is_(None), Space.archived_at.is_(None))
    return list(db.session.scalars(living.order_by(Subscription.id)))


def _show(subscription: Subscription, wanted: list[tuple[Item, FeedItem]], *, quietly: bool) -> int:
    """Make entries of items, the oldest first. `quietly`: whoever had read everything in the account still has."""
    here = select(News.item_id).where(
        News.account_id == subscription.account_id, News.item_id.in_([row.id for _item, row in wanted]))
    there = set(db.session.scalars(here)) if wanted else set()
    shown = [_publish(subscription, item, row, quietly=quietly)
             for item, row in reversed(wanted) if row.id not in there]
    if shown and quietly:
        _leave_as_read(subscription.account.space, shown[0].id, shown[-1].id)
    return len(shown)


def _publish(subscription: Subscription, item: Item, row: FeedItem, *, quietly: bool) -> News:
    account, moment = subscription.account, now()
    news = News(space=account.space, account_id=account.id, item_id=row.id, source=subscription.feed.name,
                happened_at=min(item.moment or moment, moment), **_said(item))
    publish(news, actor=subscription.by, quietly=True)
    if not quietly:
        record(kinds.NewsCame, actor=None, entry=news, source=news.source)
    return news


def _said(item: Item) -> dict:
    return {"title": item.title, "body": item.text, "link": item.link, "by": item.by, "sound": item.sound,
            "seconds": item.seconds}


def _put_right(row: FeedItem, item: Item) -> None:
    """They changed what they said: so it reads here as well, except where it was deleted."""
    for news in db.session.scalars(select(News).where(News.item_id == row.id, News.deleted_at.is_(None))).all():
        for name, value in _said(item).items():
            setattr(news, name, value)
        references.refresh(news)
        index.write_entry(db.session, news)


def _leave_as_read(space: Space, first_id: int, last_id: int) -> None:
    """What a feed told before it was subscribed is no news to who had nothing left to read."""
    other = aliased(Entry)
    waits = exists().where(
        other.space_id == space.id, other.id > Membership.read_entry_id, other.id < first_id, other.thread_id.is_(None),
        other.deleted_at.is_(None), other.author_id != Membership.person_id, other.kind != QUIET)
    db.session.execute(update(Membership).where(
        Membership.space_id == space.id, Membership.read_entry_id < first_id, ~waits
    ).values(read_entry_id=last_id).execution_options(synchronize_session="fetch"))
