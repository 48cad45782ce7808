"""Many writers at once lose nothing, and a killed server keeps every promise it made."""

import re
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
import socketio
from sqlalchemy import select, update

from app import create_app
from app.activity.delivery import commit
from app.activity.models import Activity, Notification
from app.entries.actions import comment
from app.entries.models import Entry
from app.extensions import db
from app.people.actions import set_password
from app.people.models import Person
from app.search.finder import find
from tests.serving import Server
from tests.world import PASSWORD, World

WRITERS, EACH = 16, 15
POSTS = 200


def test_sixteen_writers_lose_no_update(app, world):
    root_id, author_ids = world.first_post(world.space('project', 'open')).id, [world.lena.id, world.jon.id]
    before = db.session.get(Entry, root_id).comment_count
    db.session.remove()
    gate = threading.Barrier(WRITERS)

    def write(number: int) -> None:
        with app.app_context():
            gate.wait()
            for _ in range(EACH):
                root = db.session.get(Entry, root_id)
                actor = db.session.get(Person, author_ids[number % 2])
                comment(root, f"Writer {number} was here", actor=actor)
                commit()
            db.session.remove()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))

    answers = db.session.scalars(select(Entry).where(Entry.thread_id == root_id)).all()
    assert len(answers) == before + WRITERS * EACH
    assert db.session.get(Entry, root_id).comment_count == len(answers)


@pytest.fixture
def server(application, tmp_path):
    """A server on a copy of the cast's database."""
    _app, database = application
    shutil.copy(database.template, tmp_path / "quarterdeck.db")
    running = Server(tmp_path)
    yield running
    if running.processes:
        running.kill()


def on_server(server: Server, question):
    """Ask the server's database, as its own command line would."""
    app = create_app(DATA_FOLDER=server.data, SQLALCHEMY_DATABASE_URI=f"sqlite:///{server.data}/quarterdeck.db")
    with app.app_context():
        answer = question()
        db.session.remove()
        db.engine.dispose()
    return answer


def give_password(*handles: str) -> None:
    world = World()
    for handle in handles:
        set_password(world.person(handle), PASSWORD)
    commit()


@pytest.mark.parametrize("application", ["sqlite"], indirect=True)
def test_a_killed_server_keeps_every_acknowledged_post(server):
    on_server(server, lambda: give_password("lena", "jon"))
    server.start(jobs=False)
    lena = server.sign_in("lena@example.com", PASSWORD)
    space_id = on_server(server, lambda: World().space("project", "open").id)
    acknowledged: list[tuple[int, str]] = []
    enough = threading.Event()

    def write(number: int) -> None:
        word = f"promise{number:04d}"
        try:
            answer = lena.post(f"{server.url}/posts", data={"space_id": space_id, "body": f"@jon {word}"},
                               headers={"HX-Request": "true"}, timeout=20)
        except requests.RequestException:
            return
        if answer.ok and (found := re.search(r'id="entry-(\d+)"', answer.text)):
            acknowledged.append((int(found.group(1)), word))
            if len(acknowledged) >= POSTS // 2:
                enough.set()

    with ThreadPoolExecutor(8) as pool:
        running = [pool.submit(write, number) for number in range(POSTS)]
        assert enough.wait(60)
        server.kill()
        for each in running:
            each.result()
    assert POSTS // 2 <= len(acknowledged) < POSTS

    server.start(jobs=False)
    jon = server.sign_in("jon@example.com", PASSWORD)
    told = threading.Event()
    listener = socketio.Client()
    listener.on("notified", lambda payload: told.set())
    cookie = "; ".join(f"{each.name}={each.value}" for each in jon.cookies)
    listener.connect(server.url, headers={"Cookie": cookie}, transports=["websocket"])
    on_server(server, lambda: db.session.execute(update(Activity).values(delivered_at=None)) and db.session.commit())
    server.flask("sweep")
    assert told.wait(10), "the notifications did not arrive after the restart"
    listener.disconnect()

    def check() -> None:
        world = World()
        notified = set(db.session.scalars(
            select(Activity.entry_id).join(Notification, Notification.activity_id == Activity.id)
            .where(Notification.person_id == world.jon.id)
        ))
        for entry_id, word in acknowledged:
            assert word in db.session.get(Entry, entry_id).body
            assert [hit.entry_id for hit in find(world.jon, word).items] == [entry_id]
            assert entry_id in notified
        assert not db.session.scalars(select(Activity).where(Activity.delivered_at.is_(None))).all()

    on_server(server, check)
