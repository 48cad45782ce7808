"""A small company with something to find, on both databases."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from flask import Flask
from sqlalchemy import text

from app.accounts.models import Account
from app.activity import models as _activity  # noqa: F401 - completes the metadata
from app.assets.models import Asset, Page, StoredFile, Version
from app.db import engine_options, making_database, prepare
from app.entries.models import Comment, Post
from app.extensions import db
from app.learnings import models as _learnings  # noqa: F401
from app.people.models import Person
from app.projects import models as _projects  # noqa: F401
from app.reviews import models as _reviews  # noqa: F401
from app.search import index
from app.search.engine import create_engine_tables, drop_engine_tables
from app.spaces.models import Membership, Space


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def company(request, tmp_path_factory) -> Iterator[Flask]:
    """An application whose database has all tables and no rows."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('sqlite') / 'test.db'}"
    else:
        url = request.getfixturevalue("postgres_server")
    app = Flask("quarterdeck")
    app.config.update(SQLALCHEMY_DATABASE_URI=url, SQLALCHEMY_ENGINE_OPTIONS=engine_options(url))
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)
        with making_database(), db.engine.begin() as connection:
            drop_engine_tables(connection)
        db.drop_all()
        db.create_all()
        with db.engine.begin() as connection:
            create_engine_tables(connection)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def session(company):
    """A session on an empty database; what a test commits goes afterwards."""
    with company.app_context():
        yield db.session
        db.session.rollback()
        names = [table.name for table in reversed(db.metadata.sorted_tables)]
        if db.engine.dialect.name == "postgresql":
            db.session.execute(text(f"TRUNCATE {', '.join(names)} CASCADE"))
        else:
            db.session.execute(text("PRAGMA defer_foreign_keys = ON"))
            for name in names:
                db.session.execute(text(f"DELETE FROM {name}"))
        db.session.commit()


class World:
    """Lena and Jon are colleagues, Gia is a guest. Everybody reads Commons; only Jon reads the secret space."""

    def __init__(self) -> None:
        self.lena = self._person("lena", "Lena Vogt")
        self.jon = self._person("jon", "Jon Park")
        self.gia = self._person("gia", "Gia Guest", role="guest")
        self.commons = self._space("community", "Commons", "open")
        self.acme = self._space("account", "Acme Robotics", "closed", self.lena, self.jon)
        self.secret = self._space("project", "Zephyr", "secret", self.jon)
        db.session.flush()
        self.account = Account(space_id=self.acme.id)
        db.session.add(self.account)
        db.session.commit()

    @staticmethod
    def _person(handle: str, name: str, role: str = "member") -> Person:
        person = Person(email=f"{handle}@example.com", handle=handle, name=name, role=role)
        db.session.add(person)
        return person

    @staticmethod
    def _space(kind: str, name: str, access: str, *members: Person) -> Space:
        space = Space(kind=kind, name=name, slug="-".join(name.lower().split()), access=access)
        space.memberships = [Membership(person=person) for person in members]
        db.session.add(space)
        return space

    def write(self, body: str = "", *, title: str = "", space=None, by=None, kind=Post, **fields):
        """An entry, indexed, in Commons by Lena unless told otherwise."""
        entry = kind(space=space or self.commons, author=by or self.lena, title=title, body=body, **fields)
        db.session.add(entry)
        index.write_entry(db.session, entry)
        return entry

    def comment(self, root, body: str) -> Comment:
        return self.write(body, kind=Comment, space=root.space, thread_id=root.id)

    def deck(self, title: str, *pages: tuple[str, str], space=None) -> Asset:
        """An asset whose only version has these pages, of title and text."""
        asset = self.write(title=title, space=space, kind=Asset, media_kind="deck")
        self.version(asset, 1, *pages)
        return asset

    def version(self, asset: Asset, number: int, *pages: tuple[str, str]) -> None:
        sha = f"{asset.id:032d}{number:032d}"
        db.session.add(StoredFile(sha256=sha, bytes=1))
        db.session.flush()
        version = Version(asset_id=asset.id, number=number, sha256=sha, filename=f"deck-{number}.pptx", bytes=1,
                          media_type="application/x", media_kind="deck", author_id=self.lena.id)
        version.pages = [Page(number=n, title=one, text=text) for n, (one, text) in enumerate(pages, start=1)]
        db.session.add(version)
        asset.version_count, asset.filename = number, version.filename
        index.write_entry(db.session, asset)


@pytest.fixture
def world(session) -> World:
    return World()


@pytest.fixture
def statements(session):
    """The SQL statements executed while it is in use: `statements.seen`."""
    seen: list[str] = []

    def remember(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    db.event.listen(db.engine, "before_cursor_execute", remember)
    yield SimpleNamespace(seen=seen)
    db.event.remove(db.engine, "before_cursor_execute", remember)
