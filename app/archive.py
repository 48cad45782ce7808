"""Everything in one file and back: `flask backup` and `flask restore`.

The archive is a tar of one JSON-lines file per table and every stored file by its SHA-256. It does not depend on the
database it came from, so it also moves an installation from SQLite to PostgreSQL. The search index is made anew.
"""

import base64
import io
import json
import tarfile
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from flask import current_app
from sqlalchemy import Date, LargeBinary, Numeric, Table, func, insert, select
from sqlalchemy.exc import SQLAlchemyError

from app import schema
from app.assets.store import NotStored
from app.db import UTCDateTime, go_on_counting
from app.extensions import db
from app.search import index
from app.search.models import SearchDocument, SearchWord

BATCH = 500
# Made anew from the entries and their files.
DERIVED = {SearchDocument.__tablename__, SearchWord.__tablename__, "fingerprints", "fingerprint_keys", "likenesses"}
MARKER = "quarterdeck.json"
# What reading anything but a whole backup ends in.
MISREAD = (tarfile.TarError, zlib.error, EOFError, OSError, ValueError, LookupError, TypeError, AttributeError,
           SQLAlchemyError)
Progress = Callable[[str], None]


class CannotRestore(Exception):
    """The archive does not fit this installation; the message says why."""


def _tables() -> list[Table]:
    return [table for table in db.metadata.sorted_tables if table.name not in DERIVED]


def _revision() -> str | None:
    return schema.revision(db.session.connection())


def _plain(value):
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _reader(column) -> Callable:
    kind = column.type
    if isinstance(kind, UTCDateTime):
        return lambda value: datetime.fromisoformat(value).replace(tzinfo=UTC)
    if isinstance(kind, Date):
        return date.fromisoformat
    if isinstance(kind, LargeBinary):
        return base64.b64decode
    # A float column is a Numeric too, but speaks floats.
    return Decimal if isinstance(kind, Numeric) and kind.asdecimal else lambda value: value


def _lines(table: Table) -> Iterator[bytes]:
    rows = db.session.execute(select(table).order_by(*table.primary_key).execution_options(yield_per=BATCH))
    for row in rows.mappings():
        yield json.dumps({key: _plain(value) for key, value in row.items()}, ensure_ascii=False).encode() + b"\n"


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    archive.addfile(entry, io.BytesIO(content))


def backup(path: Path, progress: Progress) -> list[str]:
    """Write everything, as of one moment, into a new file at `path`; the names of files the store no longer has.

    A half file never bears the name, and none is left. Raises OSError and StoreError.
    """
    partial = path.with_name(f"{path.name}.partial")
    try:
        with tarfile.open(partial, "w:gz", compresslevel=1) as archive:
            about = {"revision": _revision(), "made_at": datetime.now(UTC).isoformat()}
            _add(archive, MARKER, json.dumps(about).encode())
            missing = _add_files(archive, _add_tables(archive, progress), progress)
        partial.rename(path)
    finally:
        partial.unlink(missing_ok=True)
    return missing


def _add_tables(archive: tarfile.TarFile, progress: Progress) -> list[str]:
    """Add every row; the names of the stored files."""
    files: list[str] = []
    for table in _tables():
        content = b"".join(_lines(table))
        _add(archive, f"tables/{table.name}.jsonl", content)
        # Not splitlines(): a text may hold separators of its own.
        rows = content.split(b"\n")[:-1]
        progress(f"{table.name}: {len(rows)} rows")
        if table.name == "stored_files":
            files = [json.loads(row)["sha256"] for row in rows]
    return files


def _add_files(archive: tarfile.TarFile, files: list[str], progress: Progress) -> list[str]:
    """Add the bytes of these files; the names of those that are gone: all others are worth saving."""
    store = current_app.extensions["store"]
    missing = []
    for number, sha256 in enumerate(files, start=1):
        try:
            with store.open(sha256) as stream:
                entry = tarfile.TarInfo(f"files/{sha256}")
                entry.size = store.size(sha256)
                archive.addfile(entry, stream)
        except NotStored:
            missing.append(sha256)
            progress(f"missing: {sha256} is not in the store")
        if number % 100 == 0 or number == len(files):
            progress(f"files: {number} of {len(files)}")
    return missing


def restore(path: Path, progress: Progress) -> None:
    """Read an archive into this installation, which must be empty and of the same version. Raises CannotRestore."""
    tables = {table.name: table for table in _tables()}
    if db.session.scalar(select(func.count()).select_from(tables["people"])):
        raise CannotRestore("There are people here already: restore into an empty installation.")
    try:
        with tarfile.open(path, "r:gz") as archive:
            _read(archive, tables, progress)
    except MISREAD as error:
        db.session.rollback()
        reason = str(getattr(error, "orig", error)).partition("\n")[0] or type(error).__name__
        raise CannotRestore(f"{path} is no complete backup of Quarterdeck ({reason}).") from error
    go_on_counting(db.session, tables.values())
    progress(f"search: {max(index.rebuild(db.session), default=0)} entries")
    db.session.commit()


def _read(archive: tarfile.TarFile, tables: dict[str, Table], progress: Progress) -> None:
    store = current_app.extensions["store"]
    files, waiting = 0, dict(tables)
    _check_marker(archive)
    for entry in archive:
        stream = archive.extractfile(entry)
        folder, _, name = entry.name.partition("/")
        if folder == "tables":
            table = waiting.pop(name.removesuffix(".jsonl"))
            progress(f"{table.name}: {_fill(table, stream)} rows")
        elif folder == "files":
            if store.put(stream, entry.size).sha256 != name:
                raise CannotRestore(f"The file {name} is damaged.")
            files += 1
        elif entry.name != MARKER:
            raise ValueError(f"{entry.name} is in it")
    if waiting:
        raise ValueError(f"{', '.join(sorted(waiting))} not in it")
    progress(f"files: {files}")


def _check_marker(archive: tarfile.TarFile) -> None:
    """What the archive begins with says that it is one of ours, and of this version."""
    first = archive.next()
    if first is None or first.name != MARKER:
        raise ValueError(f"{MARKER} is not its beginning")
    made_for = json.load(archive.extractfile(first))["revision"]
    if made_for != _revision():
        raise CannotRestore(f"The backup is of version {made_for}, this installation of {_revision()}.")


def _fill(table: Table, lines) -> int:
    readers = {column.name: _reader(column) for column in table.columns}
    batch, count = [], 0
    for line in lines:
        row = json.loads(line)
        batch.append({key: None if value is None else readers[key](value) for key, value in row.items()})
        if len(batch) == BATCH:
            db.session.execute(insert(table), batch)
            count, batch = count + len(batch), []
    if batch:
        db.session.execute(insert(table), batch)
    return count + len(batch)
