import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import inspect

from common.database import Base, open_database, store_error
from common.errors import StoreError
from common.settings import Storage


def test_opening_migrates_once_and_has_every_declared_table(tmp_path: Path) -> None:
    import bot.discord.store  # noqa: F401  # declares its table
    import ingest.arxiv.bibliography
    import ingest.catalog  # noqa: F401

    open_database(Storage(dir=tmp_path / "data"))
    engine = open_database(Storage(dir=tmp_path / "data"))
    found = inspect(engine)
    for table in Base.metadata.tables.values():
        assert {c["name"] for c in found.get_columns(table.name)} == {c.name for c in table.columns}


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
