"""An account, and letters that arrive in it."""

import io
from collections.abc import Callable

import pytest

from app.activity.models import Activity, Notification
from app.assets.actions import keep
from app.conversations.mail.reading import read
from app.conversations.receiving import file_all
from app.extensions import db
from tests.making.mails import mail


@pytest.fixture
def space(world):
    return world.space("account", "closed")


@pytest.fixture
def account(space):
    return space.account


def letter(text: str = "We need five.", key: str = "1", answers: str = "", **head) -> bytes:
    """A message of the customer, with the id <key@acme.example>."""
    fields = {"Message-ID": f"<{key}@acme.example>", "To": "Lena <lena@example.com>"}
    if answers:
        fields |= {"References": " ".join(f"<{each}@acme.example>" for each in answers.split())}
    return mail(text, head=fields | {name.replace("_", "-"): value for name, value in head.items()})


@pytest.fixture
def arrive(account, world) -> Callable:
    """Files a message by its bytes; the letter it became, or was already."""

    def file(data: bytes, *, actor=None, name: str = "message.eml"):
        return file_all(account, read(keep(io.BytesIO(data), name)), actor=actor)

    return file


def told(person, kind: str) -> list[str]:
    """Why somebody was told of events of this kind."""
    query = db.select(Notification.reason).join(Activity).where(
        Notification.person_id == person.id, Activity.kind == kind)
    return list(db.session.scalars(query))
