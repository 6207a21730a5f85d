"""A local server that gives out the sample notes the way arXiv gives out papers.

It answers `/api/query?id_list=…` with an Atom feed in arXiv's form and `/pdf/{id}` with a PDF, so that the demo runs
through the same code as real papers and needs no network.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

from digestsite.sample.feed import error_feed, notes_feed
from digestsite.sample.notes import Note, load_notes
from papers.errors import MalformedArxivId
from papers.paper import ArxivId


def find_note(ref: str) -> Note | None:
    """The note with this id; each note has one version, so `v1` or no version. Raises MalformedArxivId."""
    wanted = ArxivId.parse(ref)
    return load_notes().get(wanted.id) if wanted.version in (None, 1) else None


def find_notes(refs: Sequence[str]) -> list[Note]:
    """The notes with these ids in their order; unknown ones are left out, as arXiv does."""
    return [note for note in map(find_note, refs) if note is not None]


class SampleHandler(BaseHTTPRequestHandler):
    """Answers GET alone, with a length, so that a client may keep its connection."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:  # noqa: N802 (the name that http.server looks for)
        url = urlsplit(self.path)
        if url.path == "/api/query":
            self._query(parse_qs(url.query))
        elif url.path.startswith("/pdf/"):
            self._pdf(url.path.removeprefix("/pdf/").removesuffix(".pdf"))
        else:
            self._answer(404, "text/plain; charset=utf-8", b"Not found\n")

    def _query(self, query: dict[str, list[str]]) -> None:
        refs = [ref for ref in ",".join(query.get("id_list", [])).split(",") if ref]
        start, size = (_number(query, name, default) for name, default in (("start", 0), ("max_results", 10)))
        try:
            status, feed = 200, notes_feed(refs, find_notes(refs), self._base(), start=start, size=size)
        except MalformedArxivId as error:
            status, feed = 400, error_feed(str(error), self._base())
        self._answer(status, "application/atom+xml; charset=utf-8", feed)

    def _pdf(self, ref: str) -> None:
        try:
            note = find_note(ref)
        except MalformedArxivId:
            note = None
        if note is None:
            self._answer(404, "text/plain; charset=utf-8", b"No such paper\n")
        else:
            self._answer(200, "application/pdf", note.pdf.read_bytes())

    def _base(self) -> str:
        host, port = self.server.server_address[:2]
        return f"http://{host}:{port}"

    def _answer(self, status: int, content_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its name in the base class)
        """Says nothing: the demo's terminal belongs to its progress bar."""


def _number(query: dict[str, list[str]], name: str, default: int) -> int:
    value = query.get(name, [""])[0]
    return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else default


@contextmanager
def serve_samples(port: int = 0) -> Iterator[str]:
    """Serve the sample notes on 127.0.0.1 until the block ends, and give the base address without a slash at its end.

    ARXIV_API_URL is the address and `/api/query`, ARXIV_PDF_URL the address and `/pdf/{id}`. Port 0 takes a free port;
    raises OSError where another port is taken.
    """
    with ThreadingHTTPServer(("127.0.0.1", port), SampleHandler) as server:
        Thread(target=server.serve_forever, name="sample papers", daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
