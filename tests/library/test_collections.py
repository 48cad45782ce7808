"""Collections: put together, put in order, and shown as far as one may see."""

import io
from datetime import timedelta

import pytest

from app.access import can
from app.assets.actions import keep, upload
from app.db import now
from app.entries.actions import NotUsable, remove
from app.extensions import db
from app.library import actions
from app.library.collections import asset_ids
from app.library.models import Collection
from app.reuse.actions import say_rights
from app.reuse.uses import used_in
from app.spaces.actions import add_member


def file(world, name: str, space=None):
    return upload(space or world.commons, keep(io.BytesIO(name.encode()), f"{name}.txt"), actor=world.lena)


@pytest.fixture
def files(world):
    return [file(world, "one"), file(world, "covert", world.space("account", "secret")), file(world, "two")]


def test_several_are_chosen_and_collected_under_a_new_name(world, files, browser_of):
    lena, space = browser_of(world.lena), world.space("project", "open")
    chosen = [each.id for each in files]
    form = lena.get("/collections/choose", query_string={"asset": chosen}).text
    assert all(name in form for name in ("one", "covert", "two")) and "Collect 3 files" in form
    sent = {"asset": chosen, "space_id": space.id, "note": "For Munich"}
    refused = lena.post("/collections/choose", data=sent)
    assert refused.status_code == 422 and "For Munich" in refused.text
    assert "Give the new collection a name" in refused.text
    lena.post("/collections/choose", data=sent | {"name": "Munich"})
    [collection] = db.session.scalars(db.select(Collection))
    assert asset_ids(collection, world.lena) == chosen
    lena.post("/collections/choose", data={"asset": chosen, "collection_id": collection.id})
    assert asset_ids(collection, world.lena) == chosen
    assert "Munich" in lena.get("/collections").text


def test_what_one_may_not_see_is_left_out_and_stays_in_its_place(world, files, browser_of):
    one, hidden, two = files
    collection = actions.begin_collection(world.space("project", "open"), "Munich", actor=world.lena)
    actions.collect(collection, files, actor=world.lena)
    db.session.commit()
    otto = browser_of(world.otto)
    page = otto.get(collection.url).text
    assert "covert" not in page and ">two</a>" in page
    assert "2 files" in otto.get("/collections").text and "3 files" in browser_of(world.lena).get("/collections").text
    add_member(collection.space, world.otto, actor=world.lena)
    db.session.commit()
    otto.post(f"{collection.url}/move", data={"asset_id": two.id, "to": "up"})
    assert asset_ids(collection, world.lena) == [two.id, hidden.id, one.id]
    assert otto.post(f"{collection.url}/move", data={"asset_id": hidden.id, "to": "up"}).status_code == 404
    assert otto.post(f"{collection.url}/take-out", data={"asset_id": hidden.id}).status_code == 404
    otto.post(f"{collection.url}/take-out", data={"asset_id": one.id})
    assert asset_ids(collection, world.lena) == [two.id, hidden.id]


def test_who_may_see_change_and_delete_it(world, files, browser_of):
    secret = actions.begin_collection(world.space("project", "secret"), "Plans", actor=world.jon)
    opened = actions.begin_collection(world.space("project", "open"), "Munich", actor=world.jon)
    actions.collect(secret, files[:1], actor=world.jon)
    db.session.commit()
    assert browser_of(world.otto).get(secret.url).status_code == 404
    who = ("ada", "lena", "jon", "otto", "gus", "gita")
    assert [each for each in who if can(world.person(each), "edit", opened)] == ["lena", "jon"]
    assert [each for each in who if can(world.person(each), "delete", opened)] == ["ada", "lena", "jon"]
    assert [each for each in who if can(world.person(each), "delete", secret)] == ["lena", "jon"]
    assert [each.title for each in used_in(files[0], world.jon).things] == ["Plans"]
    assert used_in(files[0], world.otto).things == []
    opened.space.archived_at = now()
    assert not any(can(world.person(each), verb, opened) for each in who for verb in ("edit", "delete"))
    opened.space.archived_at, key = None, secret.id
    browser_of(world.jon).post(f"/collections/{key}/delete")
    assert not db.session.scalar(db.select(Collection.id).where(Collection.id == key))


def test_files_without_rights_are_not_collected_and_deleted_ones_leave(world, files):
    one, _hidden, two = files
    collection = actions.begin_collection(world.commons, "Munich", actor=world.lena)
    actions.collect(collection, [two], actor=world.lena)
    say_rights(one, actor=world.lena, usable_until=now().date() - timedelta(1))
    with pytest.raises(NotUsable):
        actions.collect(collection, [one], actor=world.lena)
    remove(two, actor=world.lena)
    db.session.flush()
    assert asset_ids(collection, world.lena) == []
