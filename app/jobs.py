"""Background work. A job is a function with a name; it is started after the commit that asked for it.

The queue is Huey: on a SQLite file of its own by default, on Redis where `REDIS_URL` is set. `flask jobs` consumes it.
"""

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

from flask import current_app
from huey import RedisHuey, SqliteHuey, crontab
from huey.api import Huey

from app.extensions import db

log = logging.getLogger(__name__)
_jobs: dict = {}
_every_minute: list = []


def job(name: str):
    """Register a function that `request()` and `enqueue()` can start by name; its arguments must be JSON-like."""

    def register(function):
        _jobs[name] = function
        return function

    return register


def every_minute(function):
    """Register a function that the consumer calls each minute."""
    _every_minute.append(function)
    return function


def request(name: str, *arguments) -> None:
    """Start a job once the current unit of work is committed; never if it is rolled back."""
    db.session.info.setdefault("jobs", []).append((name, arguments))


def start_requested() -> None:
    """Hand the jobs of the committed unit of work to the queue. Their rows say `pending`, so a lost one is swept."""
    for name, arguments in db.session.info.pop("jobs", []):
        try:
            enqueue(name, *arguments)
        except Exception:
            log.exception("the queue is away, the sweep will start %s%r", name, arguments)


def forget_requested() -> None:
    """Drop the jobs of a unit of work that was rolled back."""
    db.session.info.pop("jobs", None)


def enqueue(name: str, *arguments) -> None:
    """Put a job into the queue now."""
    current_app.extensions["huey_run"](name, *arguments)


def queue() -> Huey:
    """The queue of this application."""
    return current_app.extensions["huey"]


def check() -> int:
    """How many jobs wait. Raises sqlite3.Error or redis.RedisError when the queue is not there.

    On SQLite by a connection of its own: one that is open already still sees a file that was removed.
    """
    if not isinstance(queue(), SqliteHuey):
        return queue().pending_count()
    file = Path(queue().storage.filename).absolute().as_uri()
    with closing(sqlite3.connect(f"{file}?mode=rw", uri=True)) as connection:
        [waiting] = connection.execute("SELECT count(*) FROM task WHERE queue = ?", (queue().name,)).fetchone()
    return waiting


def init_app(app, *, immediate: bool = False) -> None:
    """Open the queue. `immediate` runs each job at once in the caller's thread, for tests and the command line."""
    url = app.config["REDIS_URL"]
    if url:
        huey = RedisHuey("quarterdeck", url=url, immediate=immediate, immediate_use_memory=False)
    else:
        huey = SqliteHuey("quarterdeck", filename=str(app.config["DATA_FOLDER"] / "jobs.db"), immediate=immediate,
                          immediate_use_memory=False)

    @huey.task(retries=2, retry_delay=10)
    def run(name, *arguments):
        with app.app_context():
            _jobs[name](*arguments)

    @huey.periodic_task(crontab())
    def minutely():
        for function in _every_minute:
            # What one of them stumbles over must not keep the others from their work, minute after minute.
            try:
                with app.app_context():
                    function()
            except Exception:
                log.exception("%s failed, the next minute tries again", function.__qualname__)

    app.extensions["huey"] = huey
    app.extensions["huey_run"] = run
