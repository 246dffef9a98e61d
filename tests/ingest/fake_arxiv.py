"""A server on this machine that behaves like arXiv: PDFs with ETags and ranges, the Atom API, OAI-PMH. Badly too, when told.

with FakeArxiv() as server:
    server.add(FakePaper("2401.00001", versions=(PDF, PDF2)))
    server.misbehave("/pdf/2401.00001", status(503), truncated(2000))   # its next answers; then it behaves again
    server.requests                                                     # what it was asked, and when
"""

import hashlib
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

from common.settings import Arxiv

PDF = b"%PDF-1.5\n" + b"".join(b"%% line %d of a paper\n" % n for n in range(400)) + b"%%EOF\n"
PDF2 = PDF.replace(b"paper", b"paper, revised")
WITHDRAWN_PAGE = b"<!DOCTYPE html><html><head><title>No file</title></head><h1>File unavailable for 2401.00002</h1></html>"


@dataclass
class FakePaper:
    """A paper; `versions` holds the bytes of v1, v2 and so on."""

    id: str
    versions: tuple[bytes, ...] = (PDF,)
    title: str = "A Title\n  in two lines"
    authors: tuple[str, ...] = ("Ada Lovelace", "Łukasz Kaiser")
    abstract: str = "What it says, with $x < y$."
    licence: str | None = "http://creativecommons.org/licenses/by/4.0/"
    comment: str = "12 pages"
    withdrawn: bool = False


@dataclass
class Asked:
    """A request, and when its answer began and was over, in seconds since the epoch."""

    path: str
    headers: dict[str, str]
    started: float
    ended: float = 0.0


@dataclass
class Reply:
    """An answer as it goes out; a fault changes it."""

    code: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    send_bytes: int | None = None  # only so many of the body, then the connection is closed
    length: bool = True  # say how long the body is
    before_s: float = 0.0
    between_s: float = 0.0  # after each 100 bytes


Fault = Callable[["_Handler", Reply], Reply]


class FakeArxiv:
    """The server, running from `with` to the end of the block."""

    def __init__(self) -> None:
        self.papers: dict[str, FakePaper] = {}
        self.requests: list[Asked] = []
        self.faults: dict[str, list[Fault]] = defaultdict(list)
        self.stopped = threading.Event()
        handler = type("Handler", (_Handler,), {"arxiv": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> "FakeArxiv":
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.stopped.set()
        self._server.shutdown()
        self._server.server_close()

    def add(self, *papers: FakePaper) -> None:
        self.papers |= {paper.id: paper for paper in papers}

    def misbehave(self, path: str, *faults: Fault, times: int = 1) -> None:
        self.faults[path].extend(list(faults) * times)

    def settings(self, **changes: object) -> Arxiv:
        """Settings that lead here, without waits that a test would feel."""
        values = {
            "base_url": self.url, "api_url": f"{self.url}/api/query", "oai_url": f"{self.url}/oai", "pause_s": 0.0, "backoff_s": 0.0,
            "connect_timeout_s": 2.0, "read_timeout_s": 2.0, "max_mb": 1,
        }  # fmt: skip
        return Arxiv.model_validate(values | changes)

    def paths(self) -> list[str]:
        return [asked.path for asked in self.requests]


def status(code: int, retry_after: object = None, body: bytes = b"Rate exceeded.") -> Fault:
    return lambda _handler, _reply: Reply(code, body, {"Retry-After": str(retry_after)} if retry_after is not None else {})


def truncated(after: int) -> Fault:
    """Promises the whole and breaks off."""

    def fault(_handler: "_Handler", reply: Reply) -> Reply:
        reply.send_bytes = after
        return reply

    return fault


def unsized(after: int | None = None) -> Fault:
    """Does not say how long the body is; may break off, which then looks like the end."""

    def fault(_handler: "_Handler", reply: Reply) -> Reply:
        reply.length, reply.send_bytes = False, after
        return reply

    return fault


def whole(handler: "_Handler", _reply: Reply) -> Reply:
    """Knows nothing of ranges."""
    code, body, headers = handler.pdf()
    return Reply(code, body, {k: v for k, v in headers.items() if k != "Accept-Ranges"})


def page(body: bytes, content_type: str = "text/html; charset=utf-8") -> Fault:
    return lambda _handler, _reply: Reply(200, body, {"Content-Type": content_type})


def redirect(location: str, code: int = 302) -> Fault:
    return lambda _handler, _reply: Reply(code, b"", {"Location": location})


def slow(before_s: float = 0.0, between_s: float = 0.0) -> Fault:
    def fault(_handler: "_Handler", reply: Reply) -> Reply:
        reply.before_s, reply.between_s = before_s, between_s
        return reply

    return fault


def headers(**extra: str) -> Fault:
    def fault(_handler: "_Handler", reply: Reply) -> Reply:
        reply.headers |= {name.replace("_", "-"): value for name, value in extra.items()}
        return reply

    return fault


class _Handler(BaseHTTPRequestHandler):
    arxiv: FakeArxiv

    def do_GET(self) -> None:
        asked = Asked(self.path, {k.lower(): v for k, v in self.headers.items()}, time.time())
        self.arxiv.requests.append(asked)
        reply = self._good()
        faults = self.arxiv.faults[urlsplit(self.path).path]
        if faults:
            reply = faults.pop(0)(self, reply)
        self._send(reply)
        asked.ended = time.time()

    def pdf(self) -> tuple[int, bytes, dict[str, str]]:
        """The whole file that the path names."""
        name = urlsplit(self.path).path.removeprefix("/pdf/")
        id, _, version = name.rpartition("v") if name[-2:-1] == "v" else (name, "", "")
        paper = self.arxiv.papers.get(id)
        if paper is None or int(version or 1) > len(paper.versions):
            return 404, b"<html><h1>Article not found</h1></html>", {"Content-Type": "text/html"}
        if paper.withdrawn and version in ("", str(len(paper.versions))):
            return 200, WITHDRAWN_PAGE, {"Content-Type": "text/html"}
        body = paper.versions[int(version or len(paper.versions)) - 1]
        tag = hashlib.sha256(body).hexdigest()[:16]
        return 200, body, {"ETag": f'"{tag}"', "Last-Modified": formatdate(1e9, usegmt=True), "Accept-Ranges": "bytes"}

    def _good(self) -> Reply:
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path.startswith("/pdf/"):
            return self._good_pdf()
        if parts.path == "/api/query":
            return Reply(200, self._feed(query["id_list"].split(",")), {"Content-Type": "application/atom+xml"})
        if parts.path == "/oai":
            return Reply(200, self._record(query["identifier"].removeprefix("oai:arXiv.org:")), {"Content-Type": "text/xml"})
        return Reply(404, b"nothing here")

    def _good_pdf(self) -> Reply:
        code, body, headers = self.pdf()
        tag = headers.get("ETag")
        if tag and tag == self.headers.get("If-None-Match"):
            return Reply(304, b"", {"ETag": tag})
        wanted = self.headers.get("Range")
        if code == 200 and tag and wanted and self.headers.get("If-Range") in (tag, None):
            start = int(wanted.removeprefix("bytes=").split("-")[0])
            if start >= len(body):
                return Reply(416, b"", {"Content-Range": f"bytes */{len(body)}"})
            return Reply(206, body[start:], headers | {"Content-Range": f"bytes {start}-{len(body) - 1}/{len(body)}"})
        return Reply(code, body, headers)

    def _feed(self, ids: list[str]) -> bytes:
        entries = [self._entry(self.arxiv.papers[id]) for id in ids if id in self.arxiv.papers]
        return f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom">
<id>https://arxiv.org/api/x</id><title>arXiv Query</title><opensearch:totalResults>{len(entries)}</opensearch:totalResults>
<opensearch:startIndex>0</opensearch:startIndex><opensearch:itemsPerPage>100</opensearch:itemsPerPage>{"".join(entries)}</feed>""".encode()

    def _entry(self, paper: FakePaper) -> str:
        authors = "".join(f"<author><name>{escape(name)}</name></author>" for name in paper.authors)
        return f"""<entry><id>http://arxiv.org/abs/{paper.id}v{len(paper.versions)}</id><title>{escape(paper.title)}</title>
<published>2024-01-01T00:00:00Z</published><updated>2024-03-02T10:00:00Z</updated><summary>{escape(paper.abstract)}</summary>{authors}
<arxiv:comment>{escape(paper.comment)}</arxiv:comment><arxiv:primary_category term="cs.CL"/><category term="cs.CL"/></entry>"""

    def _record(self, id: str) -> bytes:
        paper = self.arxiv.papers.get(id)
        if paper is None:
            inner = '<error code="idDoesNotExist">no such paper</error>'
        else:
            count = len(paper.versions)
            kinds = ["I" if paper.withdrawn and n == count else "D" for n in range(1, count + 1)]
            versions = "".join(
                f'<version version="v{n}"><date>Mon, 01 Jan 2024 00:00:00 GMT</date><source_type>{k}</source_type></version>'
                for n, k in enumerate(kinds, 1)
            )
            licence = f"<license>{escape(paper.licence)}</license>" if paper.licence else ""
            inner = (
                f"<GetRecord><record><header><identifier>oai:arXiv.org:{id}</identifier></header><metadata>"
                f'<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>{id}</id>{versions}<title>x</title>{licence}</arXivRaw>'
                "</metadata></record></GetRecord>"
            )
        return f'<?xml version="1.0" encoding="UTF-8"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">{inner}</OAI-PMH>'.encode()

    def _send(self, reply: Reply) -> None:
        if reply.before_s:
            self.arxiv.stopped.wait(reply.before_s)
        try:
            self.send_response(reply.code)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if reply.length:
                self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            body = reply.body[: reply.send_bytes]
            step = 100 if reply.between_s else max(1, len(body))
            for start in range(0, len(body), step):
                self.wfile.write(body[start : start + step])
                if reply.between_s:
                    self.wfile.flush()
                    self.arxiv.stopped.wait(reply.between_s)
        except OSError:  # whoever asked has gone
            self.close_connection = True

    def log_message(self, *args: object) -> None: ...
