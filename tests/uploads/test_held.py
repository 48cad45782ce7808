"""What has arrived becomes an asset or a version, once; two at the same moment lose and mix nothing."""

import io
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from app.activity.delivery import commit
from app.assets.actions import add_version, keep, store, upload
from app.assets.models import Asset, Version
from app.extensions import db
from app.people.models import Person

pytestmark = pytest.mark.usefixtures("store")


def shared(browser, held, space, **fields):
    return browser.post("/assets", data={"upload_id": held.id, "space_id": space.id} | fields,
                        headers={"Accept": "application/json"})


def test_what_has_arrived_is_shared_with_its_folder_as_tags(line, world):
    answer = shared(line.browser, line.send(b"Grippers"), world.commons, title="The plan", body="For the fair",
                    tags="Fair, #DACH", folder="Spring/2026")
    assert answer.status_code == 201
    asset = db.session.get(Asset, answer.json["id"])
    assert (asset.title, asset.author, asset.filename) == ("The plan", world.lena, "plan.txt")
    assert asset.body == "For the fair\n\n#spring #in-2026 #fair #dach" and asset.status == "ready"


def test_asked_again_the_answer_is_what_it_became(line, world):
    held = line.send(b"Grippers")
    first, again = (shared(line.browser, held, world.commons).json["id"] for _time in range(2))
    assert first == again and len(db.session.scalars(select(Asset)).all()) == 1


def test_only_its_owner_shares_it_and_only_where_they_may(line, line_of, world):
    held = line.send(b"Grippers")
    assert shared(line_of(world.jon).browser, held, world.commons).status_code == 404
    mine = line_of(world.otto).send(b"Grippers")
    assert shared(line_of(world.otto).browser, mine, world.space("project", "closed")).status_code == 403
    wrong = shared(line.browser, held, world.commons, title="x" * 400)
    assert wrong.status_code == 422 and list(wrong.json["errors"]) == ["title"]
    assert not db.session.scalars(select(Asset)).all()


def test_it_becomes_a_version_once(line, world):
    asset = upload(world.commons, keep(io.BytesIO(b"one"), "a.txt"), actor=world.lena)
    form = {"upload_id": line.send(b"two", "b.txt").id, "note": "Better"}
    for _time in range(2):
        answer = line.browser.post(f"{asset.url}/versions", data=form, headers={"HX-Request": "true"})
        assert answer.status_code == 204
    versions = db.session.scalars(select(Version).order_by(Version.number)).all()
    assert [(each.number, each.filename, each.note) for each in versions] == [(1, "a.txt", ""), (2, "b.txt", "Better")]
    assert line.browser.post(f"{asset.url}/versions", data={"note": "None"}).status_code == 422


def test_without_script_several_files_are_shared_at_once(world, browser_of):
    data = {"space_id": world.commons.id, "title": "Ignored", "tags": "fair",
            "file": [(io.BytesIO(b"one"), "one.txt"), (io.BytesIO(b"two"), "two.txt")]}
    answer = browser_of(world.lena).post("/assets/new", data=data, content_type="multipart/form-data")
    assert answer.status_code == 303 and answer.headers["Location"].endswith("?tab=assets")
    assets = db.session.scalars(select(Asset).order_by(Asset.id)).all()
    assert [(each.title, each.body) for each in assets] == [("one", "#fair"), ("two", "#fair")]


def test_new_versions_at_the_same_moment_lose_and_mix_nothing(app, world):
    asset_id = upload(world.commons, keep(io.BytesIO(b"first"), "a.txt"), actor=world.lena).id
    people = [world.lena.id, world.jon.id]
    commit()
    db.session.remove()
    gate = threading.Barrier(8)

    def renew(number: int) -> None:
        with app.app_context():
            file = keep(io.BytesIO(b"of writer %d" % number), f"{number}.txt")
            gate.wait()
            actor = db.session.get(Person, people[number % 2])
            add_version(db.session.get(Asset, asset_id), file, actor=actor, note=str(number))
            commit()
            db.session.remove()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(renew, range(8)))
    versions = db.session.scalars(select(Version).where(Version.asset_id == asset_id).order_by(Version.number)).all()
    assert [each.number for each in versions] == list(range(1, 10))
    assert {each.note for each in versions[1:]} == {str(number) for number in range(8)}
    for each in versions[1:]:
        assert each.filename == f"{each.note}.txt" and each.author_id == people[int(each.note) % 2]
        with store().open(each.sha256) as file:
            assert file.read() == b"of writer %s" % each.note.encode()
