"""The job that fetches a feed: asks and reads without a transaction, then files in one."""

import logging
from datetime import datetime

from sqlalchemy import select

from app import jobs
from app.activity.delivery import commit, rollback
from app.extensions import db
from app.voices import filing
from app.voices.asking import Asked, CannotRead, ask
from app.voices.models import Feed
from app.voices.moving import move

log = logging.getLogger(__name__)


@jobs.job("voices.fetch")
def fetch(feed_id: int, claimed_until: str) -> None:
    """Fetch a feed that was claimed until then. One whose claim ran out meanwhile is somebody else's."""
    claim = datetime.fromisoformat(claimed_until)
    feed = _claimed(feed_id, claim)
    told = feed and (feed.address, feed.etag, feed.modified)
    # Nobody waits for a site that takes its time: until it has answered no transaction is open.
    db.session.rollback()
    if told is None:
        return
    try:
        asked = _expect_feed(ask(*told))
    except CannotRead as error:
        asked = error
    _write_down(feed_id, claim, asked)


def _expect_feed(asked: Asked) -> Asked:
    if asked.reading is not None and (asked.reading.trouble or asked.reading.choices):
        raise CannotRead(asked.reading.trouble or "page", asked.page)
    return asked


def _write_down(feed_id: int, claim: datetime, asked: Asked | CannotRead) -> None:
    try:
        if feed := _claimed(feed_id, claim):
            if isinstance(asked, CannotRead):
                filing.failed(feed, asked)
            else:
                filing.succeeded(move(feed, asked.settled), asked)
        commit()
    except Exception:
        # Its claim runs out and it is tried again, later each time; asking the site once more at once would not help.
        log.exception("what a feed told could not be filed")
        rollback()


def _claimed(feed_id: int, claim: datetime) -> Feed | None:
    mine = select(Feed).where(Feed.id == feed_id, Feed.claimed_until == claim)
    return db.session.scalar(mine.with_for_update(of=Feed))
