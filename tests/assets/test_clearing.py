"""Files that nobody refers to go after a day; one that somebody refers to, even at that moment, never does."""

import io
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from app.activity.delivery import commit
from app.assets import clearing
from app.assets.actions import hold, keep, remember
from app.assets.models import StoredFile
from app.assets.store import StoreError, StoreUnavailable, open_store
from app.db import at, now
from app.entries.attachments import Upload
from app.extensions import db
from app.people.models import Person

DAY = clearing.UNUSED_FOR + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def store(app, tmp_path, monkeypatch):
    own = open_store(str(tmp_path / "files"))
    monkeypatch.setitem(app.extensions, "store", own)
    return own


def age(store, sha256: str) -> None:
    """The file came two days ago."""
    long_ago = time.time() - 2 * 86400
    os.utime(store._path(sha256), (long_ago, long_ago))


def kept(store, data: bytes = b"words"):
    file = keep(io.BytesIO(data), "a.txt")
    age(store, file.sha256)
    return file


def let_go(world, store, data: bytes = b"words", but: str = ""):
    """A file that was referred to once and is marked as unused since, as is every other one but one."""
    file = kept(store, data)
    hold(file, actor=world.lena)
    db.session.execute(delete(Upload).where(Upload.sha256 != but))
    commit()
    clearing.tidy()
    return file


def test_a_file_goes_a_day_after_the_last_reference_to_it(world, store):
    file = let_go(world, store)
    assert clearing.tidy() == 0 and store.exists(file.sha256)
    with at(now() + DAY):
        assert clearing.tidy() == 1
    assert not store.exists(file.sha256) and not db.session.scalars(select(StoredFile)).all()


def test_a_file_without_a_row_goes_as_well_and_a_young_one_stays(store):
    old, young = kept(store, b"old"), keep(io.BytesIO(b"young"), "a.txt")
    assert clearing.tidy() == 1
    assert not store.exists(old.sha256) and store.exists(young.sha256)


def test_what_is_referred_to_stays_and_what_is_again_is_unmarked(world, store):
    used = kept(store, b"used")
    hold(used, actor=world.lena)
    again = let_go(world, store, b"again", but=used.sha256)
    hold(again, actor=world.lena)
    commit()
    with at(now() + DAY):
        assert clearing.tidy() == 0
    assert store.exists(used.sha256) and store.exists(again.sha256)
    assert not db.session.scalars(select(StoredFile.unused_since).where(StoredFile.unused_since.is_not(None))).all()


def test_who_found_the_bytes_there_and_comes_too_late_is_told_and_sent_again_they_stay(world, store):
    let_go(world, store)
    found = keep(io.BytesIO(b"words"), "a.txt")
    assert not found.is_new
    with at(now() + DAY):
        assert clearing.tidy() == 1
    with pytest.raises(StoreUnavailable):
        remember(found)
    db.session.rollback()
    hold(keep(io.BytesIO(b"words"), "a.txt"), actor=world.lena)
    commit()
    assert store.exists(found.sha256)


def test_uploading_and_clearing_at_once_loses_no_file(app, world, store):
    """The same few files are uploaded and cleared without end; whoever was not refused has their bytes."""
    owner, refused = world.lena.id, []
    for number in range(4):
        let_go(world, store, b"%d" % number)
    db.session.remove()
    is_over = threading.Event()

    def use(number: int) -> None:
        with app.app_context():
            for turn in range(12):
                try:
                    file = keep(io.BytesIO(b"%d" % ((number + turn) % 4)), f"{number}.txt")
                    hold(file, actor=db.session.get(Person, owner))
                    commit()
                except StoreError:
                    refused.append(number)
                    db.session.rollback()
                if turn % 3 == 1:
                    db.session.execute(delete(Upload).where(Upload.filename == f"{number}.txt"))
                    db.session.commit()
            db.session.remove()

    def clear() -> None:
        with app.app_context():
            while not is_over.is_set():
                for name in [each for each, _came in store.names()]:
                    age(store, name)
                clearing.mark()
                clearing.clear(now())
            db.session.remove()

    with ThreadPoolExecutor(5) as pool:
        sweeping = pool.submit(clear)
        try:
            list(pool.map(use, range(4)))
        finally:
            is_over.set()
        sweeping.result()
    names = set(db.session.scalars(select(Upload.sha256)))
    assert names and all(store.exists(name) for name in names)
