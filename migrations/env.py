"""How Alembic reaches our database and models; `flask db …` runs it."""

from alembic import context
from flask import current_app

from app.search.index import is_engine_table

database = current_app.extensions["migrate"].db


def include_object(_thing, name, kind, reflected, _compare_to) -> bool:
    """The search index's own tables belong to the engine, not to the models."""
    return not (kind == "table" and reflected and is_engine_table(name))


def run() -> None:
    """Run the revisions in one transaction, on the connection given or a new one."""
    options = current_app.extensions["migrate"].configure_args | {
        "target_metadata": database.metadata, "include_object": include_object,
    }
    with database.engine.connect() as connection:
        context.configure(connection=connection, **options)
        with context.begin_transaction():
            context.run_migrations()


run()
