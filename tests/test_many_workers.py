"""Beyond one machine: gevent workers that share PostgreSQL, Redis and files, each with sockets of its own."""

import queue
from collections.abc import Iterator

import pytest
import requests
import socketio
import sqlalchemy

from app import create_app
from app.extensions import db
from app.people.models import Person
from app.people.sessions import new_token
from tests.serving import Server

PATIENCE = 30
# One worker starts the machines for all of them.
pytestmark = pytest.mark.xdist_group("machines")


class Client:
    """A person's script: the REST API of one server."""

    def __init__(self, server: Server, token: str) -> None:
        self.server, self.token, self.session = server, token, requests.Session()
        self.session.headers["Authorization"] = f"Bearer {token}"

    def ask(self, method: str, path: str, **named) -> dict:
        answer = self.session.request(method, f"{self.server.url}/api/v1{path}", timeout=PATIENCE, **named)
        answer.raise_for_status()
        return answer.json() if answer.content else {}

    def open_space(self, name: str) -> int:
        return self.ask("POST", "/spaces", json={"kind": "project", "name": name, "access": "secret"})["id"]

    def write(self, space_id: int, text: str) -> int:
        return self.ask("POST", "/posts", json={"space_id": space_id, "body": text})["id"]

    def listen(self, *space_ids: int) -> tuple[socketio.Client, queue.Queue]:
        """A socket in the rooms of these spaces, and what it hears."""
        socket, heard = socketio.Client(reconnection=False), queue.Queue()
        socket.on("changed", heard.put)
        socket.connect(self.server.url, auth={"token": self.token}, transports=["websocket"])
        for space_id in space_ids:
            assert socket.call("join", {"space_id": space_id}) == {"ok": True}
        return socket, heard


@pytest.fixture(scope="module")
def machines(postgres_server, redis_url, tmp_path_factory) -> Iterator[tuple[Server, Server]]:
    """Two web machines; the first also runs a job consumer."""
    name = "quarterdeck_machines"
    engine = sqlalchemy.create_engine(postgres_server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sqlalchemy.text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(sqlalchemy.text(f"CREATE DATABASE {name}"))
    database = sqlalchemy.make_url(postgres_server).set(database=name).render_as_string(hide_password=False)
    shared = {"DATABASE_URL": database, "REDIS_URL": redis_url, "ASYNC_MODE": "gevent", "WORKERS": "1",
              "STORAGE_URL": f"file://{tmp_path_factory.mktemp('files')}", "SECRET_KEY": "shared by both"}
    pair = [Server(tmp_path_factory.mktemp(each), **shared) for each in ("one", "two")]
    pair[0].flask("db", "upgrade")
    for number, server in enumerate(pair):
        server.start(jobs=number == 0)
    yield tuple(pair)
    for server in pair:
        server.stop()
        assert "MonkeyPatchWarning" not in (server.data / "server.log").read_text()
    engine.dispose()


@pytest.fixture(scope="module")
def tokens(machines) -> dict[str, str]:
    """Lena and Jon, each with a token that every machine knows."""
    found = {}
    with create_app(SQLALCHEMY_DATABASE_URI=machines[0].environment["DATABASE_URL"]).app_context():
        for handle in ("lena", "jon"):
            person = Person(handle=handle, name=handle.title(), email=f"{handle}@example.com")
            db.session.add(person)
            _token, found[handle] = new_token(person, "test")
        db.session.commit()
        db.engine.dispose()
    return found


def test_a_post_on_one_machine_is_heard_on_the_other(machines, tokens):
    here, there = Client(machines[0], tokens["lena"]), Client(machines[1], tokens["lena"])
    space = here.open_space("Heard elsewhere")
    socket, heard = there.listen(space)
    entry = here.write(space, "Who hears this?")
    assert heard.get(timeout=PATIENCE) == {"kind": "post", "id": entry, "space_id": space, "thread_id": None}
    socket.disconnect()


def test_lost_access_silences_a_socket_on_the_other_machine(machines, tokens):
    lena, jon = Client(machines[0], tokens["lena"]), Client(machines[1], tokens["jon"])
    jon_id = jon.ask("GET", "/me")["id"]
    left, kept = lena.open_space("Left"), lena.open_space("Kept")
    for space in (left, kept):
        lena.ask("PUT", f"/spaces/{space}/members/{jon_id}", json={"role": "member"})
    socket, heard = jon.listen(left, kept)
    lena.ask("DELETE", f"/spaces/{left}/members/{jon_id}")
    lena.write(left, "Not for Jon any more")
    last = lena.write(kept, "For Jon")
    said = [heard.get(timeout=PATIENCE)]
    while said[-1]["id"] != last:
        said.append(heard.get(timeout=PATIENCE))
    assert not [each for each in said if each["space_id"] == left and each["kind"] == "post"]
    socket.disconnect()


def test_a_file_posted_on_one_machine_gets_its_pages_by_the_consumer_of_the_other(machines, tokens):
    there = Client(machines[1], tokens["lena"])
    space = there.open_space("Files")
    socket, heard = there.listen(space)
    file = {"file": ("notes.txt", b"Tungsten is dear", "text/plain")}
    asset = there.ask("POST", "/assets", files=file, data={"space_id": str(space)})["id"]
    while there.ask("GET", f"/entries/{asset}")["versions"][0]["status"] == "pending":
        heard.get(timeout=PATIENCE)
    assert there.ask("GET", f"/entries/{asset}")["versions"][0]["status"] == "ready"
    socket.disconnect()
