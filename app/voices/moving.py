"""A feed that moved for good is asked for at its new address; where somebody has that one already, the two are one."""

from sqlalchemy import select

from app.extensions import db
from app.voices.models import Feed, Subscription


def move(feed: Feed, address: str) -> Feed:
    """The feed that is at `address` from now on: this one, or the one that was known there, with the subscriptions of
    both.
    """
    if address == feed.address:
        return feed
    other = db.session.scalar(select(Feed).where(Feed.address == address))
    if other is None:
        feed.address = address
        return feed
    have = set(db.session.scalars(select(Subscription.account_id).where(Subscription.feed_id == other.id)))
    for each in db.session.scalars(select(Subscription).where(Subscription.feed_id == feed.id)).all():
        if each.account_id in have:
            db.session.delete(each)
        else:
            each.feed = other
    feed.claimed_until = None
    db.session.flush()
    return other
