"""A file on its way to become an asset: held for who sent it while they are told what is known of it already."""

from collections.abc import Callable

from flask_login import current_user
from markupsafe import Markup
from sqlalchemy import select

from app.assets.actions import KeptFile
from app.entries.attachments import Upload
from app.extensions import db
from app.people.models import Person
from app.web import looking_first

Saying = Callable[[Upload], Markup]
# Features that know files: each answers what is to be said of one before it is shared, or None. What it answers is
# called once the file is held.
known: list[Callable[[KeptFile, Person], Saying | None]] = []


def held(key: int | None) -> Upload | None:
    """What the person of this request has sent and not used yet."""
    mine = select(Upload).where(Upload.id == key, Upload.person_id == current_user.id, Upload.entry_id.is_(None))
    return db.session.scalar(mine) if key else None


def used(upload: Upload | None) -> None:
    """Nobody waits for it any more; its bytes stay where they are used."""
    if upload:
        db.session.delete(upload)


def sayings(file: KeptFile, person: Person) -> list[Saying]:
    """What is to be said of a file. Takes no write lock, however long it takes to find out."""
    with looking_first():
        return [saying for each in known if (saying := each(file, person))]
