"""Files that are shared with their pages, and what is asked of them."""

import io
from collections.abc import Callable

import pytest

from app.activity.delivery import commit
from app.assets.actions import keep, upload
from app.assets.models import Asset
from app.extensions import db
from tests.making import look_alike_files as files
from tests.making.look_alikes import Author


@pytest.fixture
def author() -> Author:
    """Writes content, the same each time."""
    return Author(7)


@pytest.fixture
def shared(world) -> Callable[..., Asset]:
    """Shares a file and waits for its pages."""

    def share(data: bytes, name: str = "plan.txt", *, space=None, actor=None, title: str = "") -> Asset:
        asset = upload(space or world.space("project", "open"), keep(io.BytesIO(data), name), actor=actor or world.lena,
                       title=title)
        commit()
        db.session.expire_all()
        return asset

    return share


@pytest.fixture
def document(author) -> Callable[..., bytes]:
    """The words of a document; another one each time."""
    return lambda chapters=5: files.txt(author.document(chapters))
