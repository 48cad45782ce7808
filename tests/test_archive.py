"""A backup holds everything, and a restore brings it back, from either database into either."""

import io
import tarfile

import pytest
from flask_migrate import upgrade
from sqlalchemy import func, select

from app import archive, create_app
from app.activity.delivery import commit
from app.archive import CannotRestore, backup, restore
from app.assets.actions import keep, upload
from app.assets.models import Version
from app.entries.models import Entry
from app.extensions import db
from app.people.models import Person
from app.reviews.actions import post_review
from app.search.finder import find


def counts() -> dict[str, int]:
    return {table.name: db.session.scalar(select(func.count()).select_from(table)) for table in archive._tables()}


@pytest.fixture
def saved(world, tmp_path):
    """A backup of the cast with a file and a review in it, and what was counted then."""
    post_review(world.commons, "Saved review", actor=world.lena, quarter="2026-Q3", cost=100, channels=["webinar"])
    upload(world.commons, keep(io.BytesIO(b"kept words"), "a.txt"), actor=world.lena)
    commit()
    path = tmp_path / "all.tar.gz"
    backup(path, lambda line: None)
    return path, counts()


def test_everything_comes_back(saved, tmp_path):
    path, before = saved
    other = create_app(
        SQLALCHEMY_DATABASE_URI=f"sqlite:///{tmp_path}/other.db", DATA_FOLDER=tmp_path,
        STORAGE_URL=f"file://{tmp_path}/files", JOBS_IMMEDIATE=True,
    )
    with other.app_context():
        upgrade()
        restore(path, lambda line: None)
        assert counts() == before
        lena = db.session.scalars(select(Person).where(Person.handle == "lena")).one()
        assert find(lena, "saved review").items and find(lena, "kept words").items
        version = db.session.scalars(select(Version)).one()
        assert other.extensions["store"].open(version.sha256).read() == b"kept words"
        db.session.add(Person(email="new@example.com", handle="new", name="New"))
        db.session.commit()
        assert db.session.scalar(select(func.count()).select_from(Entry))


def test_nothing_is_restored_over_people(saved):
    with pytest.raises(CannotRestore, match="empty"):
        restore(saved[0], lambda line: None)


def test_half_an_archive_is_refused(saved, tmp_path):
    path = tmp_path / "half.tar.gz"
    path.write_bytes(saved[0].read_bytes()[:2000])
    other = create_app(SQLALCHEMY_DATABASE_URI=f"sqlite:///{tmp_path}/half.db", DATA_FOLDER=tmp_path,
                       STORAGE_URL=f"file://{tmp_path}/files", JOBS_IMMEDIATE=True)
    with other.app_context():
        upgrade()
        with pytest.raises(CannotRestore):
            restore(path, lambda line: None)
        db.session.rollback()
        assert not db.session.scalar(select(func.count()).select_from(Person))


def packed(path, **members: bytes):
    """An archive with these members, in their order."""
    with tarfile.open(path, "w:gz") as archive:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return path


@pytest.fixture
def empty_house(tmp_path):
    """The context of an installation without people."""
    other = create_app(SQLALCHEMY_DATABASE_URI=f"sqlite:///{tmp_path}/empty.db", DATA_FOLDER=tmp_path,
                       STORAGE_URL=f"file://{tmp_path}/files", JOBS_IMMEDIATE=True)
    with other.app_context():
        upgrade()
        yield other
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize("members", [
    {"holiday.jpg": b"no backup at all"},
    {"quarterdeck.json": b"[]"},
    {"quarterdeck.json": b"\xff"},
    {"tables/people.jsonl": b""},
])
def test_any_other_archive_is_refused(empty_house, tmp_path, members):
    with pytest.raises(CannotRestore, match="no complete backup"):
        restore(packed(tmp_path / "other.tar.gz", **members), lambda line: None)


@pytest.mark.parametrize("change", [
    lambda name, content: None if name == "tables/spaces.jsonl" else content,
    lambda name, content: b'{"id": 1}\n' if name == "tables/people.jsonl" else content,
    lambda name, content: b"7\n" if name == "tables/people.jsonl" else content,
], ids=["a table is missing", "half a row", "no row"])
def test_a_backup_that_lacks_something_is_refused(saved, empty_house, tmp_path, change):
    with tarfile.open(saved[0]) as archive:
        members = {each.name: archive.extractfile(each).read() for each in archive}
    changed = {name: change(name, content) for name, content in members.items()}
    path = packed(tmp_path / "changed.tar.gz", **{name: each for name, each in changed.items() if each is not None})
    with pytest.raises(CannotRestore, match="no complete backup"):
        restore(path, lambda line: None)
    assert not db.session.scalar(select(func.count()).select_from(Person))
