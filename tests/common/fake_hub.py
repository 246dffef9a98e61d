"""A server on this machine that behaves like the model hub and its content network. Badly too, when told.

with FakeHub() as hub:
    hub.add("owner/name", {"weights.gguf": b"..."}, large={"weights.gguf"})
    hub.misbehave("GET", "weights.gguf", status(503), truncated(2000))   # its next answers; then it behaves again
    hub.requests                                                         # what it was asked

As the real one: HEAD and GET of /<repo>/resolve/<revision>/<file> give the commit; large files are redirected to a signed
address on another host, with X-Linked-Etag (the sha256) and X-Linked-Size; small ones have git's blob hash as ETag.
"""

import hashlib
import json
import re
import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

COMMIT = "c0ffee" + "0" * 34


@dataclass
class Asked:
    """A request; `cdn` says whether it came to the content network."""

    method: str
    path: str
    headers: dict[str, str]
    cdn: bool


@dataclass
class Reply:
    """An answer as it goes out; a fault changes it."""

    code: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    send_bytes: int | None = None  # only so many of the body, then the connection is closed


Fault = Callable[[Reply], Reply]


class FakeHub:
    """Two servers, hub and content network, running from `with` to the end of the block."""

    def __init__(self) -> None:
        self.files: dict[str, dict[str, bytes]] = {}
        self.large: dict[str, set[str]] = {}
        self.requests: list[Asked] = []
        self.faults: dict[tuple[str, str], list[Fault]] = defaultdict(list)
        self.ranges = True
        self._servers = [
            ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"hub": self, "cdn": cdn})) for cdn in (False, True)
        ]
        # By another name, so that it is another host: huggingface_hub follows redirects within the hub's own.
        self.url, self.cdn_url = (
            f"http://{name}:{s.server_address[1]}" for name, s in zip(("127.0.0.1", "localhost"), self._servers, strict=True)
        )

    def __enter__(self) -> "FakeHub":
        for server in self._servers:
            server.daemon_threads = True
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_exc: object) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()

    def add(self, repo: str, files: dict[str, bytes], large: set[str]) -> None:
        self.files[repo], self.large[repo] = files, large

    def misbehave(self, method: str, file: str, *faults: Fault) -> None:
        """The next answers to `method` for `file` on the host that has its bytes ("" for the list of files)."""
        self.faults[method, file].extend(faults)

    def fetched(self, file: str) -> list[str | None]:
        """The ranges in which the bytes of a file were asked for."""
        return [
            a.headers.get("range") for a in self.requests if a.method == "GET" and a.path.split("?")[0].endswith(file) and "?sig" in a.path
        ]


class _Handler(BaseHTTPRequestHandler):
    hub: FakeHub
    cdn: bool
    protocol_version = "HTTP/1.1"

    def log_message(self, *_args: object) -> None: ...

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self.hub.requests.append(Asked(self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, self.cdn))
        path = self.path.split("?")[0]
        resolve = re.fullmatch(r"/([^/]+/[^/]+)/(?:resolve/)([^/]+)/(.+)", path)
        listing = re.fullmatch(r"/api/models/([^/]+/[^/]+)/revision/([^/]+)", path)
        file, reply = "", Reply(404, b"Not Found", {"X-Error-Code": "RepoNotFound"})
        if listing and listing[1] in self.hub.files:
            names = [{"rfilename": name} for name in self.hub.files[listing[1]]]
            body = json.dumps({"id": listing[1], "sha": COMMIT, "siblings": names}).encode()
            reply = Reply(200, body, {"Content-Type": "application/json"})
        elif resolve and resolve[1] in self.hub.files:
            file = resolve[3]
            reply = self._file(resolve[1], file)
        queued = self.hub.faults[self.command, file]
        if queued and (reply.code != 302 or self.command == "HEAD"):  # not the redirect to the bytes is spoilt, but they are
            reply = queued.pop(0)(reply)
        self._send(reply)

    def _file(self, repo: str, file: str) -> Reply:
        content = self.hub.files[repo].get(file)
        if content is None:
            return Reply(404, b"Entry not found", {"X-Error-Code": "EntryNotFound", "X-Repo-Commit": COMMIT})
        large = file in self.hub.large[repo]
        if not self.cdn and large:
            sha256 = hashlib.sha256(content).hexdigest()
            linked = {"X-Linked-Etag": f'"{sha256}"', "X-Linked-Size": str(len(content)), "X-Repo-Commit": COMMIT}
            return Reply(302, b"Found", {"Location": f"{self.hub.cdn_url}{self.path}?sig=abc", "ETag": '"of-the-redirect"', **linked})
        blob = hashlib.sha1(b"blob %d\0%s" % (len(content), content), usedforsecurity=False).hexdigest()
        headers = {"ETag": f'"{blob}"', "X-Repo-Commit": COMMIT, "Content-Type": "application/octet-stream", "Accept-Ranges": "bytes"}
        asked = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        if asked is None or not self.hub.ranges:
            return Reply(200, content, headers)
        start = int(asked[1])
        if start >= len(content):
            return Reply(416, b"", {"Content-Range": f"bytes */{len(content)}"})
        return Reply(206, content[start:], {**headers, "Content-Range": f"bytes {start}-{len(content) - 1}/{len(content)}"})

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.code)
        for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "HEAD":
            return
        self.wfile.write(reply.body[: reply.send_bytes])
        if reply.send_bytes is not None:
            self.close_connection = True


def status(code: int, **headers: str) -> Fault:
    return lambda _reply: Reply(code, b"{}", {name.replace("_", "-"): value for name, value in headers.items()})


def truncated(count: int) -> Fault:
    """The connection is cut after so many bytes."""

    def cut(reply: Reply) -> Reply:
        reply.send_bytes = count
        return reply

    return cut


def bytes_instead(content: bytes, kind: str = "application/octet-stream") -> Fault:
    return lambda reply: Reply(200, content, {**reply.headers, "Content-Type": kind})


def page() -> Fault:
    """A network's login page, in the place of any answer."""
    return lambda _reply: Reply(200, b"<!DOCTYPE html><html>Please log in</html>", {"Content-Type": "text/html; charset=utf-8"})
