"""`flask export space SLUG DIR`, as an operator types it."""

import pytest

from app.extensions import db
from tests.export.checking import problems, rows


@pytest.fixture
def run(app):
    """The command in this process: its result, with `exit_code` and `output`."""
    def invoke(*arguments):
        db.session.commit()
        return app.test_cli_runner().invoke(args=["export", "space", *map(str, arguments)])

    return invoke


def test_it_writes_the_folder_whoever_may_read_the_space(world, run, tmp_path):
    result = run("project-secret", tmp_path / "out")
    assert result.exit_code == 0 and "Open index.html" in result.output
    assert problems(tmp_path / "out") == []
    assert "Hello from project-secret" in {row["body"] for row in rows(tmp_path / "out", "entries")}


def test_it_refuses_in_a_line_and_touches_nothing(world, run, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    places = {tmp_path: "project-open", tmp_path / "mine.txt": "project-open", tmp_path / "new": "nowhere"}
    for folder, slug in places.items():
        result = run(slug, folder)
        assert result.exit_code == 1 and result.output.startswith("Error: ")
    world.ada.role = "member"
    assert run("project-open", tmp_path / "new").exit_code == 1
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_what_fails_half_way_leaves_nothing(world, run, tmp_path, monkeypatch):
    (tmp_path / "empty").mkdir()

    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.export.index_pages.write", full)
    for name in ("empty", "new"):
        result = run("project-open", tmp_path / name)
        assert result.exit_code == 1 and "No space left" in result.output
    assert list(tmp_path.iterdir()) == [tmp_path / "empty"] and not list((tmp_path / "empty").iterdir())
