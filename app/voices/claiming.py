"""Which feeds are due, and that each is fetched by one job, and each host asked one question at a time.

A job that is killed leaves its claim to run out; then the feed is due again, later each time.
"""

from datetime import timedelta

from sqlalchemy import exists, select

from app import jobs
from app.accounts.models import Account
from app.activity.delivery import end_of_sweep
from app.db import now, one_at_a_time
from app.extensions import db
from app.spaces.models import Space
from app.voices.models import Feed, Subscription

AT_ONCE = 20
LOOKED_AT = 500
LEASE = timedelta(minutes=3)
"""Longer than asking, reading and filing may take together."""


def claim_due() -> int:
    """Start a job for each of the feeds that are due, of each host one; how many were claimed."""
    one_at_a_time(db.session, "feeds")
    wanted = exists().where(
        Subscription.feed_id == Feed.id, Subscription.paused_at.is_(None),
        Subscription.account.has(Account.space.has(Space.archived_at.is_(None))))
    due = select(Feed).where(Feed.next_try_at <= now(), Feed.gone_at.is_(None), wanted)
    return claim(db.session.scalars(due.order_by(Feed.next_try_at).limit(LOOKED_AT)).all(), AT_ONCE)


def claim(feeds: list[Feed], most: int = 1) -> int:
    """Start jobs for these feeds once this is committed, except where somebody asks the same host just now."""
    busy = {each.host for each in db.session.scalars(select(Feed).where(Feed.claimed_until > now()))}
    claimed = 0
    for feed in feeds:
        if feed.host in busy or claimed >= most:
            continue
        busy.add(feed.host)
        claimed += 1
        feed.claimed_until = now() + LEASE
        feed.next_try_at = feed.claimed_until + LEASE * (2 ** min(feed.failures, 9) - 1)
        feed.failures += 1
        jobs.request("voices.fetch", feed.id, feed.claimed_until.isoformat())
    return claimed


@jobs.every_minute
def fetch_regularly() -> int:
    """How many were claimed."""
    return end_of_sweep(claim_due())
