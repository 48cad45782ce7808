"""Uploading through the API, and getting back what was uploaded, byte for byte."""

import hashlib
from io import BytesIO

import pytest

from app.assets.models import Asset
from app.extensions import db
from tests.api.conftest import errors
from tests.making.documents import pdf


@pytest.fixture
def document(tmp_path) -> bytes:
    return pdf(tmp_path / "plan.pdf").read_bytes()


def upload(api, data: bytes, name: str = "plan.pdf", path: str = "/assets", headers=None, **fields):
    sent = fields | {"file": (BytesIO(data), name)}
    return api("POST", path, data=sent, content_type="multipart/form-data", headers=headers)


def test_an_upload_is_answered_with_its_version_and_its_pages_come(lena, world, document):
    made = upload(lena, document, space_id=world.space("project", "open").id, title="The plan")
    assert made.status_code == 201 and made.json["title"] == "The plan"
    [version] = lena.get(f"/assets/{made.json['id']}").json["versions"]
    assert version["number"] == 1 and version["bytes"] == len(document) and version["media_type"] == "application/pdf"
    assert version["sha256"] == hashlib.sha256(document).hexdigest()
    assert (version["status"], version["pages"], version["reason"]) == ("ready", 2, None)
    pages = f"/assets/{made.json['id']}/versions/1/pages"
    assert lena.get(f"{pages}/2").json["text"] == "Second page"
    picture = lena.get(f"{pages}/1.webp")
    assert picture.mimetype == "image/webp" and picture.data[:4] == b"RIFF"
    assert lena.get(f"{pages}/3").status_code == lena.get(f"{pages}/3.webp").status_code == 404


def test_a_comment_may_speak_of_a_page_of_it(lena, world, document):
    key = upload(lena, document, space_id=world.space("project", "open").id).json["id"]
    anchor = {"page": 2, "x": 0.25, "y": 0.5, "w": 0.5, "h": 0.25}
    comment = lena.post(f"/entries/{key}/comments", {"body": "Here", "anchor": anchor}).json
    assert {name: comment["anchor"][name] for name in anchor} == anchor
    assert "anchor.page" in errors(lena.post(f"/entries/{key}/comments", {"body": "Where", "anchor": {"page": 3}}))


@pytest.mark.parametrize(("asked", "status", "part"), [
    (None, 200, slice(None)), ("bytes=0-9", 206, slice(0, 10)), ("bytes=100-", 206, slice(100, None)),
    ("bytes=-7", 206, slice(-7, None)), ("bytes=999999999-", 416, slice(0, 0)),
])
def test_the_file_comes_back_byte_for_byte_and_in_ranges(lena, world, document, asked, status, part):
    key = upload(lena, document, space_id=world.space("project", "open").id).json["id"]
    answer = lena.get(f"/assets/{key}/versions/1/file", headers={"Range": asked} if asked else None)
    assert answer.status_code == status and answer.data == document[part]


def test_a_version_is_added_and_the_older_one_stays(lena, world, document):
    key = upload(lena, document, space_id=world.space("project", "open").id).json["id"]
    answer = upload(lena, b"Just words", "words.txt", f"/assets/{key}/versions", note="As text")
    assert answer.status_code == 201 and [each["number"] for each in answer.json["versions"]] == [1, 2]
    assert answer.json["versions"][1]["note"] == "As text"
    assert lena.get(f"/assets/{key}/versions/1/file").data == document
    assert lena.get(f"/assets/{key}/versions/2/file").data == b"Just words"


def test_a_repeated_upload_makes_one_asset(lena, world):
    headers, space = {"Idempotency-Key": "upload"}, world.space("project", "open").id
    first = upload(lena, b"One", "one.txt", headers=headers, space_id=space)
    again = upload(lena, b"One", "one.txt", headers=headers, space_id=space)
    assert again.json == first.json and db.session.query(Asset).count() == 1
    other = upload(lena, b"Two", "one.txt", headers=headers, space_id=space)
    assert other.status_code == 422 and list(errors(other)) == ["Idempotency-Key"]


def test_a_file_over_the_limit_is_refused_before_it_is_read(app, lena, world, monkeypatch):
    monkeypatch.setitem(app.config, "UPLOAD_LIMIT", 1000)
    space = world.space("project", "open").id
    small = upload(lena, b"x" * 1001, "x.bin", space_id=space)
    assert small.status_code == 413 and errors(small) == {} and "MB" in small.json["detail"]
    announced = lena("POST", "/assets", content_type="multipart/form-data; boundary=x",
                     environ_overrides={"CONTENT_LENGTH": str(10**10)})
    assert announced.status_code == 413 and "MB" in announced.json["detail"]
    assert db.session.query(Asset).count() == 0


@pytest.mark.parametrize(("fields", "field"), [
    ({}, "space_id"), ({"space_id": "x"}, "space_id"), ({"space_id": 1, "colour": "red"}, "colour"),
    ({"space_id": 1, "title": "a\0b"}, "title"),
])
def test_what_is_wrong_with_the_form_is_named(lena, fields, field):
    answer = upload(lena, b"x", **fields)
    assert answer.status_code == 422 and list(errors(answer)) == [field]


def test_a_form_without_a_file_is_refused(lena, world):
    answer = lena("POST", "/assets", data={"space_id": world.commons.id}, content_type="multipart/form-data")
    assert answer.status_code == 422 and list(errors(answer)) == ["file"]
    assert lena.post("/assets", {"space_id": world.commons.id}).status_code == 415


def test_files_are_for_who_may_see_their_asset(lena, world, api_of):
    key = upload(lena, b"Secret", "secret.txt", space_id=world.space("project", "secret").id).json["id"]
    otto = api_of(world.otto)
    for path in ("", "/versions/1/file", "/versions/1/pages/1", "/versions/1/pages/1.webp"):
        assert otto.get(f"/assets/{key}{path}").status_code == 404
    assert upload(otto, b"x", "x.txt", f"/assets/{key}/versions").status_code == 404
    assert upload(otto, b"x", "x.txt", space_id=world.space("project", "closed").id).status_code == 403


def test_a_version_tells_what_became_of_the_pages_and_comments_go_along(lena, world, tmp_path):
    first = pdf(tmp_path / "1.pdf", ("The whole plan", "What it costs", "Who is in the team")).read_bytes()
    second = pdf(tmp_path / "2.pdf", ("Who is in the team", "A word of thanks", "The whole plan")).read_bytes()
    key = upload(lena, first, space_id=world.space("project", "open").id).json["id"]
    [was] = lena.get(f"/assets/{key}").json["versions"]
    comments = f"/entries/{key}/comments"
    about = [lena.post(comments, {"body": "So", "anchor": {"page": page}}).json["id"] for page in (1, 2)]
    now = upload(lena, second, path=f"/assets/{key}/versions").json["versions"][1]
    assert lena.get(f"/assets/{key}/versions/1/moves").json == {
        "previous_version": None, "moves": [], "new": [], "vanished": []}
    assert lena.get(f"/assets/{key}/versions/2/moves").json == {
        "previous_version": 1, "new": [2], "vanished": [2], "moves": [
            {"page": 1, "previous_page": 3, "previous_version": 1},
            {"page": 3, "previous_page": 1, "previous_version": 1},
        ]}
    anchors = [lena.get(f"/entries/{each}").json["anchor"] for each in about]
    assert anchors == [{"version_id": now["id"], "page": 3}, {"version_id": was["id"], "page": 2}]
    late = lena.post(comments, {"body": "From an old copy", "anchor": {"page": 3, "version_id": was["id"]}})
    assert late.json["anchor"] == {"version_id": now["id"], "page": 1}
    wrong = lena.post(comments, {"body": "Of another file", "anchor": {"page": 1, "version_id": now["id"] + 1}})
    assert "anchor.page" in errors(wrong)
