"""A stand-in model server for the tests of the port."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers.llm import ModelServer


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer() as server:
        yield server
