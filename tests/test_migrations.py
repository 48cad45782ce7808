"""One initial revision makes what the models say, on both databases."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from app.extensions import db
from app.search.engine import include_object


def test_the_revision_and_the_models_agree(app):
    with db.engine.connect() as connection:
        options = {"include_object": include_object, "compare_type": True, "render_as_batch": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, db.metadata) == []


def test_the_constraints_are_there(app):
    """Alembic does not compare checks, so their names are compared here."""
    inspector = inspect(db.engine)
    for table in db.metadata.sorted_tables:
        wanted = {each.name for each in table.constraints if each.__class__.__name__ == "CheckConstraint"}
        present = {each["name"] for each in inspector.get_check_constraints(table.name)}
        assert wanted <= present, table.name
