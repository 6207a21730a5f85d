"""A cache server that is away, hangs, and comes back: pages are there all the time, and never old."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from typing import Any

import pytest
import redis
from django.test import Client

from papers.models import PaperPage
from tests.factories import make_paper
from tests.weekly.caching.conftest import redis_cache
from tests.weekly.caching.reading import Reader
from weekly.caching import shelf

pytestmark = pytest.mark.django_db(transaction=True)


class RedisServer:
    """A Redis of the test's own, which can be stopped and started on the same port."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"redis://127.0.0.1:{self.port}/0"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        with redis.Redis.from_url(self.address) as asker:
            end = time.monotonic() + 60
            while not _answers(asker):
                assert time.monotonic() < end
                time.sleep(0.05)

    def tell(self, number: signal.Signals) -> None:
        assert self.process
        self.process.send_signal(number)

    def stop(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()


def _answers(asker: redis.Redis) -> bool:
    try:
        return bool(asker.ping())
    except redis.ConnectionError:
        return False


@pytest.fixture
def server(settings: Any, cached: None) -> Iterator[RedisServer]:
    """Pages are kept there; nobody listens yet."""
    if not shutil.which("redis-server"):
        give_up = pytest.fail if os.environ.get("DIGEST_TEST_ALL") else pytest.skip
        give_up("no redis-server here")
    server = RedisServer()
    settings.CACHES = {**settings.CACHES, "digest": redis_cache(server.address, patience=2)}
    yield server
    server.stop()


@pytest.fixture
def paper() -> PaperPage:
    return make_paper(live=True, slug="one")


@pytest.fixture
def reader(server: RedisServer, paper: PaperPage) -> Reader:
    return Reader(Client())


def later() -> None:
    """The time has come to ask again."""
    found = shelf.get_shelf()
    assert found
    assert found.away_until - time.monotonic() <= shelf.AWAY
    found.away_until = min(found.away_until, time.monotonic())


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the shelf wrote into the log, since the data was made."""
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    return [record.message for record in records if record.name == shelf.__name__]


def test_without_a_cache_server_pages_are_made_for_each_reader(reader: Reader) -> None:
    answers = [reader.get("/papers/one/") for _time in range(3)]
    assert [(answer.status_code, answer.was_kept) for answer in answers] == [(200, False)] * 3
    assert len({answer.headers["ETag"] for answer in answers}) == 1


def test_that_it_is_away_is_told_once(reader: Reader, caplog: pytest.LogCaptureFixture) -> None:
    for _time in range(3):
        later()
        reader.get("/papers/one/")
    assert told(caplog) == ["The page cache is away: pages are rendered for everybody"]


def test_pages_are_published_without_it(reader: Reader, paper: PaperPage) -> None:
    paper.summary = "新しい要約です。"
    paper.save_revision().publish()
    assert "新しい要約です。" in reader.get("/papers/one/").content.decode()


def test_once_it_is_there_pages_are_kept(server: RedisServer, reader: Reader, caplog: pytest.LogCaptureFixture) -> None:
    assert reader.has("/papers/one/", "/papers/one/") == [False, False]
    server.start()
    later()
    assert reader.has("/papers/one/", "/papers/one/") == [False, True]
    assert told(caplog)[-1] == "The page cache is back"


def test_what_changed_while_it_hung_is_new_when_it_is_back(
    server: RedisServer, reader: Reader, paper: PaperPage
) -> None:
    server.start()
    later()
    reader.fill("/papers/one/")
    server.tell(signal.SIGSTOP)
    paper.summary = "新しい要約です。"
    paper.save_revision().publish()
    server.tell(signal.SIGCONT)
    later()
    assert "新しい要約です。" in reader.get("/papers/one/").content.decode()


def test_a_server_that_hangs_keeps_nobody_from_reading(
    server: RedisServer, reader: Reader, caplog: pytest.LogCaptureFixture
) -> None:
    server.start()
    later()
    reader.fill("/papers/one/")
    server.tell(signal.SIGSTOP)
    assert [reader.get("/papers/one/").status_code for _time in range(5)] == [200] * 5
    assert told(caplog)[-1] == "The page cache is away: pages are rendered for everybody"
