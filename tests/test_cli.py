"""The commands as an operator types them: what they refuse, and that they say so in a line."""

import io
import tarfile

import pytest
from sqlalchemy import delete, select

from app import create_app
from app.activity.delivery import commit
from app.assets.actions import keep, upload
from app.entries.actions import post
from app.extensions import db
from app.people.models import Person
from app.search.finder import find
from app.search.models import SearchDocument
from tests.serving import Server


@pytest.fixture
def run(app):
    """`flask …` in this process: its result, with `exit_code` and `output`."""
    def invoke(*arguments: str, typed: str = ""):
        db.session.commit()
        result = app.test_cli_runner().invoke(args=[str(each) for each in arguments], input=typed)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        db.session.expire_all()
        return result

    return invoke


def people() -> set[str]:
    return set(db.session.scalars(select(Person.email)))


@pytest.mark.parametrize(("email", "name", "password"), [
    ("notanemail", "Nina New", None),
    ("nina@example.com", " ", None),
    ("nina@exa\nmple.com", "Nina New", None),
    ("nina@example.com", "N" * 500, None),
    ("nina@example.com", "Nina\nNew", None),
    ("nina@example.com", "Nina\u202egnp.exe", None),
    ("nina@example.com", "Nina New", "x"),
    ("nina@example.com", "Nina New", ""),
    ("lena@example.com", "Lena Again", None),
])
def test_who_cannot_be_added_is_refused_in_a_line(world, run, email, name, password):
    before = people()
    given = ["--password-stdin"] if password is not None else []
    result = run("person", "add", email, "--name", name, *given, typed=f"{password}\n")
    assert result.exit_code == 1 and result.output.startswith("Error: ") and people() == before


def test_somebody_is_added_with_a_password(world, run):
    result = run("person", "add", "Nina@Example.com", "--name", "Nina 王", "--password-stdin",
                 typed="a calm harbour\n")
    assert result.exit_code == 0 and "nina@example.com" in people()


def test_the_only_admin_stays(world, run):
    result = run("person", "deactivate", "ada@example.com")
    assert result.exit_code == 1 and "only admin" in result.output and world.ada.is_active
    world.jon.role = "admin"
    assert run("person", "deactivate", "ada@example.com").exit_code == 0


def test_a_file_that_is_gone_is_named_and_the_rest_is_saved(app, world, run, tmp_path):
    lost, kept = (keep(io.BytesIO(words), "a.txt") for words in (b"lost words", b"kept words"))
    for file in (lost, kept):
        upload(world.commons, file, actor=world.lena)
    commit()
    app.extensions["store"].delete(lost.sha256)
    result = run("backup", tmp_path / "all.tar.gz")
    assert result.exit_code == 1 and f"missing: {lost.sha256}" in result.output
    with tarfile.open(tmp_path / "all.tar.gz") as archive:
        names = archive.getnames()
    assert f"files/{kept.sha256}" in names and f"files/{lost.sha256}" not in names
    assert [path.name for path in tmp_path.glob("*.partial")] == []


def test_a_backup_that_fails_leaves_nothing(app, world, run, tmp_path, monkeypatch):
    def full(_sha256):
        raise OSError(28, "No space left on device")

    upload(world.commons, keep(io.BytesIO(b"words"), "a.txt"), actor=world.lena)
    commit()
    monkeypatch.setattr(app.extensions["store"], "open", full)
    result = run("backup", tmp_path / "all.tar.gz")
    assert result.exit_code == 1 and "No space left" in result.output and list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(world, run, tmp_path):
    result = run("backup", tmp_path / "nowhere" / "all.tar.gz")
    assert result.exit_code == 1 and "There is no folder" in result.output


@pytest.fixture
def new_house(tmp_path):
    """An application whose database nobody has made."""
    app = create_app(
        SQLALCHEMY_DATABASE_URI=f"sqlite:///{tmp_path}/quarterdeck.db", DATA_FOLDER=tmp_path,
        STORAGE_URL=f"file://{tmp_path}/files", JOBS_IMMEDIATE=True, REDIS_URL=None,
    )
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("arguments", [
    ["backup", "all.tar.gz"], ["sweep"], ["person", "list"], ["token", "add", "ada@example.com", "--name", "x"],
    ["demo", "load"], ["person", "add", "ada@example.com", "--name", "Ada"],
], ids=lambda arguments: arguments[0])
def test_before_the_first_migration_a_command_says_so(new_house, tmp_path, arguments):
    result = new_house.test_cli_runner().invoke(args=arguments)
    assert result.exit_code == 1 and isinstance(result.exception, SystemExit)
    assert result.output.startswith("Error: ") and "flask db upgrade" in result.output
    assert not (tmp_path / "quarterdeck.db").exists()


def test_the_doctor_finds_the_missing_database(new_house):
    result = new_house.test_cli_runner().invoke(args=["doctor"])
    assert result.exit_code == 1 and "FAIL  database" in result.output and "ok    storage" in result.output


def test_what_the_house_keeps_is_closed_to_others(tmp_path):
    house = Server(tmp_path / "data", DATABASE_URL="", REDIS_URL="", STORAGE_URL="", MAIL_URL="")
    house.flask("db", "upgrade")
    house.flask("backup", str(tmp_path / "all.tar.gz"))
    made = [house.data, house.data / "quarterdeck.db", house.data / "jobs.db", tmp_path / "all.tar.gz"]
    assert {path.name: oct(path.stat().st_mode & 0o077) for path in made} == dict.fromkeys(
        [path.name for path in made], "0o0")


def test_reindexing_brings_back_what_the_index_lost(run, world):
    entry = post(world.commons, "Tungsten is dear", actor=world.lena)
    db.session.execute(delete(SearchDocument))
    commit()
    assert find(world.jon, "tungsten").total == 0
    result = run("reindex")
    assert result.exit_code == 0 and "entries anew" in result.output
    assert [hit.entry_id for hit in find(world.jon, "tungsten").items] == [entry.id]
