"""`lector corpus list --check`: newer versions, against a server that behaves like arXiv."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from common.database import open_database
from common.settings import Storage
from ingest.catalog import Catalog, Reading
from tests.ingest.fake_arxiv import PDF, PDF2, FakeArxiv, FakePaper, status
from tests.ingest.hostile import one_page, said


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[FakeArxiv]:
    with FakeArxiv() as made:
        made.add(FakePaper("2401.00001", (PDF, PDF2)), FakePaper("2401.00002"))
        for name, value in {
            "ENABLED": "true",
            "API_URL": f"{made.url}/api/query",
            "OAI_URL": f"{made.url}/oai",
            "PAUSE_S": "0",
            "BACKOFF_S": "0",
        }.items():
            monkeypatch.setenv(f"LECTOR_SOURCES__ARXIV__{name}", value)
        monkeypatch.setenv("LECTOR_CORPUS__DIR", str(tmp_path / "corpus"))
        yield made


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder whose catalog lists two papers and a handout."""
    catalog = Catalog(open_database(Storage(dir=tmp_path / "data")), "dsa-6000e")
    for id, version, kind in (("2401.00001", "v1", "paper"), ("2401.00002", "v1", "paper"), ("bees", None, "handout")):
        catalog.publish(
            Reading(
                course="dsa-6000e", reading=id, revision="r", collection="c", fingerprint="f", sha256="0" * 64, kind=kind, title=f"On {id}",
                version=version, path="x", size=1, mtime_ns=1, pages=2, chunks=3, sentences=4,
            )
        )  # fmt: skip
    return tmp_path / "data"


def test_a_newer_version_is_listed_after_a_check_and_remembered(lector, data: Path, server: FakeArxiv) -> None:
    def latest(*options: str) -> dict[str, str | None]:
        ran = lector("--data-dir", data, "corpus", "list", "--json", *options)
        assert ran.code == 0
        return {row["id"]: row["latest"] for row in json.loads(ran.out)["readings"]}

    nothing = {"2401.00001": None, "2401.00002": None, "bees": None}
    assert latest() == nothing
    assert server.requests == []
    assert latest("--check") == nothing | {"2401.00001": "v2", "2401.00002": "v1"}
    assert latest("--check") == latest() == nothing | {"2401.00001": "v2", "2401.00002": "v1"}
    assert len(server.requests) == 1
    lines = lector("--data-dir", data, "corpus", "list").out.splitlines()
    assert [line.split("\t")[-1] for line in lines] == ["v1, newer: v2", "v1", ""]


def test_where_arxiv_does_not_answer_the_list_is_shown_all_the_same(lector, data: Path, server: FakeArxiv) -> None:
    server.misbehave("/api/query", status(503), times=4)
    ran = lector("--data-dir", data, "corpus", "list", "--check", "--json")
    assert ran.code == 1
    assert "Newer versions were not asked for" in " ".join(ran.err.split())
    assert "run again later" in " ".join(ran.err.split())
    assert len(json.loads(ran.out)["readings"]) == 3


def test_the_newest_version_is_taken_when_asked_for(
    lector, server: FakeArxiv, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gnus = ("A gnu runs 80 kilometres an hour.", "A gnu runs 90 kilometres an hour, says the revision.")
    versions = tuple(one_page(said(text)) for text in gnus)
    server.add(FakePaper("2401.00003", versions, title="On Gnus"))
    mirror = tmp_path / "mirror"  # PDFs are taken over https alone, which the fake server does not speak
    mirror.mkdir()
    for number, content in enumerate(versions, start=1):
        (mirror / f"2401.00003v{number}.pdf").write_bytes(content)
    monkeypatch.setenv("LECTOR_SOURCES__MIRRORS", json.dumps([str(mirror)]))

    def run(*arguments: str) -> dict[str, Any]:
        ran = lector("--data-dir", tmp_path / "own", *arguments, "--json")
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    run("ingest")
    assert run("corpus", "add", "arXiv:2401.00003v1", "--week", "2")["notes"] == []
    run("corpus", "list", "--check")
    (gnu,) = [row for row in run("corpus", "list")["readings"] if row["id"] == "2401.00003"]
    assert (gnu["title"], gnu["version"], gnu["latest"], gnu["week"]) == ("On Gnus", "v1", "v2", 2)
    updated = run("corpus", "update", "2401.00003")
    assert updated["edit"]["action"] == "update"
    (gnu,) = [row for row in run("corpus", "list")["readings"] if row["id"] == "2401.00003"]
    assert (gnu["title"], gnu["version"], gnu["week"]) == ("On Gnus", "v2", 2)
    assert "90 kilometres" in run("search", "How fast does a gnu run?")["passages"][0]["text"]


def test_where_the_licence_cannot_be_had_the_title_is_kept(
    lector, server: FakeArxiv, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.add(FakePaper("2401.00003", (one_page(said("A gnu runs 80 kilometres an hour.")),), title="On Gnus"))
    (tmp_path / "mirror").mkdir()
    (tmp_path / "mirror" / "2401.00003.pdf").write_bytes(one_page(said("A gnu runs 80 kilometres an hour.")))
    monkeypatch.setenv("LECTOR_SOURCES__MIRRORS", json.dumps([str(tmp_path / "mirror")]))
    server.misbehave("/oai", *[status(503)] * 20)
    ran = lector("--data-dir", tmp_path / "own", "corpus", "add", "2401.00003", "--json")
    (note,) = json.loads(ran.out)["notes"]
    assert note.startswith("the licence is not known yet: ")
    assert "title: On Gnus" in (corpus / "readings.yaml").read_text()
