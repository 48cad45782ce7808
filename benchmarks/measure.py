"""Each operation against its floor: the same SQL through the bare driver plus the same bytes sent.

With SQLite all of it happens in one thread, whose processor time is taken: what else the machine does is none of it.
PostgreSQL is another process, so there it is the clock on the wall.
"""

import contextvars
import statistics
import time
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import Client
from werkzeug.wrappers import Response

from app.db import now
from app.extensions import db
from app.people.models import SignIn
from app.people.sessions import digest

WARM_UP = 5
PAGE_WARM_UP, PAGE_ROUNDS = 3, 15


@dataclass(frozen=True)
class Figure:
    """What one operation costs, in milliseconds, and how many statements it runs."""

    name: str
    p50: float
    p95: float
    floor: float
    statements: int

    @property
    def ratio(self) -> float:
        return self.p50 / self.floor


def percentiles(seconds: list[float]) -> tuple[float, float]:
    """Median and 95th percentile, in milliseconds."""
    ordered = sorted(seconds)
    return statistics.median(ordered) * 1000, ordered[int(len(ordered) * 0.95)] * 1000


class Reader:
    """A browser in which somebody is signed in; each request in a context of its own, as in a server."""

    def __init__(self, app: Flask, person_id: int = 1) -> None:
        self.app = app
        with app.app_context():
            db.session.add(SignIn(person_id=person_id, token_hash=digest("benchmark"), seen_at=now()))
            db.session.commit()
        self.client: FlaskClient = app.test_client()
        with self.client.session_transaction() as session:
            session["sign_in"] = "benchmark"

    def ask(self, method: str, path: str, **data):
        """Send one request and read all of the answer."""
        answer = contextvars.Context().run(self.client.open, path, method=method, **data)
        if answer.status_code >= 400:
            raise RuntimeError(f"{method} {path}: {answer.status}")
        return answer


class Floor:
    """What the operation would cost if there were nothing but the database and the wire."""

    def __init__(self, app: Flask, statements: list[tuple[str, object]], body: bytes, *, writing: bool) -> None:
        self.body, self.writing = body, writing
        with app.app_context():
            self.connection = db.engine.raw_connection()
            self.is_sqlite = db.engine.dialect.name == "sqlite"
        self.clock = time.thread_time if self.is_sqlite else time.perf_counter
        self.statements = [(self._again(statement), parameters) for statement, parameters in statements]
        self.client = Client(self._answer, Response)

    def _answer(self, _environ, start_response):
        cursor = self.connection.cursor()
        if self.writing and self.is_sqlite:
            cursor.execute("BEGIN IMMEDIATE")
        for statement, parameters in self.statements:
            cursor.execute(statement, parameters)
            if cursor.description:
                cursor.fetchall()
        (self.connection.commit if self.writing else self.connection.rollback)()
        start_response("200 OK", [("Content-Type", "text/html")])
        return [self.body]

    def _again(self, statement: str) -> str:
        """A write that may find its rows there already: it looks for them as the first time, and keeps them."""
        if not self.writing or not statement.startswith("INSERT") or "ON CONFLICT" in statement:
            return statement
        if self.is_sqlite:
            return statement.replace("INSERT INTO", "INSERT OR IGNORE INTO", 1)
        head, returning, tail = statement.partition(" RETURNING ")
        return f"{head} ON CONFLICT DO NOTHING{returning}{tail}"

    def seconds(self) -> float:
        """What it takes once."""
        began = self.clock()
        self.client.get("/").get_data()
        return self.clock() - began

    def close(self) -> None:
        self.connection.close()


def measure(app: Flask, reader: Reader, name: str, method: str, path: str, rounds: int, data=lambda: {}) -> Figure:
    """Run the operation and its floor in turn, `rounds` times, so that what else the machine does slows both."""
    for _ in range(WARM_UP):
        reader.ask(method, path, **data())
    seen: list[tuple[str, object]] = []

    def note(_connection, _cursor, statement, parameters, _context, many) -> None:
        if not many:
            seen.append((statement, parameters))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    body = reader.ask(method, path, **data()).get_data()
    event.remove(engine, "before_cursor_execute", note)
    times, lowest = [], []
    floor = Floor(app, seen, body, writing=method == "POST")
    try:
        for _ in range(rounds):
            arguments = data()
            began = floor.clock()
            reader.ask(method, path, **arguments).get_data()
            times.append(floor.clock() - began)
            lowest.append(floor.seconds())
    finally:
        floor.close()
    return Figure(name, *percentiles(times), statistics.median(lowest) * 1000, len(seen))



def print_pages(app: Flask, person_id: int, addresses: dict[str, str]) -> None:
    """What each of these pages takes a person by the clock, median and best, and its statements; a line each."""
    statements: list[int] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *_told: statements.append(1))
    reader = Reader(app, person_id)
    for name, address in addresses.items():
        took = []
        for _round in range(PAGE_WARM_UP + PAGE_ROUNDS):
            statements.clear()
            began = time.monotonic()
            reader.ask("GET", address)
            took.append((time.monotonic() - began) * 1000)
        half, best = statistics.median(took[PAGE_WARM_UP:]), min(took[PAGE_WARM_UP:])
        print(f"{name:50}{half:8.1f} ms{best:8.1f} ms at best{len(statements):6} statements", flush=True)
