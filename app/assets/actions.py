"""Uploading: the bytes are kept once, an asset points at them, its pages are made in the background."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from flask import current_app
from sqlalchemy import select, update

from app import jobs
from app.activity.kinds import Kind
from app.activity.recording import record
from app.assets import kinds
from app.assets.models import Asset, Page, StoredFile, Version
from app.assets.sniff import media_type
from app.assets.store import Store, Stored, StoreUnavailable
from app.assets.uploads import form_limit
from app.db import insert_missing
from app.entries.actions import publish
from app.entries.attachments import Upload
from app.extensions import db
from app.people.models import Person
from app.search import index
from app.spaces.models import Space

FILENAME_LENGTH = 255
# Features that go on from there: called with each further version of an asset, in the same transaction.
newer_versions: list[Callable[[Version, Person], None]] = []


@dataclass(frozen=True)
class KeptFile:
    """Bytes that are safely in the store, and what they are by their content."""

    sha256: str
    bytes: int
    filename: str
    media_type: str
    media_kind: str
    # Written just now, so that nobody can have cleared them away since.
    is_new: bool = field(default=False, compare=False)


def store() -> Store:
    """Where this installation keeps files."""
    return current_app.extensions["store"]


def keep(stream, filename: str, limit_bytes: int | None = None) -> KeptFile:
    """Put bytes into the store, as many as a form may send if nothing else is said. Call it before a transaction.

    Raises TooLarge, StoreFull or StoreUnavailable of app.assets.store; then nothing is kept.
    """
    return recognise(store().put(stream, limit_bytes or form_limit()), filename)


def recognise(stored: Stored, filename: str) -> KeptFile:
    """What a file of the store is by its content."""
    name = plain_name(filename)
    with store().local_path(stored.sha256) as path:
        found = media_type(path, name)
    return KeptFile(stored.sha256, stored.bytes, name, found.type, found.kind, stored.is_new)


def plain_name(path: str) -> str:
    """What a file is called, whatever folders the sender names and whatever else stands in it."""
    printable = "".join(letter for letter in path if letter.isprintable())
    return PurePosixPath(printable.replace("\\", "/")).name[-FILENAME_LENGTH:] or "file"


def upload(
    space: Space, file: KeptFile, *, actor: Person, title: str = "", body: str = "", import_id: int | None = None,
    quietly: bool = False,
) -> Asset:
    """Share a file in a space. One of many that are imported together is told of with all of them; `quietly`, with what
    it came along with.
    """
    asset = Asset(space=space, title=title.strip() or PurePosixPath(file.filename).stem, body=body.strip(),
                  import_id=import_id)
    publish(asset, actor=actor, quietly=quietly or import_id is not None)
    _append(asset, file, actor, note="")
    return asset


def add_version(
    asset: Asset, file: KeptFile, *, actor: Person, note: str = "", kind: type[Kind] = kinds.VersionAdded, **data
) -> Version:
    """A new version becomes the current one; the older ones stay. Two at once get two numbers.

    What is more than that is recorded as a `kind` of its own with its `data`, so that nobody hears of it twice.
    """
    # The row lock orders two writers on PostgreSQL; SQLite writers are in a queue anyway.
    db.session.execute(select(Asset.id).where(Asset.id == asset.id).with_for_update(of=Asset.__table__))
    db.session.refresh(asset, ["version_count"])
    version = _append(asset, file, actor, note)
    record(kind, actor=actor, entry=asset, number=version.number, **data)
    for follow in newer_versions:
        follow(version, actor)
    return version


def _append(asset: Asset, file: KeptFile, actor: Person, note: str) -> Version:
    remember(file)
    version = Version(
        asset_id=asset.id, number=asset.version_count + 1, sha256=file.sha256, filename=file.filename,
        bytes=file.bytes, media_type=file.media_type, media_kind=file.media_kind, note=note.strip(), author=actor,
    )
    db.session.add(version)
    asset.version_count, asset.page_count, asset.status, asset.has_cover = version.number, 0, "pending", False
    asset.media_kind, asset.filename = file.media_kind, file.filename
    db.session.flush()
    db.session.expire(asset, ["versions"])
    jobs.request("assets.make_pages", version.id)
    return version


def remember(file: KeptFile) -> None:
    """Note that the store holds these bytes; until the commit nobody clears them away (app/assets/clearing.py).

    Raises StoreUnavailable if somebody did so after they were found there: sent again, they are kept anew.
    """
    known = select(StoredFile.unused_since).where(StoredFile.sha256 == file.sha256)
    row = None
    while row is None:
        insert_missing(db.session, StoredFile, [{"sha256": file.sha256, "bytes": file.bytes}])
        # Whoever is just clearing it is waited for; then there is no row any more.
        row = db.session.execute(known.with_for_update(read=True, key_share=True)).first()
    if row.unused_since:
        db.session.execute(update(StoredFile).where(StoredFile.sha256 == file.sha256).values(unused_since=None))
    if not file.is_new and not store().exists(file.sha256):
        raise StoreUnavailable(f"{file.sha256} was cleared away")


def hold(file: KeptFile, *, actor: Person) -> Upload:
    """A file dropped into a text that is not posted yet."""
    remember(file)
    held = Upload(
        person_id=actor.id, sha256=file.sha256, filename=file.filename, media_type=file.media_type,
        media_kind=file.media_kind,
    )
    db.session.add(held)
    db.session.flush()
    return held


def finish_version(version: Version, status: str, *, reason: str | None = None) -> None:
    """The pages are made, or cannot be: make them findable and tell who looks at the asset."""
    version.status, version.reason = status, reason
    pages = list(db.session.scalars(select(Page).where(Page.version_id == version.id).order_by(Page.number)))
    version.page_count = version.pages_done = len(pages)
    asset = version.asset
    if version.number == asset.version_count:
        asset.status, asset.page_count = status, len(pages)
        asset.has_cover = bool(pages and pages[0].image_sha256)
        index.write_entry(db.session, asset)
    record(kinds.PagesMade, actor=None, entry=asset, number=version.number, status=status)


def note_progress(version_id: int, done: int, total: int) -> None:
    """How many pages are made so far, for the progress bar."""
    db.session.execute(update(Version).where(Version.id == version_id).values(pages_done=done, page_count=total))
