"""How Alembic reaches our database and models; `flask db …` runs it."""

from contextlib import contextmanager

from alembic import context
from flask import current_app

from app.db import UTCDateTime, making_database
from app.search.engine import include_object

database = current_app.extensions["migrate"].db


def render_item(kind, thing, _context):
    """Revisions stand on their own: our types are written as the column types below them."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(thing, UTCDateTime) else False


@contextmanager
def _foreign_keys_off(connection):
    """SQLite changes a table by making it anew; dropping the old one would delete what hangs on its rows."""
    if connection.dialect.name != "sqlite":
        yield
        return
    sqlite = connection.connection.dbapi_connection
    sqlite.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
        if broken := sqlite.execute("PRAGMA foreign_key_check").fetchall():
            raise RuntimeError(f"the migration left broken links: {broken[:5]}")
    finally:
        sqlite.execute("PRAGMA foreign_keys = ON")


def run() -> None:
    """Run the revisions in one transaction, on the connection given or a new one."""
    options = current_app.extensions["migrate"].configure_args | {
        "target_metadata": database.metadata, "include_object": include_object, "render_item": render_item,
    }
    with making_database(), database.engine.connect() as connection, _foreign_keys_off(connection):
        context.configure(connection=connection, **options)
        with context.begin_transaction():
            context.run_migrations()


run()
