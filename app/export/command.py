"""`flask export space`: the same from the command line, into a folder."""

from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import select

from app.assets.store import StoreError
from app.export.sinks import FolderSink
from app.export.writer import write
from app.extensions import db
from app.people.models import Person
from app.spaces.models import ROOM, Space

export_group = AppGroup("export", help="Take a space out: readable pages, original files, data.")
TOLD_EVERY = 500


def in_whose_name() -> Person:
    """The admin in whose language and time zone it speaks. What is in the space is exported whole."""
    admins = select(Person).where(Person.role == "admin", Person.deactivated_at.is_(None)).order_by(Person.id)
    found = db.session.scalar(admins.limit(1))
    if found is None:
        raise click.ClickException("There is no admin in whose name to export.")
    return found


def export_space(slug: str, folder: Path) -> None:
    """Write everything in a space into DIR, which must be empty or not there."""
    space = db.session.scalar(select(Space).where(Space.slug == slug, Space.kind != ROOM))
    if space is None:
        raise click.ClickException(f"There is no space {slug}.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise click.ClickException(f"{folder} is not an empty folder.")
    space_id, person_id, name = space.id, in_whose_name().id, space.name
    db.session.rollback()
    sink, told = FolderSink(folder), 0

    def heard(done: int, total: int) -> None:
        nonlocal told
        if done > told and (done == total or done - told >= TOLD_EVERY):
            told = done
            click.echo(f"{done} of {total} entries and files, {sink.bytes // 1024} KB")

    try:
        written = write(space_id, person_id, sink, heard)
    except (OSError, StoreError) as error:
        sink.undo()
        raise click.ClickException(f"Nothing was exported: {error}.") from None
    except BaseException:
        sink.undo()
        raise
    click.echo(f"Exported {name} into {folder}: {written.files} files, {written.bytes // 1024} KB. Open index.html.")
    if written.lost:
        raise click.ClickException(f"{written.lost} files are missing from the store and so from the export.")
