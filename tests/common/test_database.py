import importlib
import re
import sqlite3
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import BigInteger, DateTime, Integer, inspect
from sqlalchemy.exc import OperationalError

import common.database
from common.database import Base, Instant, insert_once, open_database, reading, store_error, writing
from common.errors import StoreError
from common.settings import Storage
from evals.postgres import Cluster
from quiz.records.tables import PracticeWishRow
from tests.conftest import ROOT


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    """A database without a table, once of each kind."""
    if request.param == "sqlite":
        return Storage(dir=tmp_path / "data")
    cluster: Cluster = request.getfixturevalue("postgres")
    return Storage(dir=tmp_path / "data", database_url=cluster.url(cluster.database()))


# Numbers that Discord gives out, which fill 63 bits, by the names that our columns have for them.
SNOWFLAKES = {"user", "asker", "author", "endorser", "by", "guild", "server", "channel", "question_message", "shown", "before"}


def declare_all() -> None:
    """Import every file that declares a table."""
    for room in ("bot", "ingest", "quiz", "rag"):
        for path in sorted((ROOT / room).rglob("*.py")):
            if "__tablename__" in path.read_text("utf-8"):
                importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    assert Base.metadata.tables


def test_every_moment_is_an_instant_and_every_number_of_discord_fits(empty: Storage) -> None:
    declare_all()
    engine = open_database(empty)
    for table in Base.metadata.tables.values():
        assert [c.name for c in table.columns if isinstance(c.type, DateTime)] == [], table.name
        theirs = {c.name for c in table.columns if c.name in SNOWFLAKES and isinstance(c.type, Integer)}
        assert {c.name for c in table.columns if c.name in theirs and not isinstance(c.type, BigInteger)} == set(), table.name
        for column in inspect(engine).get_columns(table.name):
            assert column["name"] not in theirs or isinstance(column["type"], BigInteger), f"{table.name}.{column['name']}"
    engine.dispose()


def test_the_architecture_names_every_table() -> None:
    declare_all()
    state = (ROOT / "docs" / "architecture.md").read_text("utf-8").split("## State")[1].split("\nFiles:")[0]
    rows = {name for line in state.splitlines() if line.startswith("| `") for name in re.findall(r"`(\w+)`", line.split("|")[1])}
    assert rows == set(Base.metadata.tables)


def test_opening_migrates_once_and_has_every_declared_table(empty: Storage) -> None:
    declare_all()

    open_database(empty).dispose()
    engine = open_database(empty)
    found = inspect(engine)
    for table in Base.metadata.tables.values():
        columns = {c["name"]: c for c in found.get_columns(table.name)}
        assert set(columns) == {c.name for c in table.columns}
        assert {n for n, c in columns.items() if c["nullable"]} == {c.name for c in table.columns if c.nullable}, table.name
    with engine.connect() as connection:  # keys, indexes and constraints are those that the classes declare
        found_keys = {t: set(inspect(engine).get_pk_constraint(t)["constrained_columns"]) for t in Base.metadata.tables}
        assert found_keys == {t: {c.name for c in table.primary_key} for t, table in Base.metadata.tables.items()}
        assert [
            change for change in compare_metadata(MigrationContext.configure(connection), Base.metadata) if "constraint" in str(change[0])
        ] == []
    engine.dispose()


def test_migrations_go_back_to_nothing(empty: Storage) -> None:
    engine = open_database(empty)
    config = Config()
    config.set_main_option("script_location", str(Path(common.database.__file__).parent / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]
    engine.dispose()


def test_moments_are_aware_and_in_utc_and_naive_ones_refused() -> None:
    noon = datetime(2024, 3, 4, 12, tzinfo=timezone(timedelta(hours=8)))
    stored = Instant().process_bind_param(noon, None)  # type: ignore[arg-type]
    assert stored == noon
    assert stored.tzinfo is UTC
    assert Instant().process_result_value(stored.replace(tzinfo=None), None) == noon  # type: ignore[arg-type]  # as SQLite gives it
    with pytest.raises(ValueError, match="naive"):
        Instant().process_bind_param(datetime(2024, 3, 4), None)  # type: ignore[arg-type]


def test_a_server_that_does_not_answer_is_an_error_of_one_line(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"database does not answer.*storage\.database_url"):
        open_database(Storage(dir=tmp_path, database_url=f"postgresql+psycopg://nobody@/none?host={tmp_path}"))


def test_what_a_transaction_meets_is_translated(tmp_path: Path) -> None:
    engine = open_database(Storage(dir=tmp_path))
    with pytest.raises(StoreError, match="another Lector is writing"), reading(engine):
        raise OperationalError("select", {}, Exception("canceling statement due to lock timeout"))
    engine.dispose()


def test_a_folder_that_is_a_file_is_an_error_of_one_line(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(StoreError, match="cannot write to"):
        open_database(Storage(dir=tmp_path / "data"))


@pytest.mark.parametrize(
    ("exc", "says"),
    [
        (OSError(28, "No space left on device"), "is full: free some space"),
        (sqlite3.OperationalError("database or disk is full"), "is full: free some space"),
        (sqlite3.OperationalError("attempt to write a readonly database"), "make the folder writable"),
        (PermissionError(13, "Permission denied"), "make the folder writable"),
        (sqlite3.OperationalError("database is locked"), "another Lector is writing"),
    ],
)
def test_what_the_disk_says_becomes_what_to_do(exc: Exception, says: str) -> None:
    assert says in store_error(exc, Path("data")).user_message


def test_a_row_is_inserted_once_and_it_is_told(empty: Storage) -> None:
    engine = open_database(empty)
    found = []
    for _ in range(2):
        with writing(engine) as db:
            found.append(insert_once(db, PracticeWishRow(course="zoo", student="101")))
    assert found == [True, False]
    engine.dispose()
