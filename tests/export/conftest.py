"""Exports into a folder of the test."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.export.sinks import FolderSink
from app.export.writer import write
from app.extensions import db
from app.people.models import Person
from app.spaces.models import Space


@pytest.fixture
def export(app, tmp_path) -> Callable[[Space, Person], Path]:
    """Commits what the test wrote and exports a space as somebody reads it."""

    def make(space: Space, person: Person, name: str = "out") -> Path:
        keys = space.id, person.id
        db.session.commit()
        write(*keys, FolderSink(tmp_path / name))
        return tmp_path / name

    return make
