"""Presence: only who may read a thread and lets themselves be seen is told of, by id, and it ends by itself."""

import pytest

from app import presence
from app.activity.delivery import commit
from app.extensions import db
from app.people.actions import change_profile
from app.spaces.actions import remove_member
from tests.test_realtime import heard, socket_of

__all__ = ["socket_of"]


@pytest.fixture(autouse=True)
def calm(monkeypatch):
    monkeypatch.setattr(presence, "PAUSE", 0)
    monkeypatch.setattr(presence, "readers", presence.Readers())


def attend(socket, entry, **further) -> dict:
    return socket.emit("attend", {"entry_id": entry.id, **further}, callback=True)


def test_readers_hear_of_each_other_by_id_and_no_more(world, socket_of):
    root = world.first_post(world.space("project", "open"))
    gus, jon = socket_of(world.gus), socket_of(world.jon)
    assert attend(gus, root) == {"people": {}}
    assert attend(jon, root, typing=True) == {"people": {str(world.gus.id): "reading"}}
    news = heard(gus, "presence")
    assert news[-1] == {"thread_id": root.id, "person_id": world.jon.id, "state": "typing"}
    jon.disconnect()
    assert heard(gus, "presence")[-1]["state"] == "gone"


@pytest.mark.parametrize(("who", "kind", "access"), [
    ("otto", "project", "secret"), ("otto", "account", "closed"), ("gus", "account", "open"),
    ("gita", "project", "open")])
def test_nobody_attends_what_they_may_not_read(world, socket_of, who, kind, access):
    root = world.first_post(world.space(kind, access))
    lena, other = socket_of(world.lena), socket_of(world.person(who))
    attend(lena, root)
    heard(lena, "presence")
    assert attend(other, root) == {"error": "not found"} and not heard(lena, "presence")
    attend(lena, root)
    assert not heard(other, "presence")


def test_who_switched_it_off_neither_tells_nor_is_told(world, socket_of, browser_of):
    root = world.first_post(world.space("project", "open"))
    lena, jon = socket_of(world.lena), socket_of(world.jon)
    attend(lena, root), attend(jon, root)
    assert "data-presence=" in browser_of(world.jon).get(root.url).text
    change_profile(world.jon, shows_presence=False)
    commit()
    presence.realtime.recheck(world.jon.id)
    heard(jon, "presence"), heard(lena, "presence")
    assert attend(jon, root) == {"error": "not found"}
    attend(lena, root, typing=True)
    assert not heard(jon, "presence")
    assert "data-presence=" not in browser_of(world.jon).get(root.url).text


def test_lost_access_ends_it(world, socket_of):
    space = world.space("project", "closed")
    root = world.first_post(space)
    lena, jon = socket_of(world.lena), socket_of(world.jon)
    attend(jon, root)
    remove_member(space, world.jon, actor=world.lena)
    commit()
    presence.realtime.recheck(world.jon.id)
    heard(jon, "presence")
    attend(lena, root)
    assert not heard(jon, "presence") and attend(jon, root) == {"error": "not found"}


@pytest.mark.parametrize("said", [[None], [[]], [{}], [{"entry_id": "1"}], [{"entry_id": True}], [{"entry_id": 10**12}],
                                  [], [None, None]])
def test_nonsense_is_answered_with_an_error(world, socket_of, said):
    assert "error" in socket_of(world.jon).emit("attend", *said, callback=True)
    socket_of(world.jon).emit("leave_thread", *said)


def test_what_a_dead_tab_said_ends_by_itself():
    moment = [0.0]
    known = presence.Readers(lambda: moment[0])
    known.hear(1, 7, "typing")
    assert known.of(1) == {7: "typing"}
    moment[0] = presence.TYPES + 1
    assert known.of(1) == {7: "reading"}
    moment[0] = presence.LASTS + 1
    assert known.of(1) == {} and not known._threads


def test_what_another_process_relays_is_known_here(world, app, socket_of):
    root = world.first_post(world.space("project", "open"))
    news = {"thread_id": root.id, "person_id": world.mei.id, "state": "reading"}
    presence.realtime._emit({"event": "presence", "rooms": [f"presence-{root.id}"], "payload": news})
    assert attend(socket_of(world.jon), root) == {"people": {str(world.mei.id): "reading"}}


def test_names_are_for_those_who_may_know_of_them(world, browser_of):
    root = world.first_post(world.space("project", "open"))
    ids = f"{world.jon.id},{world.mei.id},{world.gita.id},x,99999999999"
    assert browser_of(world.lena).get(f"/e/{root.id}/readers?ids={ids}").json == {
        str(world.jon.id): "Jon Park", str(world.mei.id): "王梅"}
    assert browser_of(world.gus).get(f"/e/{root.id}/readers?ids={ids}").json == {str(world.jon.id): "Jon Park"}
    secret = world.first_post(world.space("project", "secret"))
    assert browser_of(world.otto).get(f"/e/{secret.id}/readers?ids={ids}").status_code == 404
    db.session.rollback()
