"""A cache in files for each test, or in Redis; and what happens at a transaction's end."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import redis
from django.core.cache import caches
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from tests.weekly.caching.reading import Reader
from weekly.caching.stamps import table_at


@pytest.fixture(autouse=True)
def cached(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Pages are kept in a folder of the test's own, and 8 MB of stamps in memory no longer than the test."""
    kept = {"BACKEND": "weekly.caching.files.FileCache", "LOCATION": tmp_path / "pages"}
    settings.CACHES = {**settings.CACHES, "digest": kept}
    yield
    with suppress(AttributeError):  # not asked for in this thread, which would hold it for as long as it lives
        del caches["digest"]
    table_at.cache_clear()


@pytest.fixture
def redis_address() -> Iterator[tuple[str, str]]:
    """A Redis, and the prefix of what a test keeps there; nothing of that is left behind."""
    address, prefix = "redis://127.0.0.1:6379/9", f"test-{uuid4().hex}"
    with redis.Redis.from_url(address) as server:
        try:
            server.ping()
        except redis.ConnectionError:
            give_up = pytest.fail if os.environ.get("DIGEST_TEST_ALL") else pytest.skip
            give_up("no Redis here")
        yield address, prefix
        for key in server.scan_iter(f"{prefix}:*"):
            server.delete(key)


@pytest.fixture
def in_redis(settings: Any, cached: None, redis_address: tuple[str, str]) -> None:
    """Pages are kept in Redis."""
    address, prefix = redis_address
    settings.CACHES = {**settings.CACHES, "digest": redis_cache(address, KEY_PREFIX=prefix)}


def redis_cache(address: str, patience: float = 60, **options: Any) -> dict[str, Any]:
    """`patience`: seconds after which a server that says nothing is away."""
    limits = {"socket_connect_timeout": patience, "socket_timeout": patience}
    return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": address, "OPTIONS": limits, **options}


@pytest.fixture(params=["files", "redis"])
def store(request: pytest.FixtureRequest, cached: None) -> str:
    """The test runs with each of them."""
    if request.param == "redis":
        request.getfixturevalue("in_redis")
    return request.param


@pytest.fixture
def server(cached: None) -> Iterator[LiveServer]:
    """The site as a real server, which answers each connection in a thread; begun after the cache was chosen."""
    found = LiveServer("localhost")
    yield found
    found.stop()


@pytest.fixture
def reader(cached: None) -> Reader:
    return Reader(Client())


@pytest.fixture
def done(django_capture_on_commit_callbacks: Callable[..., Any]) -> Callable[[], AbstractContextManager[Any]]:
    """What is changed within is committed at its end."""
    return lambda: django_capture_on_commit_callbacks(execute=True)
