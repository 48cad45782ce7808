"""How Alembic reaches our database and models; `flask db …` runs it."""

from alembic import context
from flask import current_app

from app.db import UTCDateTime, making_database
from app.search.engine import include_object

database = current_app.extensions["migrate"].db


def render_item(kind, thing, _context):
    """Revisions stand on their own: our types are written as the column types below them."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(thing, UTCDateTime) else False


def run() -> None:
    """Run the revisions in one transaction, on the connection given or a new one."""
    options = current_app.extensions["migrate"].configure_args | {
        "target_metadata": database.metadata, "include_object": include_object, "render_item": render_item,
    }
    with making_database(), database.engine.connect() as connection:
        context.configure(connection=connection, **options)
        with context.begin_transaction():
            context.run_migrations()


run()
