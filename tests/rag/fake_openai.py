"""A server on this machine that answers `/v1/chat/completions` and `/v1/models` as it is told: for what goes wrong.

The engine as it should be is tested against a real one (llama_cpp.server); such a server refuses, fails or breaks off only here.
"""

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class FakeServer:
    """Its answers, and what it was asked.

    Attributes:
        code: Of every answer.
        body: In the place of a stream; None: the stream.
        words: Pieces of the streamed reply.
        break_after: So many pieces, then the connection is closed; None: the stream ends well.
        wait_s: Before each piece.
    """

    code: int = 200
    body: bytes | None = None
    kind: str = "application/json"
    words: tuple[str, ...] = ("The ", "sky ", "is ", "blue.")
    break_after: int | None = None
    wait_s: float = 0.0
    asked: list[tuple[str, dict[str, str], dict]] = field(default_factory=list)
    begun: threading.Event = field(default_factory=threading.Event)
    hung_up: threading.Event = field(default_factory=threading.Event)
    stopped: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> "FakeServer":
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"told": self}))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_exc: object) -> None:
        self.stopped.set()
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    told: FakeServer

    def log_message(self, *_args: object) -> None: ...

    def do_GET(self) -> None:
        self._ask(b"")
        offered = {"object": "list", "data": [{"id": name, "object": "model", "created": 0, "owned_by": "me"} for name in ("a", "b")]}
        self._whole(self.told.body if self.told.body is not None else json.dumps(offered).encode())

    def do_POST(self) -> None:
        self._ask(self.rfile.read(int(self.headers["content-length"])))
        if self.told.body is not None or self.told.code != 200:
            self._whole(self.told.body or b"{}")
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        try:
            for n, word in enumerate(self.told.words):
                if self.told.stopped.wait(self.told.wait_s) or n == self.told.break_after:
                    return
                choice = {"index": 0, "delta": {"role": "assistant", "content": word}, "finish_reason": None}
                event = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "a", "choices": [choice]}
                self._chunk(f"data: {json.dumps(event)}\n\n".encode())
            self._chunk(b"data: [DONE]\n\n")
            self._chunk(b"")
        except OSError:
            self.told.hung_up.set()

    def _ask(self, body: bytes) -> None:
        self.told.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}, json.loads(body or b"{}")))
        self.told.begun.set()

    def _whole(self, body: bytes) -> None:
        self.send_response(self.told.code)
        self.send_header("Content-Type", self.told.kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _chunk(self, content: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(content), content))
        self.wfile.flush()
