"""Finding and fetching papers, against a local server that behaves like arXiv, badly too."""

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from common.errors import SourceError
from common.settings import Arxiv, Sources
from ingest.catalog import SourceKind
from ingest.manifest import Item
from ingest.sources import Finder

PDF = b"%PDF-1.5 a paper"


class Arxivish(BaseHTTPRequestHandler):
    """Answers by the paper's number."""

    asked: list[str]

    def do_GET(self) -> None:
        type(self).asked.append(self.path)
        number = self.path.removeprefix("/pdf/")
        if number.startswith("2401.00001"):
            self._say(200, PDF)
        elif number == "2401.00404":
            self._say(404, b"no such paper")
        elif number == "2401.00503":
            self._say(503, b"busy")
        elif number == "2401.00302":
            self.send_response(302)
            self.send_header("Location", "http://127.0.0.1:1/elsewhere.pdf")
            self.end_headers()
        elif number == "2401.00777":
            self._say(200, b"<html>captcha</html>")
        elif number == "2401.00888":
            self._say(200, PDF + b"x" * 2_000_000)
        elif number == "2401.00999":
            time.sleep(3)

    def _say(self, code: int, body: bytes) -> None:
        self.send_response(code)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None: ...


@pytest.fixture
def server() -> Iterator[str]:
    Arxivish.asked = []
    made = ThreadingHTTPServer(("127.0.0.1", 0), Arxivish)
    made.daemon_threads = True
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{made.server_address[1]}"
    made.shutdown()
    made.server_close()


def finder(corpus: Path, base_url: str, **settings: object) -> Finder:
    arxiv = Arxiv(base_url=base_url, pause_s=0, connect_timeout_s=1, read_timeout_s=1, max_mb=1).model_copy(update=settings)
    return Finder(corpus, Sources(arxiv=arxiv))


def paper(number: str, version: str | None = None) -> Item:
    return Item(id=number, title="A paper", kind=SourceKind.PAPER, version=version)


def test_a_paper_is_fetched_once_whole_and_in_the_version_asked_for(corpus: Path, server: str) -> None:
    find = finder(corpus, server).find
    path = find(paper("2401.00001", "v2"))
    assert path == corpus / "papers" / "2401.00001.pdf"
    assert path.read_bytes() == PDF
    assert find(paper("2401.00001", "v2")) == path
    assert Arxivish.asked == ["/pdf/2401.00001v2"]
    assert sorted(p.name for p in path.parent.iterdir()) == ["2401.00001.pdf", "bees.md", "owls.md"]


def test_the_corpus_folder_comes_before_mirrors_before_arxiv(corpus: Path, tmp_path: Path, server: str) -> None:
    mirror = tmp_path / "mirror"
    mirror.mkdir()
    (mirror / "2401.00001.pdf").write_bytes(PDF)
    settings = Sources(mirrors=(mirror,), arxiv=Arxiv(base_url=server))
    assert Finder(corpus, settings).find(paper("2401.00001")).parent == mirror
    (corpus / "papers" / "2401.00001.pdf").write_bytes(PDF)
    assert Finder(corpus, settings).find(paper("2401.00001")).parent == corpus / "papers"
    assert Arxivish.asked == []


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("2401.00404", "does not exist: check the id"),
        ("2401.00503", "answered 503: run again later"),
        ("2401.00302", "answered 302"),
        ("2401.00777", "gave no PDF but something else"),
        ("2401.00888", "larger than 1 MB"),
        ("2401.00999", r"failed \(ReadTimeout\)"),
    ],
)
def test_what_cannot_be_had_is_named_with_its_reason_and_leaves_nothing(corpus: Path, server: str, number: str, says: str) -> None:
    with pytest.raises(SourceError, match=says):
        finder(corpus, server).find(paper(number))
    assert sorted(p.name for p in (corpus / "papers").iterdir()) == ["bees.md", "owls.md"]


def test_no_way_to_arxiv_is_noticed_once_and_within_seconds(corpus: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    find = finder(corpus, f"http://127.0.0.1:{port}").find
    started = time.monotonic()
    for number in range(2401_00001, 2401_00021):
        with pytest.raises(SourceError, match="is out of reach"):
            find(paper(f"{number // 100000}.{number % 100000:05d}"))
    assert time.monotonic() - started < 5


def test_arxiv_switched_off_and_no_arxiv_id(corpus: Path, server: str) -> None:
    with pytest.raises(SourceError, match="enabled is false"):
        finder(corpus, server, enabled=False).find(paper("2401.00001"))
    with pytest.raises(SourceError, match="not an arXiv id"):
        finder(corpus, server).find(paper("my-notes"))
