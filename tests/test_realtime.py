"""Sockets: who may join what, what they are told, and that nothing of the content is in it."""

import pytest

from app.activity.delivery import commit
from app.entries.actions import comment, post, share, unshare
from app.extensions import db, socketio
from app.people.actions import set_password
from app.people.sessions import new_token, revoke
from app.spaces.actions import remove_member


@pytest.fixture
def socket_of(app, monkeypatch):
    """A socket signed in with a token of the person."""
    monkeypatch.setitem(app.extensions["realtime"], "serving", True)
    opened = []

    def connect(person):
        token, text = new_token(person, "socket")
        db.session.commit()
        socket = socketio.test_client(app, auth={"token": text})
        socket.token = token
        opened.append(socket)
        return socket

    yield connect
    for socket in opened:
        if socket.is_connected():
            socket.disconnect()


def join(socket, **wanted) -> dict:
    return socket.emit("join", wanted, callback=True)


def heard(socket, name: str) -> list[dict]:
    return [each["args"][0] for each in socket.get_received() if each["name"] == name]


@pytest.mark.parametrize("auth", [None, {}, {"token": "nonsense"}, {"token": ["x"]}, {"token": None}, "x", ["x"], 7])
def test_a_socket_without_a_person_is_turned_away(app, auth):
    assert not socketio.test_client(app, auth=auth).is_connected()


@pytest.mark.parametrize(("who", "access", "answer"), [
    ("otto", "open", {"ok": True}), ("otto", "closed", {"error": "not found"}), ("jon", "closed", {"ok": True}),
    ("otto", "secret", {"error": "not found"}), ("jon", "secret", {"ok": True}),
    ("gita", "open", {"error": "not found"}),
])
def test_one_listens_to_what_one_may_read(world, socket_of, who, access, answer):
    space = world.space("project", access)
    entry_id = world.first_post(space).id
    socket = socket_of(world.person(who))
    assert join(socket, space_id=space.id) == answer
    assert join(socket, entry_id=entry_id) == answer


@pytest.mark.parametrize("wanted", [
    {}, {"space_id": "1"}, {"entry_id": None}, {"space_id": True}, {"space_id": 10**12}
])
def test_nonsense_is_answered_with_an_error(world, socket_of, wanted):
    assert "error" in join(socket_of(world.jon), **wanted)


def test_a_change_is_told_without_its_content(world, socket_of):
    space = world.space("project", "open")
    space_id, socket = space.id, socket_of(world.otto)
    join(socket, space_id=space_id)
    entry = post(space, "The secret of the house", actor=world.lena)
    commit()
    assert heard(socket, "changed") == [
        {"kind": "post", "id": entry.id, "space_id": space_id, "thread_id": None}
    ]


def test_a_thread_hears_of_its_answers(world, socket_of):
    root = world.first_post(world.space("project", "open"))
    socket = socket_of(world.otto)
    join(socket, entry_id=root.id)
    answer = comment(root, "Yes", actor=world.lena)
    commit()
    [told] = heard(socket, "changed")
    assert (told["id"], told["thread_id"]) == (answer.id, root.id)


def test_somebody_named_is_told_how_much_is_unread(world, socket_of):
    socket = socket_of(world.jon)
    post(world.commons, "@jon look", actor=world.lena)
    commit()
    assert heard(socket, "notified") == [{"unread": realtime_unread(world.jon)}]


def realtime_unread(person) -> int:
    """How many notifications the person has, as the bell counts."""
    from_table = db.session.execute(
        db.text("SELECT count(*) FROM notifications WHERE person_id = :id AND read_at IS NULL"), {"id": person.id}
    )
    return from_table.scalar()


def test_who_is_taken_out_hears_no_more(world, socket_of):
    space, jon = world.space("project", "secret"), world.jon
    gone, stays = socket_of(jon), socket_of(world.lena)
    join(gone, space_id=space.id)
    join(stays, space_id=space.id)
    remove_member(space, jon, actor=world.lena)
    commit()
    gone.get_received()
    stays.get_received()
    post(space, "Among us", actor=world.lena)
    commit()
    assert heard(gone, "changed") == []
    assert len(heard(stays, "changed")) == 1


def test_a_socket_hangs_up_when_its_token_is_revoked(world, socket_of):
    hung_up, other = socket_of(world.jon), socket_of(world.jon)
    revoke(hung_up.token)
    commit()
    assert not hung_up.is_connected()
    assert other.is_connected()


def test_a_socket_hangs_up_when_its_browser_signs_out(app, world, browser_of, monkeypatch):
    monkeypatch.setitem(app.extensions["realtime"], "serving", True)
    browser = browser_of(world.jon)
    socket = socketio.test_client(app, flask_test_client=browser)
    assert socket.is_connected()
    browser.post("/sign-out")
    assert not socket.is_connected()


def test_a_new_password_hangs_up_the_other_browsers(app, world, browser_of, monkeypatch):
    monkeypatch.setitem(app.extensions["realtime"], "serving", True)
    socket = socketio.test_client(app, flask_test_client=browser_of(world.jon))
    set_password(world.jon, "another calm ship")
    commit()
    assert not socket.is_connected()


def test_a_revoked_token_opens_no_further_room(world, socket_of):
    socket = socket_of(world.jon)
    db.session.delete(socket.token)
    db.session.commit()
    assert join(socket, space_id=world.space("project", "open").id) == {"error": "not found"}


def test_an_entry_taken_back_is_no_longer_heard(world, socket_of):
    entry = world.first_post(world.space("project", "secret"))
    shared = share(entry, world.space("community", "open"), actor=world.jon)
    commit()
    socket = socket_of(world.otto)
    assert join(socket, entry_id=entry.id) == {"ok": True}
    unshare(shared, actor=world.jon)
    commit()
    socket.get_received()
    comment(entry, "Among us again", actor=world.jon)
    commit()
    assert heard(socket, "changed") == []
