"""The base of every model, times in UTC, and how SQLite is spoken to.

Python's SQLite driver opens no transaction for SELECT, so a read-then-write loses updates between two writers. Here
every unit of work that may write starts with `BEGIN IMMEDIATE`; pages that only read start with `BEGIN DEFERRED` and
never wait. Writers queue on a file lock, which is fair, instead of polling SQLite's busy handler, which is not.
"""

import fcntl
import sqlite3
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import (
    BindParameter,
    DateTime,
    Engine,
    MetaData,
    NullPool,
    TypeDecorator,
    create_engine,
    event,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session

BUSY_TIMEOUT_SECONDS = 30

_only_reading: ContextVar[bool] = ContextVar("only_reading", default=False)
_clock: ContextVar[datetime | None] = ContextVar("clock", default=None)
_may_create: ContextVar[bool] = ContextVar("may_create", default=False)


class Base(DeclarativeBase):
    """Names every constraint, so that migrations can speak of it on both databases."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UTCDateTime(TypeDecorator):
    """A moment. Aware in Python, always UTC in the database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect):
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect):
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Base.registry.update_type_annotation_map({datetime: UTCDateTime()})


def now() -> datetime:
    """This moment, in UTC; inside `at()`, the moment given there."""
    return _clock.get() or datetime.now(UTC)


class _WhenRun(BindParameter):
    """A class of its own, or SQLAlchemy would take it for the same statement with a value that is written in it."""

    inherit_cache = True


def when_run(moment=now, type_=None) -> BindParameter:
    """What `moment()` is when the statement is run, not when it was built; a moment unless `type_` says otherwise."""
    return _WhenRun(None, callable_=moment, type_=type_ or UTCDateTime())


@contextmanager
def at(moment: datetime):
    """Inside, `now()` is this moment: what is written gets its time. Raises ValueError without a time zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone")
    token = _clock.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _clock.reset(token)


@contextmanager
def only_reading(value: bool = True):
    """Inside, new transactions on SQLite take no write lock (`True`) or take it at once (`False`)."""
    token = _only_reading.set(value)
    try:
        yield
    finally:
        _only_reading.reset(token)


def set_only_reading(value: bool) -> None:
    """The same for the rest of the current context: one web request."""
    _only_reading.set(value)


def is_only_reading() -> bool:
    """Whether new transactions take no write lock just now."""
    return _only_reading.get()


@contextmanager
def making_database():
    """Inside, connecting makes a SQLite file that is not there; elsewhere a missing one is an error.

    A running server whose file was moved away would otherwise go on with an empty one.
    """
    token = _may_create.set(True)
    try:
        yield
    finally:
        _may_create.reset(token)


class QueuedConnection(sqlite3.Connection):
    """A SQLite connection whose writers wait in one fair queue per database file, across threads and processes."""

    lock_path: Path | None = None
    _turn = None

    def begin(self, *, writing: bool) -> None:
        if writing and self.lock_path:
            self._turn = self.lock_path.open("ab")
            fcntl.flock(self._turn, fcntl.LOCK_EX)
        try:
            self.execute("BEGIN IMMEDIATE" if writing else "BEGIN DEFERRED")
        except BaseException:
            self._leave_queue()
            raise

    def commit(self) -> None:
        try:
            super().commit()
        finally:
            self._leave_queue()

    def rollback(self) -> None:
        try:
            super().rollback()
        finally:
            self._leave_queue()

    def close(self) -> None:
        super().close()
        self._leave_queue()

    def _leave_queue(self) -> None:
        turn, self._turn = self._turn, None
        if turn:
            turn.close()


def only_where(condition: str) -> dict:
    """Arguments that make an `Index` partial on both databases."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


def see_one_moment(session: Session) -> None:
    """Begin a unit of work that reads everything as of now; call it before anything is read. SQLite always does so."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def insert_missing(session: Session, model, rows: list[dict]) -> int:
    """Insert the rows whose unique keys are not there yet, however many do so at once; how many were new."""
    if not rows:
        return 0
    insert = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[session.get_bind().dialect.name]
    key = model.__mapper__.primary_key[0]
    return len(session.execute(insert(model).values(rows).on_conflict_do_nothing().returning(key)).all())


def one_at_a_time(session: Session, name: str) -> None:
    """Until this transaction ends no other one that said the same name goes on. SQLite's writers are alone anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": name})


def go_on_counting(session: Session, tables) -> None:
    """After rows that brought their own ids. PostgreSQL's sequences know nothing of them; SQLite looks at the rows."""
    if session.get_bind().dialect.name != "postgresql":
        return
    for table in tables:
        if "id" in table.columns and not table.columns["id"].foreign_keys:
            newest = f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), max(id)) FROM {table.name}"
            session.execute(text(f"{newest} HAVING max(id) IS NOT NULL"))


def engine_options(url: str) -> dict:
    """What Flask-SQLAlchemy passes to `create_engine` for this database."""
    if url.startswith("sqlite"):
        return {"connect_args": {"factory": QueuedConnection, "timeout": BUSY_TIMEOUT_SECONDS}, "pool_size": 40}
    return {"pool_size": 10, "max_overflow": 40, "pool_pre_ping": True}


@contextmanager
def new_connection(engine: Engine):
    """A connection opened now and for this only, whatever the pool holds."""
    named = engine_options(engine.url.drivername).get("connect_args", {})
    fresh = create_engine(engine.url, poolclass=NullPool, connect_args=named)
    prepare(fresh)
    with fresh.connect() as connection:
        yield connection


def prepare(engine: Engine) -> None:
    """Attach our way of opening connections and transactions to a SQLite engine; PostgreSQL needs none."""
    if engine.dialect.name != "sqlite":
        return
    file = engine.url.database
    is_file = file and file != ":memory:"
    lock_path = Path(f"{file}.writers") if is_file else None

    @event.listens_for(engine, "do_connect")
    def on_do_connect(_dialect, _record, arguments: list, named: dict) -> None:
        if is_file:
            mode = "rwc" if _may_create.get() else "rw"
            arguments[0], named["uri"] = f"{Path(file).absolute().as_uri()}?mode={mode}", True

    @event.listens_for(engine, "connect")
    def on_connect(connection: QueuedConnection, _record) -> None:
        connection.isolation_level = None
        connection.lock_path = lock_path
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA cache_size = -65536")
        connection.execute("PRAGMA mmap_size = 268435456")

    @event.listens_for(engine, "begin")
    def on_begin(connection) -> None:
        connection.connection.dbapi_connection.begin(writing=not _only_reading.get())
