"""What `flask doctor` looks at."""

import shutil
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from app import jobs, schema
from app.activity.models import Activity
from app.assets.models import StoredFile, Version
from app.assets.store import StoreError
from app.extensions import db

LOW_DISK_BYTES = 1024**3


@dataclass(frozen=True)
class Finding:
    """One thing that was examined."""

    what: str
    is_fine: bool
    detail: str


def examine() -> list[Finding]:
    """Everything that can be told without changing anything; without a database, what can be told without one."""
    database = _database()
    of_rows = [_files(), _outbox(), _pending()] if database.is_fine else []
    return [database, _queue(), _storage(), *of_rows, _disk()]


def _database() -> Finding:
    try:
        schema.check(db.engine)
        return _sound()
    except (schema.Unusable, SQLAlchemyError) as error:
        return Finding("database", False, str(getattr(error, "orig", error)))


def _sound() -> Finding:
    if db.engine.dialect.name != "sqlite":
        return Finding("database", True, db.session.scalar(text("SELECT version()")).split(",")[0])
    problems = [row[0] for row in db.session.execute(text("PRAGMA quick_check"))]
    broken = db.session.execute(text("PRAGMA foreign_key_check")).all()
    is_fine = problems == ["ok"] and not broken
    return Finding("database", is_fine, "SQLite is sound" if is_fine else f"{problems}, {len(broken)} broken links")


def _queue() -> Finding:
    try:
        return Finding("queue", True, f"{jobs.check()} jobs wait")
    except Exception as error:
        return Finding("queue", False, str(error))


def _storage() -> Finding:
    try:
        current_app.extensions["store"].check()
        return Finding("storage", True, "can be written")
    except (StoreError, OSError) as error:
        return Finding("storage", False, str(error))


def _files() -> Finding:
    store = current_app.extensions["store"]
    names = list(db.session.scalars(select(StoredFile.sha256)))
    lost = [name for name in names if not store.exists(name)]
    return Finding("files", not lost, f"{len(names)} kept" if not lost else f"{len(lost)} of {len(names)} are missing")


def _outbox() -> Finding:
    waiting = db.session.scalar(select(func.count(Activity.id)).where(Activity.delivered_at.is_(None)))
    return Finding("outbox", waiting < 1000, f"{waiting} activities wait to be delivered")


def _pending() -> Finding:
    waiting = db.session.scalar(select(func.count(Version.id)).where(Version.status == "pending"))
    return Finding("rendering", True, f"{waiting} files wait for their pages")


def _disk() -> Finding:
    free = shutil.disk_usage(current_app.config["DATA_FOLDER"]).free
    return Finding("disk", free > LOW_DISK_BYTES, f"{free // 1024**2} MB free")
