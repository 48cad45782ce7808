"""Sockets: who listens to which room, and the content-free pings that make browsers refetch what they show.

Every web process relays pings to its own sockets. Other processes (the job consumer, the command line, other web
processes) reach them through a relay: Redis where there is one, else a datagram socket of this machine. The same relay
tells all processes when somebody loses access, so that their sockets leave the room at once.
"""

import logging
import threading
import uuid
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, current_app, request
from flask_login import current_user
from flask_socketio import join_room
from sqlalchemy import select

from app import jobs
from app.access import LARGEST_KEY, can, visible
from app.db import only_reading
from app.entries.models import Entry
from app.extensions import db, socketio
from app.people.models import ApiToken, Person, SignIn
from app.people.sessions import current_sign_in, token_of
from app.relay import open_relay
from app.spaces.models import Space

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Owner:
    """Whose socket it is, and by what it came in: a browser that is signed in, or a token."""

    person_id: int
    model: type[SignIn] | type[ApiToken]
    key: int

    def person(self) -> Person | None:
        """The person, as long as they work here and what they came in by is still good."""
        present = select(self.model).where(self.model.id == self.key).execution_options(populate_existing=True)
        credential = db.session.scalar(present)
        return credential.person if credential and credential.person.is_active else None


class Rooms:
    """Whose socket is whose and which rooms it is in, in this process, so that lost access can be enforced."""

    def __init__(self) -> None:
        self._owners: dict[str, Owner] = {}
        self._rooms: dict[int, set[tuple[str, str]]] = defaultdict(set)
        self._lock = threading.Lock()

    def arrive(self, sid: str, owner: Owner) -> None:
        with self._lock:
            self._owners[sid] = owner

    def owner_of(self, sid: str) -> Owner | None:
        return self._owners.get(sid)

    def sockets_of(self, person_id: int) -> list[tuple[str, Owner]]:
        """All sockets of a person, also those in no room."""
        with self._lock:
            return [(sid, owner) for sid, owner in self._owners.items() if owner.person_id == person_id]

    def enter(self, person_id: int, room: str, sid: str) -> None:
        with self._lock:
            if sid in self._owners:
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
            owner = self._owners.pop(sid, None)
            person_id = owner.person_id if owner else None
            left = {pair for pair in self._rooms.get(person_id, ()) if pair[1] != sid}
            if left:
                self._rooms[person_id] = left
            else:
                self._rooms.pop(person_id, None)


rooms = Rooms()
_hearing: dict[str, Callable[[dict], None]] = {}
_leaving: list[Callable[[str], None]] = []


def hearing(event: str):
    """Register what hears the payload of every ping of this name, whichever process sent it."""
    def register(hear):
        _hearing[event] = hear
        return hear
    return register


def leaving(follow: Callable[[str], None]):
    """Register what happens when a socket hangs up, while its rooms are still known."""
    _leaving.append(follow)
    return follow


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


def hang_up() -> None:
    """Close all sockets of this process, which is about to stop; browsers come back by themselves."""
    for each in list(socketio.server.eio.sockets.values()):
        each.close(wait=False)


def ping(rooms: list[str], payload: dict) -> None:
    """Tell every browser in `rooms` that a thing changed: `{kind, id, space_id, thread_id}`."""
    send({"event": "changed", "rooms": rooms, "payload": payload})


def notify(person_id: int, unread: int) -> None:
    """Tell a person's browsers how many notifications they have not read."""
    send({"event": "notified", "rooms": [f"person-{person_id}"], "payload": {"unread": unread}})


def recheck(person_id: int) -> None:
    """Somebody lost access to something: their sockets leave each room they may no longer listen to, or are hung up."""
    send({"recheck": person_id})


@jobs.job("people.recheck")
def recheck_person(person_id: int) -> None:
    """The same, asked for by an action, once what it did is committed."""
    recheck(person_id)


@jobs.job("people.recheck_everybody")
def recheck_everybody() -> None:
    """The same for all: a space's access changed, or what lives in it."""
    for person_id in db.session.scalars(select(Person.id).where(Person.deactivated_at.is_(None))).all():
        recheck(person_id)


def send(message: dict) -> None:
    """Emit in this process and, where there are others that hold sockets, in those."""
    state = current_app.extensions["realtime"]
    if state["serving"]:
        _emit(message)
    if state["shared"] or not state["serving"]:
        state["relay"].publish(message | {"from": state["id"]})


def _emit(message: dict) -> None:
    if "recheck" in message:
        _recheck(message["recheck"])
        return
    if hear := _hearing.get(message["event"]):
        hear(message["payload"])
    if message["rooms"]:
        socketio.emit(message["event"], message["payload"], to=message["rooms"])


def _recheck(person_id: int) -> None:
    """Hang up the sockets whose sign-in or token is gone; take the others out of rooms they may not listen to."""
    for sid, owner in rooms.sockets_of(person_id):
        if owner.person() is None:
            socketio.server.disconnect(sid, namespace="/")
    person = db.session.get(Person, person_id, populate_existing=True)
    for room, sid in rooms.of(person_id):
        kind, _, key = room.partition("-")
        model = Space if kind == "space" else Entry
        thing = db.session.scalar(visible(person, model).where(model.id == int(key))) if person.is_active else None
        is_hidden = kind == "presence" and not person.shows_presence
        if thing is None or is_hidden or not can(person, "read", thing):
            rooms.leave(person_id, room, sid)
            socketio.server.leave_room(sid, room, namespace="/")


@socketio.on("connect")
def on_connect(auth=None):
    """The session cookie signs in, or `auth: {token}`. Everybody else is turned away."""
    with only_reading():
        credential = current_sign_in() if current_user.is_authenticated else token_of(_token(auth))
        if credential is None:
            return False
        rooms.arrive(request.sid, Owner(credential.person_id, type(credential), credential.id))
        join_room(f"person-{credential.person_id}")
        db.session.rollback()
    return True


def _token(auth) -> str:
    token = auth.get("token") if isinstance(auth, dict) else None
    return token if isinstance(token, str) else ""


@socketio.on("disconnect")
def on_disconnect(*_reason):
    """Forget the socket's rooms."""
    for follow in _leaving:
        follow(request.sid)
    rooms.forget(request.sid)


@socketio.on("join")
def on_join(wanted=None, *_further):
    """`{space_id}` or `{entry_id}`: listen to a space or a thread, if one may read it."""
    wanted = wanted if isinstance(wanted, dict) else {}
    model, key = (Space, wanted.get("space_id")) if "space_id" in wanted else (Entry, wanted.get("entry_id"))
    if not isinstance(key, int) or isinstance(key, bool) or not 0 < key <= LARGEST_KEY:
        return {"error": "space_id or entry_id must be a number"}
    with only_reading():
        owner = rooms.owner_of(request.sid)
        person = owner.person() if owner else None
        query = visible(person, model).where(model.id == key) if person else None
        thing = db.session.scalar(query) if query is not None else None
        allowed = thing is not None and can(person, "read", thing)
        room = f"space-{thing.id}" if model is Space and thing else f"entry-{thing.root_id}" if thing else ""
        db.session.rollback()
    if not allowed:
        return {"error": "not found"}
    rooms.enter(person.id, room, request.sid)
    try:
        join_room(room)
    except (KeyError, ValueError):
        # The browser went to another page meanwhile; its socket is forgotten already.
        return {"error": "gone"}
    return {"ok": True}
