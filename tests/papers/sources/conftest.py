"""Clients that may reach the stand-ins on loopback, and never wait in earnest."""

from __future__ import annotations

import pytest

from papers.sources.http import HttpClient, HttpOptions


@pytest.fixture
def naps() -> list[float]:
    """The pauses that the client made, in seconds."""
    return []


@pytest.fixture
def http(naps: list[float]) -> HttpClient:
    options = HttpOptions(allow_private=True, connect_timeout=60, read_timeout=60, deadline=60, max_wait=60, retries=3)
    return HttpClient(options, sleep=naps.append)


@pytest.fixture
def hasty(naps: list[float]) -> HttpClient:
    """Gives up where a whole answer takes long."""
    return HttpClient(HttpOptions(allow_private=True, read_timeout=60, deadline=0.4, retries=0), sleep=naps.append)


@pytest.fixture
def once(naps: list[float]) -> HttpClient:
    """Asks no second time, and gives up where no byte comes for a while."""
    return HttpClient(HttpOptions(allow_private=True, read_timeout=0.5, deadline=60, retries=0), sleep=naps.append)
