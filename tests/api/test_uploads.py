"""Uploads in pieces with a token, and what is made of them: assets, versions, imports."""

import io
import json
import zipfile
from base64 import b64encode

import pytest

from app.assets.models import Asset
from app.extensions import db
from tests.api.conftest import errors


def send(api, data: bytes, name: str = "plan.txt") -> int:
    """A file over tus in two pieces; the id of its upload."""
    tus = {"Tus-Resumable": "1.0.0"}
    metadata = f"filename {b64encode(name.encode()).decode()}"
    began = api("POST", "/uploads", headers=tus | {"Upload-Length": str(len(data)), "Upload-Metadata": metadata})
    path, half = began.headers["Location"].removeprefix("/api/v1"), len(data) // 2
    for at, piece in ((0, data[:half]), (half, data[half:])):
        answer = api("PATCH", path, data=piece, headers=tus | {"Upload-Offset": str(at)},
                     content_type="application/offset+octet-stream")
        assert answer.status_code == 204, answer.json
    return int(answer.headers["Upload-Id"])


def form(api, path: str, **fields):
    return api("POST", path, data=fields, content_type="multipart/form-data")


def test_an_asset_and_a_version_are_made_of_what_has_arrived(lena, world):
    upload_id = send(lena, b"Grippers first")
    made = form(lena, "/assets", upload_id=upload_id, space_id=world.commons.id, title="The plan")
    assert made.status_code == 201 and made.json["versions"][0]["bytes"] == 14
    again = form(lena, "/assets", upload_id=upload_id, space_id=world.commons.id)
    assert again.json["id"] == made.json["id"] and db.session.query(Asset).count() == 1
    path = f"/assets/{made.json['id']}/versions"
    assert len(form(lena, path, upload_id=send(lena, b"Twice"), note="Better").json["versions"]) == 2
    assert lena.get(f"{path}/2/file").data == b"Twice"


def test_nobody_takes_the_upload_of_somebody_else_and_no_page_speaks_by_token(lena, world, api_of):
    upload_id = send(lena, b"Grippers first")
    assert form(api_of(world.jon), "/assets", upload_id=upload_id, space_id=world.commons.id).status_code == 404
    assert form(lena, "/assets", upload_id="many", space_id=world.commons.id).status_code == 422
    assert list(errors(form(lena, "/assets", space_id=world.commons.id))) == ["file"]
    tus = {"Tus-Resumable": "1.0.0", "Upload-Length": "5"}
    refused = api_of(None)("POST", "/uploads", headers=tus)
    assert refused.status_code == 401 and refused.mimetype == "application/problem+json"


def packed() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("EMEA/plan.txt", b"Grippers")
        archive.writestr("Thumbs.db", b"x")
    return target.getvalue()


@pytest.mark.parametrize("in_pieces", [True, False])
def test_a_zip_is_imported_and_each_file_told_of(lena, world, api_of, in_pieces):
    name = "share.zip"
    file = {"upload_id": send(lena, packed(), name)} if in_pieces else {"file": (io.BytesIO(packed()), name)}
    made = form(lena, "/assets/imports", space_id=world.commons.id, **file)
    assert made.status_code == 201 and made.json["status"] in ("running", "done")
    path = f"/assets/imports/{made.json['id']}"
    told = lena.get(path).json
    assert (told["status"], told["total"], told["imported"], told["refused"]) == ("done", 2, 1, 1)
    [plan, junk] = lena.get(f"{path}/members").json["items"]
    assert (plan["path"], plan["state"], junk["reason"]) == ("EMEA/plan.txt", "imported", "junk")
    assert "#emea" in lena.get(f"/entries/{plan['asset_id']}").json["body"]
    assert api_of(world.jon).get(path).status_code == 404
    assert json.loads(lena.post(f"{path}/resumption", {}).data)["status"] == "done"
