"""The base of all local stand-ins: a real HTTP server on 127.0.0.1 with scripted answers and faults.

    with Server() as server:
        server.script(Answer(b"slow down", status=429, headers={"Retry-After": "1"}), Answer(b"hello"))
        requests.get(server.url + "/a")          # 429
        requests.get(server.url + "/a")          # 200
        assert [seen.path for seen in server.seen] == ["/a", "/a"]

A script line that no request used, and a request for which there is no line, both fail the test on leaving the block.
A subclass that overrides `answer` has an answer for every request; then script lines only come first.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Answer:
    """One answer, with its faults.

    A `body` of several pieces is sent piece by piece with `pause` seconds between them.
    `delay`: seconds before the first byte. `hang`: no answer at all until the server stops.
    `cut`: the connection is closed after so many bytes of the body, though the headers promise all of it.
    """

    body: bytes | Sequence[bytes] = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "text/plain; charset=utf-8"
    delay: float = 0
    pause: float = 0
    hang: bool = False
    cut: int | None = None

    @classmethod
    def json(cls, value: object, status: int = 200, **more: Any) -> Answer:
        return cls(json.dumps(value).encode(), status=status, content_type="application/json", **more)

    @property
    def pieces(self) -> Sequence[bytes]:
        pieces = [self.body] if isinstance(self.body, bytes) else self.body
        return pieces if self.cut is None else [b"".join(pieces)[: self.cut]]

    @property
    def length(self) -> int:
        return len(self.body) if isinstance(self.body, bytes) else sum(map(len, self.body))


@dataclass(frozen=True)
class Seen:
    """A request as it came in. `at` is the monotonic time; `peer` tells connections apart."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes
    at: float
    peer: tuple[str, int]

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    @property
    def json(self) -> Any:
        return json.loads(self.body)


Matches = Callable[[Seen], bool]


class Server:
    """Serves while the `with` block lasts, on any free port unless one is named.

    `most_at_once`: the largest number of requests answered at the same time.
    """

    def __init__(self, port: int = 0) -> None:
        self.seen: list[Seen] = []
        self.most_at_once = 0
        self.complaints: list[str] = []
        self.stopping = threading.Event()
        self._lines: list[tuple[Matches, Answer]] = []
        self._busy = 0
        self._lock = threading.Lock()
        self._http = _QuietServer(("127.0.0.1", port), _handler(self))
        self._http.complaints = self.complaints
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}"

    def script(self, *answers: Answer, when: Matches | None = None) -> Self:
        """Add lines: each is used once, by the first request that `when` accepts (any request without it)."""
        self._lines += [((lambda seen: True) if when is None else when, answer) for answer in answers]
        return self

    def answer(self, seen: Seen) -> Answer:
        """What is said when no script line is left; subclasses speak their wire format here."""
        self.complaints.append(f"nothing scripted for {seen.method} {seen.target}")
        return Answer(b"nothing scripted", status=500)

    def reply(self, seen: Seen) -> Answer:
        with self._lock:
            self.seen.append(seen)
            for line in self._lines:
                if line[0](seen):
                    self._lines.remove(line)
                    return line[1]
        return self.answer(seen)

    @contextmanager
    def counted(self) -> Iterator[None]:
        with self._lock:
            self._busy += 1
            self.most_at_once = max(self.most_at_once, self._busy)
        try:
            yield
        finally:
            with self._lock:
                self._busy -= 1

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.stopping.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()
        if kind is None:
            unused = [f"unused script line: {answer}" for _, answer in self._lines]
            assert not self.complaints + unused, "; ".join(self.complaints + unused)


class _QuietServer(ThreadingHTTPServer):
    daemon_threads = True
    complaints: list[str]

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is part of many tests; anything else is a fault of the stand-in itself."""
        error = sys.exc_info()[1]
        if not isinstance(error, OSError):
            self.complaints.append(repr(error))


def _handler(server: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # head and body are two writes: without this each answer waits 40 ms
        timeout = 30

        def handle_one(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length)
            headers = {name.lower(): value for name, value in self.headers.items()}
            seen = Seen(self.command, self.path, headers, body, monotonic(), self.client_address)
            with server.counted():
                self.send(server.reply(seen))

        do_GET = do_POST = do_HEAD = do_PURGE = handle_one  # noqa: N815 - the names are http.server's

        def send(self, answer: Answer) -> None:
            if server.stopping.wait(600 if answer.hang else answer.delay) or answer.hang:
                self.close_connection = True
                return
            self.send_head(answer)
            for number, piece in enumerate(answer.pieces):
                if number and server.stopping.wait(answer.pause):
                    break
                self.wfile.write(piece)
            self.close_connection = self.close_connection or answer.cut is not None or server.stopping.is_set()

        def send_head(self, answer: Answer) -> None:
            self.send_response(answer.status)
            known = {"Content-Type": answer.content_type, "Content-Length": str(answer.length)}
            for name, value in (known | dict(answer.headers)).items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is http.server's
            """Requests are recorded, not printed."""

    return Handler
