from __future__ import annotations

import gzip
import socket
import threading
import tracemalloc
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from papers.errors import BlockedAddress, SourceRefused, SourceUnavailable, TooLarge, UnexpectedAnswer
from papers.sources.http import MAX_HOPS, HttpClient, HttpOptions, retry_after
from papers.sources.pacing import LocalPacer, NotYet, Pacer
from tests.servers.base import Answer, Server

MB = 1_000_000


def redirect(target: str, body: bytes = b"") -> Answer:
    return Answer(body, status=302, headers={"Location": target})


def test_it_gives_the_whole_answer_with_its_type_and_address(http: HttpClient) -> None:
    with Server() as server:
        server.script(Answer(b"hello", content_type="text/x"))
        response = http.get(server.url + "/a", max_bytes=MB)
    assert (response.status, response.content, response.content_type) == (200, b"hello", "text/x")
    assert response.url == server.url + "/a"


def test_it_says_who_it_is_and_what_it_takes(http: HttpClient) -> None:
    with Server() as server:
        server.script(Answer())
        http.get(server.url, max_bytes=MB, accept="application/pdf")
    headers = server.seen[0].headers
    assert (headers["user-agent"], headers["accept"]) == ("wagtail-paper-digest", "application/pdf")


def test_it_follows_a_redirect_and_tells_the_final_address(http: HttpClient) -> None:
    with Server() as server:
        server.script(redirect("b/%C3%BC?x=1"), Answer(b"there"))
        response = http.get(server.url + "/a/", max_bytes=MB)
    assert (response.url, response.content) == (server.url + "/a/b/%C3%BC?x=1", b"there")


def test_it_gives_up_on_redirects_that_never_end(http: HttpClient) -> None:
    with Server() as server:
        server.script(*[redirect("/again")] * MAX_HOPS)
        with pytest.raises(UnexpectedAnswer, match="too many redirects"):
            http.get(server.url, max_bytes=MB)


def test_the_body_of_a_redirect_is_not_read(http: HttpClient) -> None:
    with Server() as server:
        server.script(redirect("/b", b"x" * 5000), Answer(b"small"))
        assert http.get(server.url, max_bytes=10).content == b"small"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_refusal_is_told_at_once_and_never_retried(http: HttpClient, status: int) -> None:
    with Server() as server:
        server.script(Answer(b"no", status=status))
        with pytest.raises(SourceRefused, match=f"HTTP {status}") as refused:
            http.get(server.url, max_bytes=MB)
    assert not refused.value.retryable


def test_whoever_asks_may_read_a_refusal(http: HttpClient) -> None:
    with Server() as server:
        server.script(Answer(b"why not", status=400))
        response = http.ask(server.url, max_bytes=MB)
    assert (response.status, response.content) == (400, b"why not")


# Busy servers


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_it_waits_as_told_and_asks_again(http: HttpClient, naps: list[float], status: int) -> None:
    with Server() as server:
        server.script(Answer(status=status, headers={"Retry-After": "7"}), Answer(b"now"))
        assert http.get(server.url, max_bytes=MB).content == b"now"
    assert naps == [7]


def test_a_date_in_retry_after_is_waited_for(http: HttpClient, naps: list[float]) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=50), usegmt=True)
    with Server() as server:
        server.script(Answer(status=503, headers={"Retry-After": later}), Answer())
        http.get(server.url, max_bytes=MB)
    assert 0 < naps[0] <= 50


def test_it_backs_off_longer_each_time_where_nothing_is_told(http: HttpClient, naps: list[float]) -> None:
    with Server() as server:
        server.script(*[Answer(status=429)] * 3, Answer(b"at last"))
        assert http.get(server.url, max_bytes=MB).content == b"at last"
    assert all(0.75 * 2**n <= nap <= 1.5 * 2**n for n, nap in enumerate(naps))


def test_a_storm_of_429_ends_as_unavailable(http: HttpClient, naps: list[float]) -> None:
    with Server() as server:
        server.script(*[Answer(status=429, headers={"Retry-After": "2"})] * 4)
        with pytest.raises(SourceUnavailable, match="HTTP 429") as given_up:
            http.get(server.url, max_bytes=MB)
    assert (given_up.value.retryable, given_up.value.retry_after, naps) == (True, 2, [2, 2, 2])


def test_a_long_pause_is_handed_on_instead_of_waited_for(http: HttpClient, naps: list[float]) -> None:
    with Server() as server:
        server.script(Answer(status=503, headers={"Retry-After": "600"}))
        with pytest.raises(SourceUnavailable) as given_up:
            http.get(server.url, max_bytes=MB)
    assert (given_up.value.retry_after, naps) == (600, [])


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("12", 12),
        ("0", 0),
        ("99999999999", 86_400),
        ("Fri, 01 Jan 1999 00:00:00 GMT", 0),
        ("", None),
        ("soon", None),
        ("-3", None),
        ("٣", None),
    ],
)
def test_retry_after_is_read_with_care(value: str, seconds: float | None) -> None:
    assert retry_after(value) == seconds


# Slow and broken servers


def test_a_hanging_server_is_left(once: HttpClient) -> None:
    with Server() as server:
        server.script(Answer(hang=True))
        with pytest.raises(SourceUnavailable, match="ReadTimeout"):
            once.get(server.url, max_bytes=MB)


def test_a_server_that_trickles_bytes_is_cut_off_at_the_deadline(hasty: HttpClient) -> None:
    with Server() as server:
        server.script(Answer([b"x"] * 100, pause=0.05))
        with pytest.raises(SourceUnavailable, match=r"no whole answer within 0\.4 s"):
            hasty.get(server.url, max_bytes=MB)


@contextmanager
def raw_server(*sent: bytes) -> Iterator[str]:
    """Accepts one connection, sends these bytes without looking at the request, and closes after the client."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                for piece in sent:
                    connection.sendall(piece)
                    if stopped.wait(0.05):
                        return

        stopped = threading.Event()
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        stopped.set()
        thread.join()


def test_headers_that_trickle_are_cut_off_too(hasty: HttpClient) -> None:
    lines = [b"HTTP/1.1 200 OK\r\n", *[b"X: y\r\n"] * 50]
    with raw_server(*lines) as url, pytest.raises(SourceUnavailable, match="no whole answer"):
        hasty.get(url, max_bytes=MB)


def test_a_tls_handshake_that_trickles_is_cut_off_too(hasty: HttpClient) -> None:
    record = [b"\x16\x03\x03\x40\x00", *[b"\x02"] * 50]
    with raw_server(*record) as url, pytest.raises(SourceUnavailable, match="no whole answer"):
        hasty.get(url.replace("http:", "https:"), max_bytes=MB)


def test_an_answer_of_undeclared_length_is_not_taken_for_whole_at_the_deadline(hasty: HttpClient) -> None:
    pieces = [b"HTTP/1.1 200 OK\r\n\r\n", *[b"x"] * 50]
    with raw_server(*pieces) as url, pytest.raises(SourceUnavailable, match="no whole answer"):
        hasty.get(url, max_bytes=MB)


def test_a_cut_answer_is_asked_for_again(http: HttpClient, naps: list[float]) -> None:
    with Server() as server:
        server.script(Answer(b"0123456789", cut=4), Answer(b"0123456789"))
        assert http.get(server.url, max_bytes=MB).content == b"0123456789"
    assert len(naps) == 1


def test_a_server_that_is_not_there_is_unavailable(once: HttpClient) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(SourceUnavailable, match="ConnectionError") as error:
        once.get(f"http://127.0.0.1:{port}", max_bytes=MB)
    assert error.value.retryable


def test_an_answer_that_is_no_http_is_unavailable(once: HttpClient) -> None:
    with raw_server(b"SSH-2.0-OpenSSH_9.6\r\n\r\n") as url, pytest.raises(SourceUnavailable):
        once.get(url, max_bytes=MB)


# Size


def test_a_declared_size_over_the_limit_is_not_downloaded(http: HttpClient) -> None:
    with Server() as server:
        server.script(Answer(b"x" * 1001))
        with pytest.raises(TooLarge, match=r"0\.001 MB"):
            http.get(server.url, max_bytes=1000)


def test_an_undeclared_size_is_counted(http: HttpClient) -> None:
    chunks = b"".join(b"3e8\r\n" + b"x" * 1000 + b"\r\n" for _ in range(2)) + b"0\r\n\r\n"
    with raw_server(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks) as url, pytest.raises(TooLarge):
        http.get(url, max_bytes=1999)


def test_a_compressed_answer_is_inflated(http: HttpClient) -> None:
    with Server() as server:
        server.script(Answer(gzip.compress(b"feed"), headers={"Content-Encoding": "gzip"}))
        assert http.get(server.url, max_bytes=100).content == b"feed"


@pytest.fixture
def traced() -> Iterator[None]:
    tracemalloc.start()
    yield
    tracemalloc.stop()


@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.usefixtures("traced")
def test_a_gzip_bomb_is_stopped_before_it_fills_the_memory(http: HttpClient, layers: int) -> None:
    bomb = bytes(60 * MB)
    for _ in range(layers):
        bomb = gzip.compress(bomb)
    with Server() as server:
        server.script(Answer(bomb, headers={"Content-Encoding": ", ".join(["gzip"] * layers)}))
        tracemalloc.reset_peak()
        with pytest.raises(TooLarge):
            http.get(server.url, max_bytes=MB)
    assert tracemalloc.get_traced_memory()[1] < 10 * MB


def test_broken_compression_is_no_answer(once: HttpClient) -> None:
    with Server() as server:
        server.script(Answer(zlib.compress(b"x")[3:], headers={"Content-Encoding": "gzip"}))
        with pytest.raises(SourceUnavailable, match="ContentDecodingError"):
            once.get(server.url, max_bytes=MB)


# Private addresses


@pytest.fixture
def public_only() -> HttpClient:
    return HttpClient(HttpOptions(retries=0))


def test_a_server_on_loopback_is_refused_before_it_sees_a_request(public_only: HttpClient) -> None:
    with Server() as server, pytest.raises(BlockedAddress):
        public_only.get(server.url, max_bytes=MB)
    assert server.seen == []


def test_https_is_guarded_as_well(public_only: HttpClient) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises(BlockedAddress):
        public_only.get(f"https://127.0.0.1:{server.getsockname()[1]}", max_bytes=MB)


@pytest.mark.parametrize("host", ["localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0"])
def test_no_other_spelling_of_loopback_gets_through(public_only: HttpClient, host: str) -> None:
    with Server() as server, pytest.raises(BlockedAddress):
        public_only.get(server.url.replace("127.0.0.1", host), max_bytes=MB)
    assert server.seen == []


def test_an_ipv4_server_is_not_reached_through_a_mapped_ipv6_address(public_only: HttpClient) -> None:
    with Server() as server, pytest.raises((BlockedAddress, SourceUnavailable)):
        public_only.get(server.url.replace("127.0.0.1", "[::ffff:127.0.0.1]"), max_bytes=MB)
    assert server.seen == []


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/a",
        "gopher://x/",
        "//example.org",
        "x",
        "",
        "http://",
        "http://[::1",
        "http://a:b/",
    ],
)
def test_only_web_addresses_are_fetched(public_only: HttpClient, url: str) -> None:
    with pytest.raises(BlockedAddress):
        public_only.get(url, max_bytes=MB)


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "http://[bad"])
def test_a_redirect_cannot_leave_the_web(http: HttpClient, target: str) -> None:
    with Server() as server:
        server.script(redirect(target))
        with pytest.raises(BlockedAddress, match="file|ftp|bad"):
            http.get(server.url, max_bytes=MB)


def test_each_hop_of_a_redirect_is_checked() -> None:
    """127.0.0.1 counts as public here, so that there is a first hop to be redirected from."""
    http = HttpClient(HttpOptions(retries=0), is_public=lambda address: address == "127.0.0.1")
    with Server() as server, socket.create_server(("127.0.0.2", 0)) as private:
        server.script(redirect(f"http://127.0.0.2:{private.getsockname()[1]}/secret"))
        with pytest.raises(BlockedAddress, match=r"127\.0\.0\.2:\d+/secret"):
            http.get(server.url, max_bytes=MB)


# Pacing


class Recorded:
    """A pacer that lets everybody pass and remembers what it was told."""

    def __init__(self) -> None:
        self.turns = 0
        self.pushed: list[float] = []

    @contextmanager
    def turn(self, max_wait: float) -> Iterator[None]:
        self.turns += 1
        yield

    def push_back(self, seconds: float) -> None:
        self.pushed.append(seconds)


def test_each_request_takes_a_turn_redirects_and_retries_included(http: HttpClient) -> None:
    pacer = Recorded()
    with Server() as server:
        server.script(redirect("/b"), Answer(status=503, headers={"Retry-After": "9"}), redirect("/b"), Answer())
        http.get(server.url, max_bytes=MB, pacer=pacer)
    assert (pacer.turns, pacer.pushed) == (4, [9])


def test_no_two_requests_run_at_once_under_one_pacer(http: HttpClient) -> None:
    pacer = LocalPacer(0)
    with Server() as server, ThreadPoolExecutor(4) as pool:
        server.script(*[Answer([b"a", b"b"], pause=0.01)] * 4)
        assert list(pool.map(lambda _: http.get(server.url, max_bytes=9, pacer=pacer).content, range(4))) == [b"ab"] * 4
    assert server.most_at_once == 1


def test_a_pause_that_another_request_was_told_is_handed_on(http: HttpClient) -> None:
    pacer: Pacer = LocalPacer(0)
    with pacer.turn(1):
        pacer.push_back(3600)
    with pytest.raises(SourceUnavailable) as early:
        http.get("http://127.0.0.1:9/", max_bytes=MB, pacer=pacer)
    assert isinstance(early.value.__cause__, NotYet)
    assert 3500 < (early.value.retry_after or 0) <= 3600
