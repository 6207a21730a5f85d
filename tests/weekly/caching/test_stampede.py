"""Twenty readers at once: one rendering."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
import requests
from django.test.signals import template_rendered
from pytest_django.live_server_helper import LiveServer

from tests.factories import make_paper, make_week

pytestmark = pytest.mark.django_db(transaction=True)
READERS = 20
SLOW = 0.3  # seconds that the page takes at least, so that all are there before it is done


@pytest.fixture
def rendered() -> Iterator[list[str]]:
    """The names of all pages that were rendered, each slowly."""
    names: list[str] = []

    def note(sender: Any, template: Any, **kwargs: Any) -> None:
        if str(template.name).endswith("_page.html"):
            names.append(template.name)
            time.sleep(SLOW)

    template_rendered.connect(note)
    yield names
    template_rendered.disconnect(note)


def at_once(addresses: list[str]) -> list[requests.Response]:
    """What readers get who all ask in the same moment."""
    start = Barrier(len(addresses))

    def ask(address: str) -> requests.Response:
        start.wait(timeout=30)
        return requests.get(address, timeout=30)

    with ThreadPoolExecutor(len(addresses)) as pool:
        return list(pool.map(ask, addresses))


@pytest.fixture
def site(store: str, server: LiveServer) -> LiveServer:
    make_week(make_paper(live=True, slug="one"), make_paper(live=True, slug="two"), live=True)
    return server


def test_twenty_readers_cost_one_rendering(site: LiveServer, rendered: list[str]) -> None:
    answers = at_once([f"{site}/papers/one/"] * READERS)
    assert rendered == ["papers/paper_page.html"]
    assert {(answer.status_code, answer.text) for answer in answers} == {(200, answers[0].text)}


def test_who_reads_another_page_waits_for_nobody(site: LiveServer, rendered: list[str]) -> None:
    at_once([f"{site}/papers/{slug}/" for slug in ("one", "two") for _reader in range(5)])
    assert rendered == ["papers/paper_page.html"] * 2


def test_a_drop_brings_one_new_rendering(site: LiveServer, rendered: list[str]) -> None:
    at_once([f"{site}/papers/one/"] * 2)
    rendered.clear()
    make_paper(live=True, slug="three")  # stands beside
    at_once([f"{site}/papers/one/"] * READERS)
    assert rendered == ["papers/paper_page.html"]
