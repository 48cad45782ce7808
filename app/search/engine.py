"""Which database holds the index. Nothing outside this folder asks."""

from types import ModuleType

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.search import postgres, sqlite

_BY_DIALECT = {"sqlite": sqlite, "postgresql": postgres}
_TABLES = {*sqlite.TABLES, *postgres.TABLES, "ix_search_index_tokens"}


def engine_of(session: Session) -> ModuleType:
    """The module that speaks to this session's database."""
    return _BY_DIALECT[session.get_bind().dialect.name]


def create_engine_tables(connection: Connection) -> None:
    """Make the tables of the index that are no models: for the migration, and after `create_all` in tests."""
    _BY_DIALECT[connection.dialect.name].create_tables(connection)


def drop_engine_tables(connection: Connection) -> None:
    """Remove them, before the models' tables go."""
    _BY_DIALECT[connection.dialect.name].drop_tables(connection)


def include_object(_object, name: str | None, type_: str, _reflected: bool, _compare_to) -> bool:
    """For Alembic: the engine's tables are no difference between the models and the database."""
    return not (type_ in ("table", "index") and name in _TABLES)
