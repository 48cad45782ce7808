"""The background job that makes the pages of a version: rendered apart, stored, noted page by page."""

import logging
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from sqlalchemy import delete, insert, literal, select

from app import jobs, realtime
from app.activity.delivery import commit
from app.assets.actions import KeptFile, finish_version, note_progress, remember, store
from app.assets.models import Page, Version
from app.assets.rendering import RenderedPage, Unreadable, render
from app.assets.sniff import ACTIVE, MediaType
from app.assets.store import NotStored
from app.db import now
from app.extensions import db

log = logging.getLogger(__name__)
PROGRESS_SECONDS = 0.5
COPIED = ("number", "title", "text", "notes", "hidden", "image_sha256", "thumb_sha256", "width", "height")
# Features that go on from there: called with a version whose pages are there, in the transaction that says so.
finished: list[Callable[[Version], None]] = []
LOST_AFTER = timedelta(minutes=10)


@jobs.job("assets.make_pages")
def make_pages(version_id: int) -> None:
    """Make the pages of a version. Started twice, it does the work once more and ends the same."""
    version = db.session.get(Version, version_id)
    db.session.rollback()
    if version is None or version.status != "pending":
        return
    if version.media_type in ACTIVE:
        _end(version_id, "failed", "active_content")
        return
    if _copy_pages(version):
        _end(version_id, "ready", None)
        return
    try:
        with tempfile.TemporaryDirectory(prefix="quarterdeck-pages-") as folder:
            with store().local_path(version.sha256) as path:
                rendered = render(
                    path, MediaType(version.media_type, version.media_kind), folder, _Progress(version_id)
                )
            _keep_pages(version_id, rendered.pages)
        _end(version_id, "ready", rendered.reason)
    except Unreadable as failure:
        _end(version_id, "failed", failure.code)
    except NotStored:
        _end(version_id, "failed", "lost")


class _Progress:
    """Notes how far the renderer is, twice a second at most, and lets open pages know."""

    def __init__(self, version_id: int) -> None:
        self.version_id = version_id
        self.last = 0.0

    def __call__(self, page: RenderedPage, total: int) -> None:
        if time.monotonic() - self.last < PROGRESS_SECONDS:
            return
        self.last = time.monotonic()
        note_progress(self.version_id, page.number, total)
        db.session.commit()
        asset = db.session.get(Version, self.version_id).asset
        ping = {"kind": "asset", "id": asset.id, "space_id": asset.space_id, "thread_id": None}
        db.session.rollback()
        realtime.ping([f"entry-{asset.id}"], ping)


def _keep_pages(version_id: int, pages: list[RenderedPage]) -> None:
    kept = [(page, _keep_image(page.image_path), _keep_image(page.thumbnail_path)) for page in pages]
    db.session.execute(delete(Page).where(Page.version_id == version_id))
    for page, image, thumb in kept:
        for file in filter(None, (image, thumb)):
            remember(file)
        db.session.add(Page(
            version_id=version_id, number=page.number, title=page.title[:300], text=page.text, notes=page.notes,
            hidden=page.hidden, image_sha256=image.sha256 if image else None,
            thumb_sha256=thumb.sha256 if thumb else None, width=page.width, height=page.height,
        ))
    db.session.flush()


def _copy_pages(version: Version) -> bool:
    """Take the pages of the newest version with the same bytes, if one was drawn in full; nothing is drawn twice."""
    equal = select(Version.id).where(
        Version.sha256 == version.sha256, Version.media_type == version.media_type, Version.status == "ready",
        Version.reason.is_(None), Version.page_count > 0,
    ).order_by(Version.id.desc()).limit(1)
    source = db.session.scalar(equal)
    if source is None:
        db.session.rollback()
        return False
    columns = [getattr(Page, name) for name in COPIED]
    copied = select(literal(version.id), *columns).where(Page.version_id == source)
    db.session.execute(delete(Page).where(Page.version_id == version.id))
    db.session.execute(insert(Page).from_select(["version_id", *COPIED], copied))
    return True


def _keep_image(path: Path | None) -> KeptFile | None:
    if path is None:
        return None
    with path.open("rb") as stream:
        stored = store().put(stream, limit_bytes=path.stat().st_size)
    return KeptFile(stored.sha256, stored.bytes, path.name, "image/webp", "image", stored.is_new)


def _end(version_id: int, status: str, reason: str | None) -> None:
    version = db.session.get(Version, version_id)
    finish_version(version, status, reason=reason)
    for go_on in finished if status == "ready" else ():
        go_on(version)
    commit()
    log.info("version %s is %s (%s)", version_id, status, reason or "complete")


@jobs.every_minute
def start_lost() -> int:
    """Start again what has been pending for long: its job was lost with a killed process."""
    lost = select(Version.id).where(Version.status == "pending", Version.created_at < now() - LOST_AFTER)
    ids = list(db.session.scalars(lost.limit(20)))
    db.session.rollback()
    for version_id in ids:
        make_pages(version_id)
    return len(ids)
