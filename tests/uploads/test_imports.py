"""A zip of an old share becomes assets: each member once, each with a fate, one event for all, killed or not."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import jobs
from app.activity.delivery import commit
from app.activity.models import Activity, Notification
from app.assets.actions import keep
from app.assets.models import Asset
from app.assets.store import StoreFull
from app.db import at, now
from app.entries.reference_models import EntryTag, Tag
from app.extensions import db
from app.people.actions import deactivate
from app.uploads import forgetting, import_job, imports
from app.uploads.models import KEPT_FOR, Import, ImportMember
from tests.uploads.conftest import packed

pytestmark = pytest.mark.usefixtures("store")
SHARE = {
    "Old share/EMEA/2026/plan.txt": b"Grippers first", "Old share/EMEA/budget.txt": b"Much",
    "Old share/copy of plan.txt": b"Grippers first", "Old share/.DS_Store": b"\0", "../evil.txt": b"evil",
}


def started(world, data: bytes, name: str = "share.zip", *, by=None, space=None) -> Import:
    work = imports.start_import(space or world.space("project", "open"), keep(io.BytesIO(data), name),
                                actor=by or world.lena, body="From the *old* share")
    commit()
    return db.session.get(Import, work.id, populate_existing=True)


def full(*_arguments):
    raise StoreFull("full")


def fates(work: Import) -> dict[str, str]:
    of_work = select(ImportMember).where(ImportMember.import_id == work.id)
    rows = db.session.scalars(of_work.order_by(ImportMember.position))
    return {each.path: each.reason or each.state for each in rows}


def test_every_file_becomes_an_asset_or_has_a_reason_and_folders_become_tags(world):
    work = started(world, packed(SHARE))
    assert work.status == "done" and work.finished_at
    assert fates(work) == {
        "Old share/EMEA/2026/plan.txt": "imported", "Old share/EMEA/budget.txt": "imported",
        "Old share/copy of plan.txt": "same_file", "Old share/.DS_Store": "junk", "../evil.txt": "unsafe_path",
    }
    plan = db.session.scalars(select(Asset).where(Asset.title == "plan")).one()
    assert (plan.author, plan.space, plan.status) == (world.lena, world.space("project", "open"), "ready")
    assert plan.body == "From the *old* share\n\n#old-share #emea #in-2026"
    tags = select(Tag.name).join(EntryTag, EntryTag.tag_id == Tag.id).where(EntryTag.entry_id == plan.id)
    assert set(db.session.scalars(tags)) == {"old-share", "emea", "in-2026"}
    copy = db.session.scalars(select(ImportMember).where(ImportMember.reason == "same_file")).one()
    assert copy.asset_id == plan.id


def test_the_zip_is_kept_only_while_it_is_needed(world, monkeypatch):
    held = db.select(Import.archive_sha256)
    started(world, packed(SHARE))
    started(world, b"no zip")
    assert db.session.scalars(held).all() == [None, None]
    monkeypatch.setattr(import_job, "keep", full)
    stopped = started(world, packed(SHARE | {"another.txt": b"one"}))
    assert stopped.status == "stopped" and stopped.archive_sha256 == stopped.sha256
    with at(now() + KEPT_FOR - timedelta(minutes=1)):
        assert forgetting.forget_stopped() == 0
    with at(now() + KEPT_FOR + timedelta(minutes=1)):
        assert forgetting.forget_stopped() == 1
    db.session.refresh(stopped)
    assert (stopped.status, stopped.archive_sha256) == ("failed", None) and "for a week" in stopped.reason_text


def test_it_is_told_of_once_and_the_bell_of_who_started_it_rings_once(world):
    before = {each.id for each in db.session.scalars(select(Activity))}
    started(world, packed({f"{number}.txt": b"%d" % number for number in range(30)}))
    kinds = [each.kind for each in db.session.scalars(select(Activity)) if each.id not in before]
    assert kinds.count("import.finished") == 1 and "entry.posted" not in kinds
    [told] = db.session.scalars(select(Notification).where(Notification.activity_id.not_in(before)))
    assert (told.person_id, told.reason) == (world.lena.id, "import")


def test_a_big_import_stands_in_a_stream_as_one_grid_in_as_many_statements(world, browser_of, statements):
    browser, space = browser_of(world.jon), world.space("project", "open")

    def asked() -> tuple[int, str]:
        statements.clear()
        page = browser.get(f"{space.url}?tab=assets").text
        return len(statements), page

    started(world, packed({f"{number}.txt": b"%d" % number for number in range(2)}))
    asked()
    few, page = asked()
    assert page.count("entry--import") == 1 and "2 files of an import" in page
    started(world, packed({f"{number}.txt": b"more %d" % number for number in range(15)}))
    many, page = asked()
    assert page.count("entry--import") == 2 and "15 files of an import" in page and many <= few


def test_files_are_damaged_one_by_one(world):
    data = bytearray(packed({"good.txt": b"words", "bad.txt": b"other words, long enough to be packed"}))
    at = data.find(b"bad.txt") + len(b"bad.txt")
    data[at : at + 5] = b"\xff" * 5
    assert fates(started(world, bytes(data))) == {"good.txt": "imported", "bad.txt": "damaged"}


@pytest.mark.parametrize(("data", "reason"), [(b"no zip", "no_zip"), (packed({})[:10], "no_zip")])
def test_what_is_no_zip_fails_with_a_reason(world, browser_of, data, reason):
    work = started(world, data)
    assert (work.status, work.reason) == ("failed", reason)
    assert "not a zip archive" in browser_of(world.lena).get(work.url).text


@pytest.fixture
def one_by_one(app, monkeypatch) -> None:
    """Jobs wait until the test starts them."""
    monkeypatch.setattr(import_job, "SLICE_FILES", 1)
    monkeypatch.setattr(jobs, "enqueue", lambda *_job: None)


def test_a_killed_worker_goes_on_with_each_file_once(world, one_by_one, monkeypatch):
    work = started(world, packed({f"{number}.txt": b"%d" % number for number in range(4)}))
    import_job.go_on(work.id)
    real = imports.take

    def killed(*arguments) -> None:
        real(*arguments)
        raise KeyboardInterrupt  # Before its commit.

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(imports, "take", killed)
        import_job.go_on(work.id)
    db.session.rollback()
    assert list(fates(work).values()) == ["imported", "waiting", "waiting", "waiting"]
    for _slice in range(4):
        import_job.go_on(work.id)
    assert set(fates(work).values()) == {"imported"} and db.session.get(Import, work.id).status == "done"
    assert len(db.session.scalars(select(Asset)).all()) == 4


def test_a_lost_job_is_started_again(world, one_by_one):
    work = started(world, packed({"a.txt": b"a"}))
    assert import_job.start_lost() == 0
    work.touched_at -= 2 * import_job.LOST_AFTER
    commit()
    assert import_job.start_lost() == 1 and fates(work) == {"a.txt": "imported"}


def test_a_full_disk_stops_it_and_it_goes_on_later(world, browser_of, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(import_job, "keep", full)
        work = started(world, packed({"a.txt": b"a"}))
    assert (work.status, work.reason, fates(work)) == ("stopped", "full", {"a.txt": "waiting"})
    browser = browser_of(world.lena)
    assert "Go on" in browser.get(work.url).text
    browser.post(f"{work.url}/resumption")
    db.session.expire_all()
    assert (work.status, work.reason, fates(work)) == ("done", None, {"a.txt": "imported"})


def test_who_may_no_longer_post_imports_nothing_more(world, one_by_one):
    work = started(world, packed({"a.txt": b"a", "b.txt": b"b"}), by=world.jon)
    import_job.go_on(work.id)
    deactivate(world.jon)
    commit()
    import_job.go_on(work.id)
    assert (work.status, work.reason) == ("stopped", "not_allowed")
    assert list(fates(work).values()) == ["imported", "waiting"]


def test_the_page_takes_a_zip_and_only_who_started_it_sees_the_report(world, browser_of):
    lena, space = browser_of(world.lena), world.space("project", "closed")
    form = {"space_id": space.id, "body": "", "file": (io.BytesIO(packed(SHARE)), "Alt – Größe.zip")}
    answer = lena.post("/assets/imports", data=form, content_type="multipart/form-data")
    report = lena.get(answer.headers["Location"]).text
    assert "2 of 5 files are imported" in report and "leads out of the archive" in report
    assert "Alt – Größe.zip" in lena.get("/assets/imports").text
    assert browser_of(world.jon).get(answer.headers["Location"]).status_code == 404
    what = f"{answer.headers['Location']}/assets"
    assert "budget" in browser_of(world.jon).get(what).text
    assert browser_of(world.otto).get(what).status_code == 404
    refused = browser_of(world.otto).post("/assets/imports", data=form | {"file": (io.BytesIO(b"x"), "x.zip")},
                                          content_type="multipart/form-data")
    assert refused.status_code == 403
    without = lena.post("/assets/imports", data={"space_id": space.id})
    assert without.status_code == 422 and "Choose a file first" in without.text


def test_an_archive_that_arrived_in_pieces_is_imported_once(world, line, browser_of):
    held, space = line.send(packed(SHARE), "share.zip"), world.space("project", "open")
    form = {"space_id": space.id, "upload_id": held.id}
    answer = browser_of(world.lena).post("/assets/imports", data=form, headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert fates(db.session.scalars(select(Import)).one())["Old share/EMEA/budget.txt"] == "imported"
    assert browser_of(world.jon).post("/assets/imports", data=form).status_code == 404

