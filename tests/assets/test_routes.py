"""Sharing files and giving them back: versions, ranges, pictures, limits, hostile content."""

import io

import pytest
from sqlalchemy import select

from app.activity.delivery import commit
from app.activity.models import Activity
from app.assets.actions import add_version, keep, upload
from app.assets.models import Asset, Version
from app.entries.actions import share
from app.entries.attachments import Upload
from app.extensions import db
from app.search.finder import find
from tests.making import documents, hostile

SCRIPT = b"<html><script>alert(1)</script></html>"


def shared(world, content: bytes, name: str, space=None) -> Asset:
    asset = upload(space or world.space("project", "open"), keep(io.BytesIO(content), name), actor=world.lena)
    commit()
    db.session.refresh(asset)
    return asset


def test_a_file_is_shared_read_and_found(world, browser_of, tmp_path):
    content = documents.pdf(tmp_path / "plan.pdf", ("Gripper launch plan", "Budget of the zeppelin")).read_bytes()
    data = {"space_id": world.space("project", "open").id, "file": (io.BytesIO(content), "plan.pdf"), "title": ""}
    answer = browser_of(world.jon).post("/assets/new", data=data, content_type="multipart/form-data")
    asset = db.session.scalars(select(Asset)).one()
    assert answer.headers["Location"] == asset.url and asset.title == "plan"
    assert (asset.status, asset.page_count, asset.media_kind) == ("ready", 2, "document")
    page = browser_of(world.otto).get(asset.url)
    assert page.status_code == 200 and "/pages/2.webp" in page.text
    [hit] = find(world.otto, "zeppelin").items
    assert (hit.entry_id, hit.page) == (asset.id, 2)


def test_the_original_comes_back_byte_for_byte_as_an_attachment(world, browser_of):
    asset = shared(world, SCRIPT, "harmless.pdf")
    answer = browser_of(world.jon).get(f"{asset.url}/versions/1/file")
    assert answer.data == SCRIPT
    assert answer.headers["Content-Disposition"].startswith("attachment") and "harmless.pdf" in \
        answer.headers["Content-Disposition"]
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(("asked", "status", "expected", "where"), [
    ("bytes=0-3", 206, b"0123", "bytes 0-3/10"), ("bytes=4-", 206, b"456789", "bytes 4-9/10"),
    ("bytes=-3", 206, b"789", "bytes 7-9/10"), ("bytes=50-60", 416, b"", "bytes */10"),
    ("bytes=0-1,4-5", 200, b"0123456789", None), ("items=0-1", 200, b"0123456789", None),
])
def test_ranges(world, browser_of, asked, status, expected, where):
    asset = shared(world, b"0123456789", "digits.txt")
    answer = browser_of(world.jon).get(f"{asset.url}/versions/1/file", headers={"Range": asked})
    assert (answer.status_code, answer.data, answer.headers.get("Content-Range")) == (status, expected, where)


@pytest.mark.parametrize("name", [
    "Größe – 价格.txt", 'quo"te.txt', "a\r\nX-Evil: 1.txt", "../../etc/passwd", "%00.txt"
])
def test_any_name_makes_a_safe_header(world, browser_of, name):
    asset = shared(world, b"text", name)
    answer = browser_of(world.jon).get(f"{asset.url}/versions/1/file")
    assert answer.status_code == 200 and "X-Evil" not in answer.headers
    assert "/" not in asset.filename


@pytest.mark.parametrize(("content", "name", "reason"), [
    (SCRIPT, "page.pdf", "active_content"),
    (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "logo.svg", "active_content"),
    (b"%PDF-1.7\nbroken", "broken.pdf", "damaged"),
    (b"", "empty.pptx", "empty"),
])
def test_hostile_files_fail_with_a_reason_and_stay_downloadable(world, browser_of, content, name, reason):
    asset = shared(world, content, name)
    version = db.session.scalars(select(Version).where(Version.asset_id == asset.id)).one()
    assert (version.status, version.reason) == ("failed", reason)
    page = browser_of(world.jon).get(asset.url)
    assert page.status_code == 200 and str(version.reason_text)[:40] in page.text.replace("&#39;", "'")
    assert browser_of(world.jon).get(f"{asset.url}/versions/1/file").data == content


def test_a_new_version_becomes_the_current_one_and_the_old_one_stays(world, browser_of):
    asset = shared(world, b"first words", "notes.txt")
    data = {"file": (io.BytesIO(b"second words"), "notes.txt"), "note": "Better"}
    browser_of(world.jon).post(f"{asset.url}/versions", data=data, content_type="multipart/form-data")
    db.session.refresh(asset)
    assert asset.version_count == 2
    jon = browser_of(world.jon)
    assert jon.get(f"{asset.url}/versions/1/file").data == b"first words"
    assert jon.get(f"{asset.url}/versions/2/file").data == b"second words"
    assert "older version" in jon.get(f"{asset.url}?version=1").text
    assert db.session.scalars(select(Activity.kind).where(Activity.kind == "asset.version_added")).one()
    assert find(world.jon, "second").items and not find(world.jon, '"first words"').items


def test_equal_bytes_are_stored_once(world):
    one, two = shared(world, b"the same", "a.txt"), shared(world, b"the same", "b.txt")
    assert one.versions[0].sha256 == two.versions[0].sha256


@pytest.mark.parametrize("path", [
    "", "/versions/1/file", "/versions/1/pages/1.webp", "/cover.webp", "/versions/1/state", "/pages/1/thread"
])
def test_nobody_reads_files_of_spaces_they_are_not_in(world, browser_of, path, tmp_path):
    content = documents.pdf(tmp_path / "plan.pdf").read_bytes()
    asset = shared(world, content, "plan.pdf", world.space("project", "secret"))
    assert browser_of(world.otto).get(asset.url + path).status_code == 404
    share(asset, world.space("account", "open"), actor=world.jon)
    assert browser_of(world.otto).get(asset.url + path).status_code in (200, 204)


def test_too_large_a_file_is_refused_with_the_limit_and_keeps_the_form(app, world, browser_of, monkeypatch):
    monkeypatch.setitem(app.config, "UPLOAD_LIMIT", 1024**2)
    data = {"space_id": world.commons.id, "file": (io.BytesIO(b"x" * (1024**2 + 1)), "big.bin"), "title": "Typed"}
    answer = browser_of(world.jon).post("/assets/new", data=data, content_type="multipart/form-data")
    assert answer.status_code == 422 and "larger than 1 MB" in answer.text and 'value="Typed"' in answer.text
    assert not db.session.scalars(select(Asset)).all()


def test_a_file_dropped_into_a_text_is_its_authors_until_it_is_posted(world, browser_of):
    jon, lena = browser_of(world.jon), browser_of(world.lena)
    picture = io.BytesIO(b"\x89PNG\r\n\x1a\n" + b"0" * 40)
    held = jon.post("/uploads", data={"file": (picture, "chart.png")}, content_type="multipart/form-data")
    assert held.status_code == 201
    assert jon.get(held.json["url"]).status_code == 200 and lena.get(held.json["url"]).status_code == 404
    space = world.space("project", "closed")
    jon.post("/posts", data={"space_id": space.id, "body": f"![chart]({held.json['url']})"})
    assert db.session.scalars(select(Upload)).one().entry.space_id == space.id
    assert lena.get(held.json["url"]).status_code == 200
    assert browser_of(world.otto).get(held.json["url"]).status_code == 404


def test_nobody_adopts_the_file_of_somebody_else(world, browser_of):
    held = browser_of(world.jon).post("/uploads", data={"file": (io.BytesIO(b"mine"), "x.txt")},
                                      content_type="multipart/form-data")
    browser_of(world.otto).post("/posts", data={"space_id": world.commons.id, "body": held.json["url"]})
    assert db.session.scalars(select(Upload)).one().entry_id is None


def test_two_versions_at_once_get_two_numbers(world):
    asset = shared(world, b"first", "a.txt")
    numbers = [add_version(asset, keep(io.BytesIO(name), "a.txt"), actor=world.jon).number for name in (b"2", b"3")]
    assert numbers == [2, 3]


def test_a_zip_bomb_named_as_a_deck_fails_softly(world, tmp_path):
    bomb = hostile.zip_bomb(tmp_path / "deck.pptx").read_bytes()
    asset = shared(world, bomb, "deck.pptx")
    assert db.session.scalars(select(Version.reason).where(Version.asset_id == asset.id)).one() == "too_large_unpacked"
