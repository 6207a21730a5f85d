"""What all tests share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests.editing import log_in
from tests.servers.llm import ModelServer


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real lists and recorded answers, where they lie beside the checkout; else the test is left out."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real data is not here")
    return folder


@pytest.fixture(autouse=True)
def _forget() -> None:
    """No test meets the limits that the posts of another one filled. What else is in the cache stays."""
    cache.delete_many([key.split(":", 2)[2] for key in cache._cache if "weekly.hearing." in key])


@pytest.fixture
def digest(settings: Any) -> Callable[..., None]:
    """Change values of the plugin's settings for one test."""

    def change(**values: Any) -> None:
        settings.DIGEST = {**settings.DIGEST, **values}

    return change


@pytest.fixture
def noon(settings: Any) -> None:
    """The site lies where it is past twelve now, so that no day and no hour of sending ends while a test runs."""
    ahead = 12 - datetime.now(UTC).hour
    settings.TIME_ZONE = f"Etc/GMT{-ahead:+d}"  # these zones are named the other way round


@pytest.fixture
def model(digest: Callable[..., None]) -> Iterator[ModelServer]:
    """A local server that drafts, instead of a paid one."""
    with ModelServer() as server:
        digest(OPENAI_BASE_URL=server.base_url, LLM_MODEL="tiny", LLM_MAX_RETRIES=0)
        yield server


@pytest.fixture
def alice(client: Client, db: None) -> Client:
    """The browser of an editor who may do everything."""
    return log_in(client)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A transactional test empties all tables; what migrations put there, Wagtail's root page first, has to come back."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker and marker.kwargs.get("transaction"):
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False)
