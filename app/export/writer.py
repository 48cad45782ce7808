"""Writing an export: a walk through the space that writes pages and data, then the files."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.assets.actions import store
from app.assets.keeping import PIECE
from app.assets.models import Asset, StoredFile, Version
from app.db import now, only_reading, see_one_moment
from app.entries.models import Entry
from app.entries.pin_models import PinnedEntry
from app.export import index_pages, names
from app.export.batches import Batch, Thread, batches
from app.export.contents import Contents, contents
from app.export.pages import Printer
from app.export.records import DERIVED, Records, plain
from app.export.scope import Scope
from app.export.sinks import Lines, Sink
from app.export.voice import Voice
from app.extensions import db
from app.people.models import Person
from app.spaces.models import Space

Heard = Callable[[int, int], None]
"""Told how many entries and files are done, of how many."""


@dataclass(frozen=True)
class Written:
    """What an export came to. `lost` counts originals that the store no longer has; pages say which."""

    files: int
    bytes: int
    lost: int


def write(space_id: int, person_id: int, sink: Sink, heard: Heard = lambda done, total: None) -> Written:
    """Write a space as this person reads it; who may export it is decided before.

    Everything is as of one moment. Raises StoreFull and StoreUnavailable, and what `heard` raises.
    """
    # A context of its own has a session of its own: this one forgets what it read, batch by batch.
    with current_app.app_context(), only_reading():
        see_one_moment(db.session)
        try:
            # What is read of a batch is forgotten; what is said on each page is loaded now.
            whole = [joinedload(Space.project), joinedload(Space.account)]
            space, person = db.session.get(Space, space_id, options=whole), db.session.get(Person, person_id)
            with (voice := Voice(person)).speaking():
                writer = _Writer(Scope(space, person), voice, sink, heard)
                writer.write_pages()
        finally:
            db.session.rollback()
        writer.write_files()
        return Written(sink.files, sink.bytes, writer.lost)


class _Writer:
    def __init__(self, scope: Scope, voice: Voice, sink: Sink, heard: Heard) -> None:
        self.scope, self.sink, self.heard = scope, sink, heard
        self.contents: Contents = contents(scope.space)
        self.made_at = now()
        self.printer = Printer(scope, voice, sink, self.made_at)
        self.records = Records(scope)
        self.files = Lines("files")
        self.pins = set(db.session.scalars(
            select(PinnedEntry.entry_id).join(PinnedEntry.entry).where(Entry.space_id == scope.space.id)))
        self.done = self.lost = 0

    def write_pages(self) -> None:
        self.printer.nav = index_pages.navigation(self.contents)
        self.records.add_those_of_space()
        for batch in batches(self.scope):
            self._write(batch)
        index_pages.write(self.printer, self.records, self.contents, self.pins)
        for lines in self.records.files.values():
            self.sink.write_lines(lines)

    def _write(self, batch: Batch) -> None:
        kept = self._sizes(batch)
        self.printer.people |= {each.author_id for each in batch.entries}
        for upload in batch.uploads:
            self._want(upload.sha256, names.upload_name(upload.id, upload.filename, upload.media_type), kept)
        for mail in (each.mail for each in batch.entries if getattr(each, "by_mail", False) and each.mail):
            self._want(mail.sha256, names.mail_name(mail.id, mail.filename), {mail.sha256: mail.bytes})
        for thread in batch.threads:
            lost = self._want_files(thread, kept) if isinstance(thread.root, Asset) else set()
            self.printer.thread(thread, batch, is_pinned=thread.root.id in self.pins, lost=lost)
            self._tell(thread, batch)
            self.done += len(thread.entries)
            self.heard(self.done, self.contents.total)
        self.records.add_those_of([entry.id for entry in batch.entries])

    def _sizes(self, batch: Batch) -> dict[str, int]:
        """The sizes of all files of the batch."""
        versions = [each for thread in batch.threads if isinstance(thread.root, Asset) for each in thread.root.versions]
        wanted = {each.sha256 for each in (*versions, *batch.uploads)}
        wanted |= {sha for each in versions for page in each.pages for sha in (page.image_sha256, page.thumb_sha256)}
        wanted.discard(None)
        query = select(StoredFile.sha256, StoredFile.bytes).where(StoredFile.sha256.in_(wanted))
        return dict(db.session.execute(query).tuples().all()) if wanted else {}

    def _want(self, sha256: str, name: str, sizes: dict[str, int]) -> bool:
        """Note a file to be copied in the end; False if the store has lost it."""
        if not store().exists(sha256):
            self.lost += 1
            return False
        self.files.add({"sha256": sha256, "name": name, "bytes": sizes.get(sha256, 0)})
        return True

    def _want_files(self, thread: Thread, sizes: dict[str, int]) -> set[str]:
        """The originals of all versions and the pictures of their pages; those that are lost, by name."""
        lost = set()
        for version in thread.root.versions:
            wanted = {_original_name(thread, version): version.sha256}
            for page in version.pages:
                for small, sha256 in ((False, page.image_sha256), (True, page.thumb_sha256)):
                    if sha256:
                        wanted[names.picture_name(thread.page, version.number, page.number, small=small)] = sha256
            lost |= {name for name, sha256 in wanted.items() if not self._want(sha256, name, sizes)}
            self._tell_version(thread, version, lost)
        return lost

    def _tell_version(self, thread: Thread, version: Version, lost: set[str]) -> None:
        original = _original_name(thread, version)
        self.records.lines("data/files.jsonl").add({
            "asset_id": thread.root.id, "version": version.number, "sha256": version.sha256, "bytes": version.bytes,
            "media_type": version.media_type, "filename": version.filename,
            "path": None if original in lost else original,
        })

    def _tell(self, thread: Thread, batch: Batch) -> None:
        """The data of the entries of a thread."""
        rows = [{key: getattr(entry, attribute.key) for attribute in type(entry).__mapper__.column_attrs
                 if (key := attribute.key) not in DERIVED} for entry in thread.entries]
        found = [(type(entry).__mapper__, row) for entry, row in zip(thread.entries, rows, strict=True)]
        for mapper, row in found:
            for attribute in mapper.column_attrs:
                self._hide(attribute, row, batch)
            if "page" in row:
                row["page_number"] = row.pop("page")
            about = {"page": thread.page, "tags": batch.tags.get(row["id"], []),
                     "is_pinned": row["id"] in self.pins}
            self.records.lines("data/entries.jsonl").add({key: plain(value) for key, value in row.items()} | about)

    def _hide(self, attribute, row: dict, batch: Batch) -> None:
        """Take an id out that names what the reader may not know of."""
        targets = {key.column.table for column in attribute.columns for key in column.foreign_keys}
        value = row.get(attribute.key)
        if value is None or attribute.key == "id":
            return
        if targets & self.records.entry_tables and value not in batch.links.spots:
            row[attribute.key] = None
        if targets & self.records.space_tables and value not in batch.links.spaces:
            row[attribute.key] = None

    def write_files(self) -> None:
        """Copy the originals and pictures; the database is not needed any more."""
        for line in self.files:
            wanted = json.loads(line)
            with store().open(wanted["sha256"]) as stream:
                self.sink.write(wanted["name"], iter(lambda: stream.read(PIECE), b""), wanted["bytes"])  # noqa: B023
            if not wanted["name"].startswith("slides/"):
                self.done += 1
            self.heard(self.done, self.contents.total)
        self.sink.finish()


def _original_name(thread: Thread, version: Version) -> str:
    return names.original_name(thread.page, version.number, version.filename, version.media_type)
