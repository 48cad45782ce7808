"""Health, readiness and metrics, and the doctor."""

import pytest
from flask_migrate import upgrade
from sqlalchemy import select, text

from app import create_app
from app.assets.store import StoreUnavailable
from app.extensions import db
from app.health import examine
from app.people.models import Person
from app.people.sessions import new_token


def test_the_process_is_alive_and_ready(client):
    assert client.get("/healthz").json == {"status": "ok"}
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert {answer.json[name] for name in ("database", "queue", "storage")} == {"ok"}


def test_what_is_not_ready_is_named(app, client, monkeypatch):
    def broken():
        raise StoreUnavailable("no disk")

    monkeypatch.setattr(app.extensions["store"], "check", broken)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["failed"]) == (503, ["storage"])


@pytest.fixture
def house(tmp_path):
    """An application on files of its own; it has answered already, as a server would, and holds connections."""
    app = create_app(
        SQLALCHEMY_DATABASE_URI=f"sqlite:///{tmp_path}/quarterdeck.db", DATA_FOLDER=tmp_path, TESTING=True,
        STORAGE_URL=f"file://{tmp_path}/files", REDIS_URL=None,
    )
    with app.app_context():
        upgrade()
        assert app.test_client().get("/readyz").status_code == 200
        with db.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            # Else the pages would still be in the log beside the file.
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")
        db.session.execute(select(Person)).all()
        db.session.rollback()
    yield app
    with app.app_context():
        db.engine.dispose()


def zero(path) -> None:
    """Overwrite the first 50 pages."""
    with path.open("r+b") as file:
        file.write(bytes(50 * 4096))


@pytest.mark.parametrize(("part", "name", "harm"), [
    ("database", "quarterdeck.db", zero),
    ("database", "quarterdeck.db", lambda path: path.rename(path.with_suffix(".away"))),
    ("queue", "jobs.db", lambda path: path.unlink()),
    ("queue", "jobs.db", lambda path: path.write_bytes(b"")),
], ids=["zeroed", "moved away", "queue removed", "queue empty"])
def test_a_running_server_sees_that_its_file_is_gone(house, tmp_path, part, name, harm):
    harm(tmp_path / name)
    answer = house.test_client().get("/readyz")
    assert (answer.status_code, answer.json["failed"]) == (503, [part])
    with house.app_context():
        assert [each.what for each in examine() if not each.is_fine] == [part]
    assert name != "quarterdeck.db" or not (tmp_path / name).exists() or (tmp_path / name).stat().st_size


def test_an_older_database_is_not_ready(app, client):
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'older'"))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["failed"]) == (503, ["database"])


@pytest.mark.parametrize(("who", "status"), [("ada", 200), ("lena", 403)])
def test_metrics_are_for_this_machine_and_for_admins(app, world, client, who, status):
    assert client.get("/metrics").status_code == 200
    elsewhere = {"environ_base": {"REMOTE_ADDR": "203.0.113.7"}}
    assert client.get("/metrics", **elsewhere).status_code == 403
    assert client.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 403
    _token, text = new_token(world.person(who), "monitoring")
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {text}"}, **elsewhere)
    assert answer.status_code == status


def test_the_doctor_finds_a_sound_house(app):
    assert [each.what for each in examine() if not each.is_fine] == []
