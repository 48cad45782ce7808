"""Who reads an open thread now and who is typing there: told through sockets, by ids, and kept nowhere.

A browser says every so often that its reader is there; who says nothing for a while is gone by itself. Only who may
read the thread and lets themselves be seen hears of others. Each process learns of all through the relay of pings.
"""

import threading
import time
from collections import defaultdict
from typing import NamedTuple

from flask import request
from flask_socketio import join_room, leave_room

from app import realtime
from app.access import LARGEST_KEY, can, visible
from app.db import only_reading
from app.entries.models import Entry
from app.extensions import db, socketio

LASTS = 45.0
"""Seconds for which somebody counts as there after they said so; browsers say so every 20."""
TYPES = 6.0
"""The same for typing."""
PAUSE = 0.5
"""Seconds between two sayings of one socket; what comes sooner is dropped."""


class There(NamedTuple):
    """Until when somebody is there, and until when they type."""

    until: float
    types_until: float


class Readers:
    """Who is in which thread, as far as this process has heard; forgets by itself."""

    def __init__(self, clock=time.monotonic) -> None:
        self._threads: dict[int, dict[int, There]] = defaultdict(dict)
        self._lock, self._clock = threading.Lock(), clock

    def hear(self, thread_id: int, person_id: int, state: str) -> None:
        """Somebody is there (`reading`, `typing`), or is not any more (`gone`)."""
        now = self._clock()
        with self._lock:
            people = self._threads[thread_id]
            people.pop(person_id, None)
            if state != "gone":
                people[person_id] = There(now + LASTS, now + TYPES if state == "typing" else 0)
            self._forget(now)

    def of(self, thread_id: int) -> dict[int, str]:
        """Those who are there, with what they do."""
        now = self._clock()
        with self._lock:
            self._forget(now)
            return {key: "typing" if each.types_until > now else "reading"
                    for key, each in self._threads.get(thread_id, {}).items()}

    def _forget(self, now: float) -> None:
        for thread_id, people in list(self._threads.items()):
            left = {key: each for key, each in people.items() if each.until > now}
            if left:
                self._threads[thread_id] = left
            else:
                del self._threads[thread_id]


readers = Readers()
_last: dict[str, float] = {}


@realtime.hearing("presence")
def _heard(payload: dict) -> None:
    readers.hear(payload["thread_id"], payload["person_id"], payload["state"])


def _tell(thread_id: int, person_id: int, state: str) -> None:
    realtime.send({"event": "presence", "rooms": [f"presence-{thread_id}"],
                   "payload": {"thread_id": thread_id, "person_id": person_id, "state": state}})


@socketio.on("attend")
def on_attend(said=None, *_further):
    """`{entry_id, typing?}`: I read this thread, or type there. Answers who else does: `{people: {id: state}}`."""
    key = _key(said)
    now = time.monotonic()
    if key is None or now - _last.get(request.sid, 0) < PAUSE:
        return {"error": "not now"}
    _last[request.sid] = now
    with only_reading():
        person, thread_id = _reader(key)
        db.session.rollback()
    if thread_id is None:
        return {"error": "not found"}
    realtime.rooms.enter(person, f"presence-{thread_id}", request.sid)
    try:
        join_room(f"presence-{thread_id}")
    except (KeyError, ValueError):
        return {"error": "gone"}
    _tell(thread_id, person, "typing" if said.get("typing") is True else "reading")
    return {"people": {str(each): state for each, state in readers.of(thread_id).items() if each != person}}


def _key(said) -> int | None:
    key = said.get("entry_id") if isinstance(said, dict) else None
    return key if isinstance(key, int) and not isinstance(key, bool) and 0 < key <= LARGEST_KEY else None


def _reader(key: int) -> tuple[int, int | None]:
    """The person of the socket and the thread that they read, None where they may not or do not want to be seen."""
    owner = realtime.rooms.owner_of(request.sid)
    person = owner.person() if owner else None
    if person is None or not person.shows_presence:
        return 0, None
    entry = db.session.scalar(visible(person, Entry).where(Entry.id == key))
    return person.id, entry.root_id if entry is not None and can(person, "read", entry) else None


@socketio.on("leave_thread")
def on_leave(said=None, *_further):
    """`{entry_id}`, the root of a thread: I do not read it any more."""
    owner, key = realtime.rooms.owner_of(request.sid), _key(said)
    if owner and key:
        _left(owner.person_id, f"presence-{key}", request.sid)
        leave_room(f"presence-{key}")
    return {"ok": True}


@realtime.leaving
def _hung_up(sid: str) -> None:
    """A tab died: its reader is gone, unless another one of theirs is there."""
    _last.pop(sid, None)
    if owner := realtime.rooms.owner_of(sid):
        for room, at in realtime.rooms.of(owner.person_id):
            if at == sid:
                _left(owner.person_id, room, sid)


def _left(person_id: int, room: str, sid: str) -> None:
    inside = {at for each, at in realtime.rooms.of(person_id) if each == room}
    kind, _dash, key = room.partition("-")
    if kind != "presence" or sid not in inside:
        return
    realtime.rooms.leave(person_id, room, sid)
    if inside == {sid}:
        _tell(int(key), person_id, "gone")
