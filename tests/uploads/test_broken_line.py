"""A real server and a line that is cut in the middle of a request, five times: the same bytes, and memory is flat."""

import shutil

import pytest

from app import create_app
from app.entries.attachments import Upload
from app.extensions import db
from app.people.sessions import new_token
from benchmarks.uploads import MEGABYTE, Memory, Sender, send, settled
from tests.serving import Server
from tests.world import World

MOST_GROWTH_MB = 24


@pytest.fixture
def house(application, tmp_path):
    """A server on a copy of the cast's database, and Lena's token."""
    shutil.copy(application[1].template, tmp_path / "quarterdeck.db")
    server = Server(tmp_path)
    app = create_app(DATA_FOLDER=tmp_path, SQLALCHEMY_DATABASE_URI=f"sqlite:///{tmp_path}/quarterdeck.db")
    with app.app_context():
        _token, text = new_token(World().lena, "line")
        db.session.commit()
        server.start(jobs=False)
        yield server, text
        if server.processes:
            server.kill()
        db.session.remove()
        db.engine.dispose()


def held(upload: str) -> str:
    """The hash of what has arrived. Lets go at once: on SQLite even a reader of the tests is in the writers' queue."""
    sha256 = db.session.get(Upload, int(upload)).sha256
    db.session.rollback()
    return sha256


@pytest.mark.parametrize("application", ["sqlite"], indirect=True)
def test_a_file_goes_on_after_five_cuts_and_a_killed_server_and_memory_stays_flat(house):
    server, token = house
    sender = Sender(server.url, token, 48)
    sender.offset(sender.announce())
    memory = Memory(server.processes[0].pid)
    memory.start()
    upload, offsets, _seconds = send(sender, 5)
    memory.is_over.set()
    sha256 = sender.sha256()
    assert held(upload) == sha256 and all(at % MEGABYTE for at in offsets)
    assert max(memory.seen) - memory.seen[0] < MOST_GROWTH_MB

    path = sender.announce()
    sender.add(path, 0, 7 * MEGABYTE + 5)
    before = settled(sender, path)
    server.kill()
    server.start(jobs=False)
    assert sender.offset(path) == before > 6 * MEGABYTE
    assert held(sender.add(path, before, sender.size)) == sha256
