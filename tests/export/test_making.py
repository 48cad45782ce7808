"""From asking for an export to its archive: one at a time, made in the background, kept for a week for its maker."""

import errno
import io
import zipfile
from datetime import timedelta

import pytest

from app import jobs
from app.activity.models import Activity, Notification
from app.assets import clearing
from app.assets.actions import keep, store, upload
from app.assets.keeping import StoreUnavailable
from app.db import at, now, only_reading
from app.export import actions, making, sinks
from app.export.models import KEPT_FOR, Export
from app.extensions import db
from app.people.models import Person
from tests.export.checking import problems


def parts() -> list:
    """What is half-written in the store."""
    return list(store().temporaries.glob("*.part"))


def told(person) -> set[str]:
    """The kinds of what this person was told about exports."""
    query = db.select(Activity.kind).join(Notification, Notification.activity_id == Activity.id)
    return set(db.session.scalars(query.where(
        Notification.person_id == person.id, Activity.kind.startswith("export."))))


@pytest.fixture
def waiting(world):
    """An export of Lena's that no job has begun."""
    export = actions.ask_for(world.space("project", "open"), actor=world.lena)
    jobs.forget_requested()
    db.session.commit()
    return export


def test_an_owner_exports_and_downloads(world, browser_of, tmp_path):
    space, lena = world.space("project", "open"), browser_of(world.lena)
    upload(space, keep(io.BytesIO(b"Words"), "季度 plan.txt"), actor=world.lena, title="The plan")
    page = lena.get(f"/spaces/{space.slug}/export").text
    assert "Original files" in page and f'action="/spaces/{space.slug}/export"' in page
    asked = lena.post(f"/spaces/{space.slug}/export")
    export = db.session.scalars(db.select(Export)).one()
    assert asked.headers["Location"] == export.url and export.state == "ready" and export.done == export.total > 0
    assert "Download" in lena.get(export.url).text and told(world.lena) == {"export.ready"}
    answer = lena.get(export.file_url)
    assert export.filename in answer.headers["Content-Disposition"] and len(answer.data) == export.bytes
    some = lena.get(export.file_url, headers={"Range": "bytes=10-19"})
    assert some.status_code == 206 and some.data == answer.data[10:20]
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.testzip() is None
        assert any(name.endswith("/季度 plan.txt") for name in archive.namelist())
        [top] = {name.partition("/")[0] for name in archive.namelist()}
        archive.extractall(tmp_path)
    assert problems(tmp_path / top) == [] and top == export.filename.removesuffix(".zip") and not parts()


def test_nobody_else_sees_or_gets_it_and_who_runs_it_no_more_neither(world, browser_of):
    space = world.space("project", "open")
    browser_of(world.lena).post(f"/spaces/{space.slug}/export")
    export = db.session.scalars(db.select(Export)).one()
    for who in ("ada", "jon", "otto", "gus"):
        other = browser_of(world.person(who))
        assert {other.get(url).status_code for url in (export.url, export.file_url, f"{export.url}/state")} == {404}
    assert [browser_of(world.person(who)).post(f"/spaces/{space.slug}/export").status_code
            for who in ("jon", "otto", "gus", "gita")] == [403, 403, 403, 404]
    next(each for each in world.lena.memberships if each.space_id == space.id).role = "member"
    assert browser_of(world.lena).get(export.file_url).status_code == 403


def test_the_other_owners_are_told(world, waiting):
    next(each for each in world.jon.memberships if each.space_id == waiting.space_id).role = "owner"
    db.session.delete(waiting)
    db.session.flush()
    actions.ask_for(world.space("project", "open"), actor=world.lena)
    db.session.flush()
    assert told(world.jon) == {"export.asked"} and told(world.lena) == set()


def test_one_at_a_time_and_an_archived_space_as_well(world, waiting, browser_of):
    space = world.space("project", "closed")
    space.archived_at = now()
    answer = browser_of(world.lena).post(f"/spaces/{space.slug}/export")
    assert answer.headers["Location"] == waiting.url and db.session.scalars(db.select(Export)).one()
    assert "still being made" in browser_of(world.lena).get(f"/spaces/{space.slug}/export").text
    making.make(waiting.id)
    browser_of(world.lena).post(f"/spaces/{space.slug}/export")
    assert {each.state for each in db.session.scalars(db.select(Export))} == {"ready"}


def test_what_is_cancelled_half_way_leaves_nothing(app, world, waiting, browser_of, monkeypatch):
    monkeypatch.setattr(making, "HEARD_SECONDS", 0)
    heard, key = making._Heard.__call__, waiting.id

    def cancel_then_hear(self, done, total):
        with app.app_context(), only_reading(False):
            assert actions.cancel(db.session.get(Export, key))
            db.session.commit()
        heard(self, done, total)

    monkeypatch.setattr(making._Heard, "__call__", cancel_then_hear)
    making.make(waiting.id)
    db.session.expire_all()
    assert waiting.state == "cancelled" and not parts() and told(world.lena) == set()
    assert "Nothing of it is kept" in browser_of(world.lena).get(waiting.url).text


def test_what_has_not_begun_can_be_cancelled(world, waiting, browser_of):
    lena = browser_of(world.lena)
    assert "begin in a moment" in lena.get(f"{waiting.url}/state").text
    assert lena.post(f"{waiting.url}/end").status_code == 303
    making.make(waiting.id)
    db.session.expire_all()
    assert waiting.state == "cancelled" and lena.post(f"{waiting.url}/end").headers["Location"] == waiting.url


def test_a_job_that_was_killed_is_begun_anew_and_a_third_time_given_up(world, waiting):
    waiting.state, waiting.attempt = "running", 1
    db.session.commit()
    assert making.start_lost() == 0
    with at(now() + timedelta(minutes=6)):
        assert making.start_lost() == 1
    db.session.expire_all()
    assert waiting.state == "ready" and waiting.attempt == 2
    waiting.state, waiting.attempt, waiting.sha256, waiting.finished_at = "running", 3, None, None
    db.session.commit()
    with at(now() + timedelta(minutes=12)):
        making.start_lost()
    db.session.expire_all()
    assert (waiting.state, waiting.reason) == ("failed", "interrupted")


def test_a_process_that_was_thought_dead_finds_out_and_leaves_nothing(world, waiting, monkeypatch):
    monkeypatch.setattr(making, "HEARD_SECONDS", 0)
    write = making.write

    def write_while_another_begins(*arguments):
        db.session.execute(db.update(Export).values(attempt=2))
        db.session.commit()
        return write(*arguments)

    monkeypatch.setattr(making, "write", write_while_another_begins)
    making.make(waiting.id)
    db.session.expire_all()
    assert waiting.state == "running" and waiting.sha256 is None and not parts()


@pytest.mark.parametrize(("trouble", "reason", "words"), [
    (OSError(errno.ENOSPC, "No space left on device"), "full", "no room left"),
    (StoreUnavailable("no such bucket"), "storage", "cannot be reached"),
    (RuntimeError("?"), "unexpected", "Something broke"),
])
def test_what_goes_wrong_is_said_and_leaves_nothing(world, waiting, browser_of, monkeypatch, trouble, reason, words):
    class Broken(io.BytesIO):
        def write(self, piece):
            raise trouble

    class Archive(zipfile.ZipFile):
        def open(self, *arguments, **named):
            return Broken()

    monkeypatch.setattr(sinks.zipfile, "ZipFile", Archive)
    making.make(waiting.id)
    db.session.expire_all()
    assert (waiting.state, waiting.reason) == ("failed", reason) and not parts()
    assert words in browser_of(world.lena).get(waiting.url).text and told(world.lena) == {"export.failed"}


def test_an_archive_is_kept_for_a_week(world, waiting, browser_of):
    making.make(waiting.id)
    db.session.expire_all()
    sha256 = waiting.sha256
    with at(now() + KEPT_FOR - timedelta(minutes=1)):
        clearing.mark()
        assert making.remove_old() == 0 and not clearing.clear(now() + KEPT_FOR) and store().exists(sha256)
    with at(now() + KEPT_FOR + timedelta(minutes=1)):
        assert making.remove_old() == 1
        clearing.mark()
    assert clearing.clear(now() + 2 * KEPT_FOR) >= 1
    db.session.expire_all()
    assert waiting.state == "expired" and not store().exists(sha256)
    assert browser_of(world.lena).get(waiting.file_url).status_code == 404


def test_who_may_no_longer_gets_none(world, waiting):
    db.session.get(Person, waiting.person_id).deactivated_at = now()
    db.session.commit()
    making.make(waiting.id)
    db.session.expire_all()
    assert (waiting.state, waiting.reason) == ("failed", "no_access")


def test_an_archive_beyond_four_gigabytes_is_announced_as_one(tmp_path):
    sink = sinks.ZipSink(tmp_path / "x.zip", "x", now())
    with sink._opened("files/film.mp4", 5 * 1024**3) as file:
        file.write(b"x")
        assert file._zip64
    sink.write("index.html", ["words " * 1000])
    sink.write("slides/1.webp", [b"x" * 1000])
    sink.finish()
    kinds = {each.filename: each.compress_type for each in zipfile.ZipFile(tmp_path / "x.zip").infolist()}
    assert (kinds["x/index.html"], kinds["x/slides/1.webp"]) == (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)
