"""A change and the sync that follows it are one thing: where the second fails, the first is taken back."""

from pathlib import Path

import pytest

from common.database import open_database
from common.errors import LectorError, SourceError, StoppedError, StoreError
from common.settings import Storage
from ingest.changes import carry_out
from ingest.corpus import Add, Corpus
from ingest.edits import EditLog
from ingest.sync import Report


@pytest.mark.parametrize(
    "failure",
    [StoreError("another `lector ingest` is writing"), SourceError("no such paper"), StoppedError("stopped"), KeyboardInterrupt()],
)
def test_whatever_ends_the_sync_the_files_are_as_they_were(corpus: Path, tmp_path: Path, failure: BaseException) -> None:
    zoo = Corpus(corpus, EditLog(open_database(Storage(dir=tmp_path / "data")), "zoo", tmp_path / "data"))
    given = tmp_path / "gnus.md"
    given.write_text("# Gnus\n\nA gnu runs 80 kilometres an hour.\n")
    seen = []

    def sync() -> Report:
        seen.append((corpus / "papers" / "gnus.md").is_file())
        raise failure

    manifest = (corpus / "readings.yaml").read_bytes()
    with pytest.raises(type(failure)):
        carry_out(Add(given), "ann", zoo, tmp_path / "data", sync)
    assert seen == [True]
    assert not (corpus / "papers" / "gnus.md").exists()
    assert (corpus / "readings.yaml").read_bytes() == manifest
    said = failure.user_message if isinstance(failure, LectorError) else "interrupted"
    assert f"(not done: {said})" in zoo.log.edits()[-1].what
