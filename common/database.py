"""The SQL database: one engine, migrated to the newest schema when it is opened.

SQLite by default, any SQLAlchemy URL by setting. Rooms declare their own tables on `Base`; the
schema's history is in `common/migrations`.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.orm import DeclarativeBase, Session

from common.errors import ConfigError, StoreError
from common.settings import Storage

_FULL_BYTES = 2_000_000  # less than one write of Chroma's or SQLite's needs


class Base(DeclarativeBase):
    """The declarative base of all tables."""


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
    if "locked" in low:
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


def _set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=10000", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


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
