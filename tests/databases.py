"""Real databases that are back to how they began before each test: SQLite by its file, PostgreSQL table by table."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import sqlalchemy

from app.extensions import db

LARGE_BYTES = 4 * 1024 * 1024
"""A table that grew beyond this is not emptied: what is deleted stays in the file, and in the way of the next test."""

# The schema `kept` holds how everything began. Triggers note which tables a test wrote into, and whether it changed any
# table; both are rows and not a set, so that no writer waits for another one.
_KEEP = """
DROP EVENT TRIGGER IF EXISTS kept_rebuilt;
DROP SCHEMA IF EXISTS kept CASCADE;
CREATE SCHEMA kept;
CREATE UNLOGGED TABLE kept.touched (name text);
CREATE FUNCTION kept.note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
  $$ BEGIN INSERT INTO kept.touched VALUES (TG_TABLE_NAME); RETURN NULL; END $$;
CREATE FUNCTION kept.rebuilt() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER AS
  $$ BEGIN INSERT INTO kept.touched VALUES (NULL); END $$;
DO $$ DECLARE each record; BEGIN
  FOR each IN SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('CREATE TABLE kept.%I AS TABLE public.%I', 'table_' || each.name, each.name);
    EXECUTE format('CREATE TRIGGER note AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON public.%I
                    FOR EACH STATEMENT EXECUTE FUNCTION kept.note()', each.name);
  END LOOP;
END $$;
CREATE TABLE kept.columns AS
  SELECT table_name AS name, string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) AS names
  FROM information_schema.columns WHERE table_schema = 'public' AND is_generated = 'NEVER' GROUP BY table_name;
CREATE TABLE kept.sequences AS
  SELECT format('public.%I', sequencename) AS name, coalesce(last_value, start_value) AS value,
         last_value IS NOT NULL AS is_called FROM pg_sequences WHERE schemaname = 'public';
CREATE EVENT TRIGGER kept_rebuilt ON ddl_command_end EXECUTE FUNCTION kept.rebuilt();
"""
_IS_REBUILT = f"""
SELECT coalesce(bool_or(name IS NULL OR pg_relation_size(format('public.%I', name)::regclass) > {LARGE_BYTES}), false)
FROM (SELECT DISTINCT name FROM kept.touched) AS touched
"""
_RESTORE = """
SET LOCAL session_replication_role = replica;
DO $$ DECLARE each record; BEGIN
  FOR each IN SELECT columns.* FROM kept.columns WHERE name IN (SELECT touched.name FROM kept.touched) LOOP
    EXECUTE format('DELETE FROM public.%I', each.name);
    EXECUTE format('INSERT INTO public.%I (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM kept.%I',
                   each.name, each.names, each.names, 'table_' || each.name);
  END LOOP;
  PERFORM setval(name, value, is_called) FROM kept.sequences;
  DELETE FROM kept.touched;
END $$;
"""
_END_OTHERS = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = :name AND state <> 'idle'"


class Database:
    """A database that is made anew from a template for each test."""

    template: str

    @contextmanager
    def another_template(self) -> Iterator[None]:
        """Begins with the template as it is; what is kept inside is the one until the end."""
        before = self.template
        self.restore()
        self.template = f"{before}_apart"
        yield
        self.template = before


class SQLiteDatabase(Database):
    """A file that is copied from a template."""

    def __init__(self, folder: Path) -> None:
        self.file, self.template = folder / "test.db", str(folder / "template.db")
        self.url = f"sqlite:///{self.file}"

    def keep(self) -> None:
        """What is in the database now is the template."""
        with db.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")
        db.engine.dispose()
        shutil.copy(self.file, self.template)

    def restore(self) -> None:
        """Back to the template."""
        db.engine.dispose()
        for leftover in (f"{self.file}-wal", f"{self.file}-shm"):
            Path(leftover).unlink(missing_ok=True)
        shutil.copy(self.template, self.file)


class PostgresDatabase(Database):
    """A database made from a template database; as long as no test changes its tables, what they wrote is undone."""

    def __init__(self, server: str, name: str) -> None:
        self.name, self.template, self._made_from = name, f"{name}_template", None
        self._server = sqlalchemy.create_engine(server, isolation_level="AUTOCOMMIT")
        url = sqlalchemy.make_url(server).set(database=name)
        self.url = str(url.render_as_string(hide_password=False))
        self._address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._run(f"DROP DATABASE IF EXISTS {self.name}", f"DROP DATABASE IF EXISTS {self.template}",
                  f"CREATE DATABASE {self.name}")

    def _run(self, *statements: str) -> None:
        with self._server.connect() as connection:
            for statement in statements:
                connection.execute(sqlalchemy.text(statement))

    def keep(self) -> None:
        """What is in the database now is the template."""
        db.engine.dispose()
        with psycopg.connect(self._address) as connection:
            connection.execute(_KEEP)
        self._run(f"DROP DATABASE IF EXISTS {self.template}",
                  f"ALTER DATABASE {self.name} RENAME TO {self.template}")
        self._make()

    def restore(self) -> None:
        """Back to the template."""
        if self._made_from != self.template or not self._undo():
            db.engine.dispose()
            self._run(f"DROP DATABASE {self.name} WITH (FORCE)")
            self._make()

    def _make(self) -> None:
        self._run(f"CREATE DATABASE {self.name} TEMPLATE {self.template} STRATEGY FILE_COPY")
        self._made_from = self.template

    def _undo(self) -> bool:
        """Put back what the tables held; False where that is not enough."""
        with self._server.connect() as connection:
            connection.execute(sqlalchemy.text(_END_OTHERS), {"name": self.name})
        with psycopg.connect(self._address) as connection:
            [is_rebuilt] = connection.execute(_IS_REBUILT).fetchone()
            if not is_rebuilt:
                connection.execute(_RESTORE)
        return not is_rebuilt
