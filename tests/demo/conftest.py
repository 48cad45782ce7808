"""The demo company in an empty SQLite database, loaded once for all tests that only look."""

import time
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.db import making_database
from app.demo import company
from app.extensions import db
from app.search.engine import create_engine_tables

TODAY = date(2026, 11, 20)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items) -> None:
    """One worker runs all tests of the demo company, so that it is loaded once."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("demo"))


def empty_house(folder) -> Flask:
    """An application with all tables and no rows, in a folder of its own."""
    app = create_app(
        DATA_FOLDER=folder, SQLALCHEMY_DATABASE_URI=f"sqlite:///{folder / 'quarterdeck.db'}",
        STORAGE_URL=f"file://{folder / 'files'}", REDIS_URL=None, TESTING=True,
    )
    with app.app_context():
        with making_database():
            db.create_all()
        with db.engine.begin() as connection:
            create_engine_tables(connection)
    return app


@pytest.fixture(scope="session")
def tessmar(tmp_path_factory) -> Flask:
    """The loaded company; `app.extensions["demo_seconds"]` is how long it took."""
    app = empty_house(tmp_path_factory.mktemp("tessmar"))
    started = time.process_time()
    with app.app_context():
        company.load(TODAY)
    app.extensions["demo_seconds"] = time.process_time() - started
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def loaded(tessmar):
    """A session in the loaded company."""
    with tessmar.app_context():
        yield db.session
        db.session.rollback()
