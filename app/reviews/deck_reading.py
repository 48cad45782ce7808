"""Reading a review's deck for proposals, once its slides are drawn: in a process with limits of its own."""

import logging
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from sqlalchemy import select

from app import jobs
from app.activity.delivery import commit
from app.assets import pages
from app.assets.actions import store
from app.assets.models import Page, Version
from app.assets.rendering.process import clean_environment, messages
from app.assets.rendering.render import START
from app.assets.rendering.results import Limits, Unreadable
from app.assets.store import NotStored
from app.extensions import db
from app.reviews.draft_models import ReviewDraft
from app.reviews.models import Review
from app.reviews.proposals import Known, Proposal
from app.reviews.proposing import propose

log = logging.getLogger(__name__)
LIMITS = Limits(seconds=60, memory_bytes=1024**3)
NAMES_KNOWN = 300
PDF = "application/pdf"


def read(path: Path, texts: list[str], known: Known) -> list[Proposal]:
    """What the deck at `path` proposes, or the text of its pages where there is any. Nothing when it cannot be read."""
    with tempfile.TemporaryDirectory(prefix="quarterdeck-read-") as scratch:
        request = {"module": "app.reviews.reader", "path": str(path), "texts": texts, "known": vars(known),
                   "seconds": LIMITS.seconds, "memory_bytes": LIMITS.memory_bytes}
        command = [sys.executable, "-I", str(START)]
        try:
            with closing(messages(command, request, LIMITS, clean_environment(Path(scratch)))) as received:
                return [Proposal.from_json(told) for message in received for told in message["proposals"]]
        except (Unreadable, KeyError, ValueError, ArithmeticError):
            log.warning("no proposals from a deck", exc_info=True)
            return []


def will_read(version: Version) -> bool:
    """Whether this version is read, now or once its slides are drawn."""
    return (version.media_kind == "deck" or version.media_type == PDF) and version.status != "failed"


@jobs.job("reviews.read_deck")
def read_deck(review_id: int) -> None:
    """Read the newest version of a review's deck. Started twice, it does the work once more and ends the same."""
    _read_for(Review, review_id)


@jobs.job("reviews.read_deck_of_draft")
def read_deck_of_draft(draft_id: int) -> None:
    """The same for a review that is being written."""
    _read_for(ReviewDraft, draft_id)


def _read_for(model, key: int) -> None:
    holder = db.session.get(model, key)
    version = holder.newest_version if holder and not holder.is_deleted else None
    db.session.rollback()
    if version is None or not will_read(version) or version.status == "pending":
        return
    if holder.deck_read_version_id == version.id:
        return
    texts = [] if version.media_kind == "deck" else _texts(version)
    known, version_id, sha256 = _known(), version.id, version.sha256
    # Reading takes its time; what is looked at from here on would hold others up meanwhile.
    db.session.rollback()
    try:
        with store().local_path(sha256) as path:
            found = read(path, texts, known)
    except NotStored:
        found = []
    if holder := db.session.get(model, key):
        propose(holder, db.session.get(Version, version_id), found)
    commit()


def _texts(version: Version) -> list[str]:
    return list(db.session.scalars(select(Page.text).where(Page.version_id == version.id).order_by(Page.number)))


def _known() -> Known:
    """Names in use, to be recognised on a cover. Of secret campaigns too: what is not in the deck is never proposed."""
    def used(column) -> tuple[str, ...]:
        return tuple(db.session.scalars(select(column).where(column != "").distinct().limit(NAMES_KNOWN)))

    return Known(programmes=used(Review.programme), regions=used(Review.region), segments=used(Review.segment))


def _drawn(version: Version) -> None:
    """Ask for the decks of reviews and drafts to be read when their slides are there."""
    for review_id in db.session.scalars(select(Review.id).where(Review.deck_id == version.asset_id)):
        jobs.request("reviews.read_deck", review_id)
    for draft_id in db.session.scalars(select(ReviewDraft.id).where(ReviewDraft.deck_id == version.asset_id)):
        jobs.request("reviews.read_deck_of_draft", draft_id)


pages.finished.append(_drawn)
