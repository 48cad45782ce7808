"""A picture and a recording to point at."""

import io

import pytest

from app.activity.delivery import commit
from app.assets.actions import keep, upload
from app.assets.models import Asset
from app.extensions import db
from tests.assets.conftest import decks as decks
from tests.making import documents, sound


def shared(space, content: bytes, name: str, *, actor) -> Asset:
    asset = upload(space, keep(io.BytesIO(content), name), actor=actor)
    commit()
    db.session.refresh(asset)
    return asset


@pytest.fixture
def picture(world, tmp_path) -> Asset:
    content = documents.picture(tmp_path / "poster.png", (400, 200)).read_bytes()
    return shared(world.space("project", "open"), content, "poster.png", actor=world.lena)


@pytest.fixture
def recording(world) -> Asset:
    return shared(world.space("project", "open"), sound.tone(), "call.wav", actor=world.lena)
