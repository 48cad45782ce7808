"""Exports through the API."""

import io
import zipfile

from app import jobs
from app.export.actions import ask_for
from app.extensions import db


def test_an_export_is_asked_for_watched_and_downloaded(world, lena):
    space = world.space("project", "closed")
    made = lena.post(f"/spaces/{space.id}/exports")
    assert made.status_code == 201 and made.json["space_id"] == space.id
    told = lena.get(made.headers["Location"].removeprefix("/api/v1")).json
    assert told["state"] == "ready" and told["done"] == told["total"] and told["reason"] is None
    answer = lena.get(told["file_url"].removeprefix("/api/v1"))
    assert len(answer.data) == told["bytes"] and zipfile.is_zipfile(io.BytesIO(answer.data))
    assert lena.get(f"/exports/{told['id']}/file", headers={"Range": "bytes=0-1"}).data == b"PK"


def test_it_is_its_makers_alone_one_at_a_time_and_can_be_stopped(world, lena, api_of):
    space = world.space("project", "open")
    export = ask_for(space, actor=world.lena)
    jobs.forget_requested()
    db.session.commit()
    path = f"/exports/{export.id}"
    assert lena.post(f"/spaces/{space.id}/exports").status_code == 409
    assert lena.get(f"{path}/file").status_code == 404
    ada = api_of(world.ada)
    assert {ada.get(path).status_code, ada("DELETE", path).status_code, ada.get(f"{path}/file").status_code} == {404}
    assert [api_of(world.person(who)).post(f"/spaces/{space.id}/exports").status_code
            for who in ("jon", "gita")] == [403, 404]
    assert lena("DELETE", path).status_code == 204 and lena.get(path).json["state"] == "cancelled"
