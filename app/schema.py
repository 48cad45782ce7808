"""Whether the database is there, and made for this version of the code: for readiness, the doctor and every command."""

from functools import cache
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from app.db import new_connection, only_reading

MIGRATIONS = Path(__file__).parents[1] / "migrations"


class Unusable(Exception):
    """The database cannot be worked with; the message says why and what to do."""


@cache
def newest() -> str:
    """The revision this code is written for."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def revision(connection: Connection) -> str | None:
    """The revision the database is at; None before the first migration."""
    return MigrationContext.configure(connection).get_current_revision()


def check(engine: Engine) -> None:
    """Look at the database as a new process would find it. Raises Unusable.

    A connection that is open already would still see a file that was moved away, and pages it read before they broke.
    """
    try:
        with only_reading(), new_connection(engine) as connection:
            found = revision(connection)
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", error)).strip().splitlines()[0]
        raise Unusable(f"The database cannot be used: {reason}. A new one is made by `flask db upgrade`.") from error
    if found is None:
        raise Unusable("The database has no tables yet: run `flask db upgrade`.")
    if found != newest():
        raise Unusable(f"The database is of version {found}, this code of {newest()}: run `flask db upgrade`.")
