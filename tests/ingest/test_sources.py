"""What people name as a source, and where a paper's file is found."""

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.configuration import load_settings
from common.errors import ConfigError, SourceError
from common.settings import Arxiv, Sources
from ingest.arxiv_ids import ArxivId
from ingest.catalog import SourceKind
from ingest.manifest import Item
from ingest.sources import Finder, parse_source
from tests.conftest import ROOT
from tests.ingest.arxiv.conftest import kept
from tests.ingest.fake_arxiv import PDF, PDF2, FakeArxiv, FakePaper


@pytest.fixture
def server() -> Iterator[FakeArxiv]:
    with FakeArxiv() as made:
        made.add(FakePaper("2401.00001", (PDF, PDF2)))
        yield made


def finder(corpus: Path, arxiv: Arxiv, *mirrors: Path) -> Finder:
    """The finder of a new run."""
    return Finder(corpus, Sources(mirrors=mirrors, arxiv=arxiv))


def paper(id: str, version: str | None = None) -> Item:
    return Item(id=id, title="A paper", kind=SourceKind.PAPER, version=version)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1706.03762", ArxivId("1706.03762")),
        ("arXiv:1706.03762v7", ArxivId("1706.03762", "v7")),
        (" <https://arxiv.org/abs/1706.03762v2> ", ArxivId("1706.03762", "v2")),
        ("arxiv.org/pdf/1706.03762", ArxivId("1706.03762")),
        ("http://export.arxiv.org/abs/cs/0112017", ArxivId("cs/0112017")),
        ("https://doi.org/10.48550/arXiv.1706.03762", ArxivId("1706.03762")),
        ("https://ar5iv.labs.arxiv.org/html/1706.03762", ArxivId("1706.03762")),
        ("cs/0112017", ArxivId("cs/0112017")),
        ("notes.md", Path("notes.md")),
        ("./1706.03762.pdf", Path("1706.03762.pdf")),
        ("1706.03762v7.pdf", Path("1706.03762v7.pdf")),
        ("/home/me/My papers/Attention.PDF", Path("/home/me/My papers/Attention.PDF")),
        ("~/a.pdf", Path("~/a.pdf").expanduser()),
        ("slides.docx", Path("slides.docx")),
    ],
)
def test_a_source_is_an_arxiv_paper_or_a_file(text: str, expected: ArxivId | Path) -> None:
    assert parse_source(text) == expected


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("https://openreview.net/pdf?id=abc", "is not at arXiv: only arXiv and files are taken; download it yourself and add the file"),
        ("https://evil.example/arxiv.org/abs/1706.03762", "is not at arXiv"),
        ("https://arxiv.org.evil.example/abs/1706.03762", "is not at arXiv"),
        ("https://arxiv.org@evil.example/abs/1706.03762", "is not at arXiv"),
        ("https://doi.org/10.1145/3292500.3330701", "is not at arXiv"),
        ("ftp://arxiv.example/1706.03762", "is not at arXiv"),
        ("http://[broken/abs/1706.03762", "is not at arXiv"),
        ("https://arxiv.org/list/cs.CL/new", "no paper's id in https://arxiv.org/list/cs.CL/new: give the link of its page"),
        ("attention", "is neither an arXiv id or link nor a file"),
        ("", "is neither an arXiv id or link nor a file"),
    ],
)
def test_what_is_neither_is_refused_with_advice(text: str, says: str) -> None:
    with pytest.raises(SourceError, match=says.replace(".", r"\.").replace("?", r"\?")):
        parse_source(text)


@given(st.text(max_size=80))
def test_any_text_is_a_source_or_refused(text: str) -> None:
    try:
        source = parse_source(text)
    except SourceError:
        return
    assert isinstance(source, ArxivId | Path)


def test_a_paper_is_fetched_once_and_in_the_version_asked_for(corpus: Path, server: FakeArxiv) -> None:
    find = finder(corpus, server.settings()).find
    path = find(paper("2401.00001", "v1"))
    assert path == corpus / "papers" / "2401.00001.pdf"
    assert path.read_bytes() == PDF
    assert find(paper("2401.00001", "v1")) == path
    assert find(paper("2401.00001")) == path
    assert server.paths() == ["/pdf/2401.00001v1"]
    assert kept(corpus / "papers") == ["2401.00001.pdf", "bees.md", "owls.md"]


def test_a_newer_version_is_taken_when_asked_for(corpus: Path, server: FakeArxiv) -> None:
    find = finder(corpus, server.settings()).find
    find(paper("2401.00001", "v1"))
    assert find(paper("2401.00001", "v2")).read_bytes() == PDF2
    assert server.paths() == ["/pdf/2401.00001v1", "/pdf/2401.00001v2"]


def test_a_copy_that_a_person_put_there_is_taken_as_it_is(corpus: Path, server: FakeArxiv) -> None:
    find = finder(corpus, server.settings()).find
    path = find(paper("2401.00001", "v1"))
    path.write_bytes(b"%PDF- my own")
    assert find(paper("2401.00001", "v2")).read_bytes() == b"%PDF- my own"


def test_the_corpus_folder_comes_before_mirrors_before_arxiv(corpus: Path, tmp_path: Path, server: FakeArxiv) -> None:
    mirror = tmp_path / "mirror"
    mirror.mkdir()
    (mirror / "2401.00001.pdf").write_bytes(PDF)
    assert finder(corpus, server.settings(), mirror).find(paper("2401.00001")).parent == mirror
    (corpus / "papers" / "2401.00001.pdf").write_bytes(PDF)
    assert finder(corpus, server.settings(), mirror).find(paper("2401.00001")).parent == corpus / "papers"
    assert server.requests == []


def test_files_named_with_their_version_are_found(corpus: Path, tmp_path: Path, server: FakeArxiv) -> None:
    mirror = tmp_path / "mirror"
    mirror.mkdir()
    for name in ("2401.00001v2.pdf", "2401.00001v10.pdf", "2401.00001v2-notes.pdf", "cs_0112017v1.pdf"):
        (mirror / name).write_bytes(PDF)
    find = finder(corpus, server.settings(), mirror).find
    assert find(paper("2401.00001")).name == "2401.00001v10.pdf"
    assert find(paper("2401.00001", "v2")).name == "2401.00001v2.pdf"
    assert find(paper("cs/0112017")).name == "cs_0112017v1.pdf"
    assert server.requests == []


def test_no_way_to_arxiv_is_noticed_once_and_within_seconds(corpus: Path, server: FakeArxiv) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    find = finder(corpus, server.settings(base_url=f"http://127.0.0.1:{port}", pause_s=3.0)).find
    started = time.monotonic()
    for number in range(1, 21):
        with pytest.raises(SourceError, match="is out of reach"):
            find(paper(f"2401.{number:05d}"))
    assert time.monotonic() - started < 3


def test_arxiv_switched_off_and_no_arxiv_id(corpus: Path, server: FakeArxiv) -> None:
    off = finder(corpus, server.settings(enabled=False))
    with pytest.raises(SourceError, match=r"not in corpus/papers or a mirror, and sources\.arxiv\.enabled is false"):
        off.find(paper("2401.00001"))
    with pytest.raises(SourceError, match="not in corpus/papers or a mirror as v2, and"):
        off.find(paper("2401.00001", "v2"))
    with pytest.raises(SourceError, match="not an arXiv id"):
        finder(corpus, server.settings()).find(paper("my-notes"))
    assert server.requests == []


def test_a_listed_file_that_is_gone_is_named(corpus: Path, server: FakeArxiv) -> None:
    with pytest.raises(SourceError, match=r"no file at .*gone\.pdf: put it there or correct"):
        finder(corpus, server.settings()).find(paper("2401.00001").model_copy(update={"file": corpus / "gone.pdf"}))


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("BASE_URL", "https://arxiv.example", "the host of base_url must stand in hosts"),
        ("API_URL", "http://export.arxiv.org/api/query", "must start with https"),
        ("OAI_URL", "https://arxiv.org@evil.example/oai", "the host of oai_url must stand in hosts"),
        ("HOSTS", '["https://arxiv.org"]', "is no host's name"),
    ],
)
def test_settings_lead_nowhere_but_to_the_list(monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str) -> None:
    monkeypatch.setenv(f"LECTOR_SOURCES__ARXIV__{name}", value)
    with pytest.raises(ConfigError, match=says):
        load_settings(ROOT / "config.yaml")
