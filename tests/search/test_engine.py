"""The tables of the engines beside the models."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from app.extensions import db
from app.search.engine import create_engine_tables, drop_engine_tables, include_object
from app.search.finder import find
from app.search.index import rebuild


def test_the_tables_can_go_and_come(session):
    with db.engine.begin() as connection:
        drop_engine_tables(connection)
        drop_engine_tables(connection)
        assert "search_index" not in inspect(connection).get_table_names()
        create_engine_tables(connection)
        assert "search_index" in inspect(connection).get_table_names()


def test_they_are_no_difference_to_a_migration(session):
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": include_object})
        differences = compare_metadata(context, db.metadata)

    assert [one for one in differences if "search" in str(one)] == []


def test_the_index_can_be_made_anew(world):
    entry = world.write("pricing")
    world.deck("Plan", ("One", "webinar"))
    db.session.execute(db.text("DELETE FROM search_documents"))
    db.session.commit()
    assert not find(world.lena, "pricing").items

    assert list(rebuild(db.session)) == [2]

    lena = db.session.merge(world.lena)
    assert [hit.entry_id for hit in find(lena, "pricing").items] == [entry.id]
    assert find(lena, "webinar").items[0].page == 1
