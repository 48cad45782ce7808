"""Sockets: who listens to which room, and the content-free pings that make browsers refetch what they show.

Every web process relays pings to its own sockets. Other processes (the job consumer, the command line, other web
processes) reach them through a relay: Redis where there is one, else a datagram socket of this machine. The same relay
tells all processes when somebody loses access, so that their sockets leave the room at once.
"""

import logging
import threading
import uuid
from collections import defaultdict

from flask import Flask, current_app, request
from flask_login import current_user
from flask_socketio import join_room

from app.access import LARGEST_KEY, can, visible
from app.db import only_reading
from app.entries.models import Entry
from app.extensions import db, socketio
from app.people.models import Person
from app.people.sessions import person_of_token
from app.relay import open_relay
from app.spaces.models import Space

log = logging.getLogger(__name__)


class Rooms:
    """Whose socket is whose and which rooms it is in, in this process, so that lost access can be enforced."""

    def __init__(self) -> None:
        self._people: dict[str, int] = {}
        self._rooms: dict[int, set[tuple[str, str]]] = defaultdict(set)
        self._lock = threading.Lock()

    def arrive(self, sid: str, person_id: int) -> None:
        with self._lock:
            self._people[sid] = person_id

    def person_of(self, sid: str) -> int | None:
        return self._people.get(sid)

    def enter(self, person_id: int, room: str, sid: str) -> None:
        with self._lock:
            if sid in self._people:
                self._rooms[person_id].add((room, sid))

    def leave(self, person_id: int, room: str, sid: str) -> None:
        with self._lock:
            self._rooms[person_id].discard((room, sid))

    def of(self, person_id: int) -> list[tuple[str, str]]:
        """The (room, socket) pairs of a person."""
        with self._lock:
            return list(self._rooms.get(person_id, ()))

    def forget(self, sid: str) -> None:
        with self._lock:
            person_id = self._people.pop(sid, None)
            left = {pair for pair in self._rooms.get(person_id, ()) if pair[1] != sid}
            if left:
                self._rooms[person_id] = left
            else:
                self._rooms.pop(person_id, None)


_rooms = Rooms()


def init_app(app: Flask) -> None:
    """Bind Socket.IO; only `serve()` makes this process one that holds sockets."""
    app.extensions["realtime"] = {
        "relay": open_relay(app.config["REDIS_URL"], app.config["DATA_FOLDER"]),
        "shared": bool(app.config["REDIS_URL"]),
        "serving": False,
        "id": uuid.uuid4().hex,
    }
    socketio.init_app(
        app, async_mode=app.config["ASYNC_MODE"], manage_session=False, cookie=None, allow_upgrades=True,
        max_http_buffer_size=16_384,
    )


def serve(app: Flask) -> None:
    """From now on this process holds sockets and listens to what the others relay."""
    state = app.extensions["realtime"]
    state["serving"] = True

    def listen() -> None:
        for message in state["relay"].messages():
            if message.pop("from", None) == state["id"]:
                continue
            try:
                with app.app_context():
                    _emit(message)
            except Exception:
                log.exception("a relayed ping was lost")

    threading.Thread(target=listen, name="relay", daemon=True).start()


def ping(rooms: list[str], payload: dict) -> None:
    """Tell every browser in `rooms` that a thing changed: `{kind, id, space_id, thread_id}`."""
    _send({"event": "changed", "rooms": rooms, "payload": payload})


def notify(person_id: int, unread: int) -> None:
    """Tell a person's browsers how many notifications they have not read."""
    _send({"event": "notified", "rooms": [f"person-{person_id}"], "payload": {"unread": unread}})


def recheck(person_id: int) -> None:
    """Somebody lost access to something: their sockets leave each room they may no longer listen to."""
    _send({"recheck": person_id})


def _send(message: dict) -> None:
    state = current_app.extensions["realtime"]
    if state["serving"]:
        _emit(message)
    if state["shared"] or not state["serving"]:
        state["relay"].publish(message | {"from": state["id"]})


def _emit(message: dict) -> None:
    if "recheck" in message:
        _recheck(message["recheck"])
    elif message["rooms"]:
        socketio.emit(message["event"], message["payload"], to=message["rooms"])


def _recheck(person_id: int) -> None:
    person = db.session.get(Person, person_id, populate_existing=True)
    for room, sid in _rooms.of(person_id):
        kind, _, key = room.partition("-")
        model = Space if kind == "space" else Entry
        thing = db.session.scalar(visible(person, model).where(model.id == int(key))) if person.is_active else None
        if thing is None or not can(person, "read", thing):
            _rooms.leave(person_id, room, sid)
            socketio.server.leave_room(sid, room, namespace="/")


@socketio.on("connect")
def on_connect(auth=None):
    """The session cookie signs in, or `auth: {token}`. Everybody else is turned away."""
    with only_reading():
        person = current_user if current_user.is_authenticated else person_of_token((auth or {}).get("token") or "")
        if person is None:
            return False
        _rooms.arrive(request.sid, person.id)
        join_room(f"person-{person.id}")
        db.session.rollback()
    return True


@socketio.on("disconnect")
def on_disconnect(*_reason):
    """Forget the socket's rooms."""
    _rooms.forget(request.sid)


@socketio.on("join")
def on_join(wanted=None):
    """`{space_id}` or `{entry_id}`: listen to a space or a thread, if one may read it."""
    wanted = wanted if isinstance(wanted, dict) else {}
    model, key = (Space, wanted.get("space_id")) if "space_id" in wanted else (Entry, wanted.get("entry_id"))
    if not isinstance(key, int) or isinstance(key, bool) or not 0 < key <= LARGEST_KEY:
        return {"error": "space_id or entry_id must be a number"}
    with only_reading():
        person = db.session.get(Person, _rooms.person_of(request.sid) or 0)
        query = visible(person, model).where(model.id == key) if person and person.is_active else None
        thing = db.session.scalar(query) if query is not None else None
        allowed = thing is not None and can(person, "read", thing)
        room = f"space-{thing.id}" if model is Space and thing else f"entry-{thing.root_id}" if thing else ""
        db.session.rollback()
    if not allowed:
        return {"error": "not found"}
    _rooms.enter(person.id, room, request.sid)
    try:
        join_room(room)
    except (KeyError, ValueError):
        # The browser went to another page meanwhile; its socket is forgotten already.
        return {"error": "gone"}
    return {"ok": True}
