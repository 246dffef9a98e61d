from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from common.database import open_database
from common.errors import SourceError
from common.settings import Storage
from ingest.arxiv.bibliography import Bibliography
from ingest.arxiv.client import ArxivClient
from ingest.arxiv.metadata import PaperInfo
from ingest.arxiv.versions import check_versions, version_note
from tests.ingest.fake_arxiv import PDF, PDF2, FakeArxiv, FakePaper, status

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
INFO = PaperInfo(
    "2401.00001", "A Title", ("Ada Lovelace", "Łukasz Kaiser"), "What it says.", "v1", NOW - timedelta(days=9), NOW - timedelta(days=2)
)


@pytest.fixture
def bibliography(tmp_path: Path) -> Bibliography:
    return Bibliography(open_database(Storage(dir=tmp_path / "data")))


def test_what_is_remembered_comes_back_as_it_was(bibliography: Bibliography) -> None:
    info = replace(INFO, licence="http://creativecommons.org/licenses/by/4.0/", withdrawn=True)
    bibliography.remember([info], NOW)
    assert bibliography.info("2401.00001") == info
    assert bibliography.infos(["2401.00001", "2401.00002"]) == {"2401.00001": info}
    assert bibliography.info("2401.00002") is None


def test_a_licence_is_kept_until_there_is_a_newer_version(bibliography: Bibliography) -> None:
    bibliography.remember([replace(INFO, licence="http://a")], NOW)
    bibliography.remember([INFO], NOW)
    assert bibliography.info("2401.00001") == replace(INFO, licence="http://a")
    bibliography.remember([replace(INFO, latest="v2")], NOW)
    assert bibliography.info("2401.00001") == replace(INFO, latest="v2")


def test_arxiv_is_asked_once_for_all_and_again_when_the_answer_is_old(
    server: FakeArxiv, client: Callable[..., ArxivClient], bibliography: Bibliography
) -> None:
    server.add(FakePaper("2401.00002"))
    ids = ["2401.00001", "2401.00002", "syllabus", "instructgpt-2401-00001"]

    def latest(now: datetime) -> dict[str, str]:
        return {id: info.latest for id, info in check_versions(ids, client(), bibliography, 24, now).items()}

    assert latest(NOW) == {"2401.00001": "v1", "2401.00002": "v1"}
    server.add(FakePaper("2401.00001", (PDF, PDF2)))
    assert latest(NOW + timedelta(hours=23)) == {"2401.00001": "v1", "2401.00002": "v1"}
    assert len(server.requests) == 1
    assert latest(NOW + timedelta(hours=25)) == {"2401.00001": "v2", "2401.00002": "v1"}
    assert [path.split("?")[0] for path in server.paths()] == ["/api/query", "/api/query"]


def test_what_is_remembered_outlives_a_failure(server: FakeArxiv, client: Callable[..., ArxivClient], bibliography: Bibliography) -> None:
    check_versions(["2401.00001"], client(), bibliography, 24, NOW)
    server.misbehave("/api/query", status(503), times=4)
    with pytest.raises(SourceError, match="answered 503"):
        check_versions(["2401.00001"], client(), bibliography, 0, NOW)
    assert bibliography.infos(["2401.00001"])["2401.00001"].latest == "v1"


@pytest.mark.parametrize(
    ("version", "info", "shown"),
    [
        ("v5", replace(INFO, latest="v7"), "v5, newer: v7"),
        ("v9", replace(INFO, latest="v10"), "v9, newer: v10"),
        ("v7", replace(INFO, latest="v7"), "v7"),
        (None, replace(INFO, latest="v7"), "newest: v7"),
        ("v7", None, "v7"),
        (None, None, ""),
        ("v1", replace(INFO, latest="v2", withdrawn=True), "v1, newer: v2, withdrawn"),
    ],
)
def test_a_newer_version_is_shown(version: str | None, info: PaperInfo | None, shown: str) -> None:
    assert version_note(version, info) == shown
