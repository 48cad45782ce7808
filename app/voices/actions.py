"""Subscribing feeds for an account. Each action takes its actor, records what happened and never commits."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from app.accounts.models import Account
from app.activity.recording import record
from app.db import now, one_at_a_time
from app.extensions import db
from app.people.models import Person
from app.voices import kinds
from app.voices.asking import Asked
from app.voices.claiming import claim
from app.voices.filing import succeeded
from app.voices.models import Feed, Subscription

MOST_FEEDS = 30
REST = timedelta(minutes=10)
"""So long a site is left alone, whoever is impatient."""


class AlreadyThere(ValueError):
    """The account has this feed."""


class TooMany(ValueError):
    """An account has so many feeds at most."""


class TooSoon(ValueError):
    """The site was asked just now, or asked to be left alone until `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until.isoformat())
        self.until = until


def subscribe(account: Account, asked: Asked, *, actor: Person) -> Subscription:
    """Let what a feed tells stand in the account from now on, and the newest of what it told already, quietly.

    Raises AlreadyThere, TooMany.
    """
    one_at_a_time(db.session, "feeds")
    mine = select(Subscription).where(Subscription.account_id == account.id)
    if db.session.scalar(select(func.count()).select_from(mine.subquery())) >= MOST_FEEDS:
        raise TooMany(MOST_FEEDS)
    feed = db.session.scalar(select(Feed).where(Feed.address == asked.settled)) or Feed(address=asked.settled)
    db.session.add(feed)
    db.session.flush()
    if db.session.scalar(mine.where(Subscription.feed_id == feed.id)):
        raise AlreadyThere(feed.name)
    subscription = Subscription(account=account, feed=feed, by=actor)
    db.session.add(subscription)
    db.session.flush()
    succeeded(feed, asked)
    record(kinds.FeedSubscribed, actor=actor, space=account.space, feed=feed.name)
    return subscription


def unsubscribe(subscription: Subscription, *, actor: Person) -> None:
    """The feed brings nothing more into the account; what it brought stays."""
    record(kinds.FeedUnsubscribed, actor=actor, space=subscription.account.space, feed=subscription.feed.name)
    db.session.delete(subscription)
    db.session.flush()


def pause(subscription: Subscription, *, actor: Person) -> Subscription:
    """Leave it alone: nothing of it comes here, and where no other account has it nobody asks for it."""
    if subscription.paused_at is None:
        subscription.paused_at = now()
        record(kinds.FeedPaused, actor=actor, space=subscription.account.space, feed=subscription.feed.name)
    return subscription


def resume(subscription: Subscription, *, actor: Person) -> Subscription:
    """It is looked at again, within a minute or when the site was left alone long enough."""
    if subscription.paused_at is not None:
        subscription.paused_at = None
        feed = subscription.feed
        feed.next_try_at = max(now(), (feed.tried_at or now()) + REST)
        record(kinds.FeedResumed, actor=actor, space=subscription.account.space, feed=feed.name)
    return subscription


def refresh(subscription: Subscription) -> None:
    """Look at once, or as soon as nobody asks the same host. Raises TooSoon.

    A feed that was gone is given another chance.
    """
    feed = subscription.feed
    rests = (feed.tried_at or now() - REST) + REST
    until = max(rests, feed.next_try_at) if feed.trouble == "busy" else rests
    if feed.claimed_until and feed.claimed_until > now():
        until = max(until, feed.claimed_until)
    if until > now():
        raise TooSoon(until)
    feed.gone_at, feed.next_try_at = None, now()
    claim([feed])
