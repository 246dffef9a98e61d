"""The SQL database: one engine, migrated to the newest schema when it is opened.

SQLite by default, any SQLAlchemy URL by setting (tests run on PostgreSQL too). Rooms declare their own tables on `Base`; the
schema's history is in `common/migrations`.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import DateTime, Dialect, Engine, create_engine, event, literal, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

from common.errors import ConfigError, StoreError
from common.settings import Storage

_FULL_BYTES = 2_000_000  # less than one write of Chroma's or SQLite's needs
_WAIT_MS = 15_000  # longest that a write waits for another one; whoever holds the database for 10 s costs nobody an answer


class Base(DeclarativeBase):
    """The declarative base of all tables."""


class Instant(TypeDecorator[datetime]):
    """A moment, aware and in UTC on every database: SQLite itself forgets the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; a naive moment is refused, since nobody knows which one it is."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a naive moment cannot be stored")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """As it was stored."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def open_database(storage: Storage) -> Engine:
    """Open (and make, and migrate) the database.

    Raises:
        StoreError: The folder or the database cannot be written, or the disk is full.
    """
    with storage_errors(storage.dir):
        if storage.database_url is None:
            storage.dir.mkdir(parents=True, exist_ok=True)
            engine = create_engine(f"sqlite:///{storage.dir.absolute() / 'lector.db'}")
            event.listen(engine, "connect", _set_pragmas)
        else:
            try:
                engine = create_engine(storage.database_url, pool_pre_ping=True)
                if engine.dialect.name == "postgresql":
                    event.listen(engine, "connect", _set_lock_timeout)
            except ArgumentError as exc:
                raise ConfigError(
                    "storage.database_url is no SQLAlchemy URL: write one such as postgresql+psycopg://user@host/name"
                ) from exc
            except ImportError as exc:
                raise ConfigError(
                    f"storage.database_url needs a driver that is not installed ({exc.name}): pip install {exc.name}"
                ) from exc
        _migrate(engine)
    return engine


@contextmanager
def storage_errors(folder: Path) -> Iterator[None]:
    """Translate what the disk and the database say into a StoreError that says what to do."""
    try:
        yield
    except (OSError, DBAPIError, sqlite3.Error) as exc:
        raise store_error(exc, folder) from exc


def store_error(exc: Exception, folder: Path) -> StoreError:
    """The StoreError for a failure to read or write below `folder`."""
    text = str(getattr(exc, "orig", None) or exc)
    low = text.lower()
    # Chroma (1.5.9) does not always pass on why a write failed: ask the disk itself.
    if _is_full(folder) or "no space" in low or "disk is full" in low or "disk full" in low or "disk i/o error" in low:
        return StoreError(f"the disk that holds {folder} is full: free some space and run the command again; nothing indexed is lost")
    if any(sign in low for sign in ("readonly", "read-only", "permission denied", "unable to open", "not a directory", "file exists")):
        return StoreError(f"cannot write to {folder}: make the folder writable or choose another with --data-dir")
    if "connection" in low and any(sign in low for sign in ("refused", "failed", "could not", "timeout expired")):
        return StoreError("the database does not answer: start it, or correct storage.database_url")
    if "locked" in low or "lock timeout" in low:
        return StoreError(f"the database in {folder} is busy: another Lector is writing; try again in a moment")
    what = text.splitlines()[0] if text else type(exc).__name__
    return StoreError(
        f"the data in {folder} cannot be used ({what}): choose another folder with --data-dir, or delete it and run `lector ingest`"
    )


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < _FULL_BYTES
    except OSError:
        return False


@contextmanager
def session(engine: Engine) -> Iterator[Session]:
    """A transaction: committed at the end of the block, rolled back on any error."""
    with Session(engine, expire_on_commit=False) as opened, opened.begin():
        yield opened


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A transaction that reads; what goes wrong with the database is a StoreError."""
    with storage_errors(_place(engine)), session(engine) as opened:
        yield opened


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """A transaction that reads and then writes what follows from it; nobody else writes in between on SQLite.

    SQLite must be told so at the start: a reader that turns writer is refused at once where another has written meanwhile,
    however long it would wait (sqlite.org/isolation.html). On PostgreSQL lock the rows that are decided on: `with_for_update`.
    """
    with storage_errors(_place(engine)), session(engine) as opened:
        if engine.dialect.name == "sqlite":
            opened.execute(text("BEGIN IMMEDIATE"))
        yield opened


def insert_once(db: Session, row: Base) -> bool:
    """Insert a row unless one with its key, or with another unique value of it, is there; was it inserted?"""
    assert db.bind is not None
    table: Any = type(row)
    values = {c.key: v for c in table.__table__.columns if (v := getattr(row, c.key)) is not None}
    insert: Any = postgresql.insert if db.bind.dialect.name == "postgresql" else sqlite.insert
    # What it returns is told, not counted: psycopg gives -1 rows where nothing was inserted (SQLAlchemy 2.1, 2026-11).
    inserted = db.execute(insert(table).values(values).on_conflict_do_nothing().returning(literal(1)))
    return inserted.first() is not None


def _place(engine: Engine) -> Path:
    """What an error names: the folder of an SQLite file, else the database."""
    name = engine.url.database or "database"
    return Path(name).parent if engine.dialect.name == "sqlite" else Path(name)


def _set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", f"busy_timeout={_WAIT_MS}", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _set_lock_timeout(connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = {_WAIT_MS}")
    connection.commit()


def _migrate(engine: Engine) -> None:
    from alembic import command  # imported here: only a database that is opened needs it
    from alembic.config import Config
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    newest = ScriptDirectory.from_config(config).get_current_head()
    with engine.begin() as connection:
        if MigrationContext.configure(connection).get_current_revision() == newest:
            return
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
