"""Files and Redis do the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from papers.models import PaperPage
from tests.factories import make_paper, make_week
from tests.weekly.caching.reading import Reader
from weekly.caching.shelf import Shelf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("store")]


@pytest.fixture
def paper(store: str) -> PaperPage:
    paper = make_paper(live=True, slug="one", tags=["agents"], qas=1)
    make_week(paper, live=True)
    return paper


@pytest.fixture
def reader(store: str) -> Reader:
    return Reader(Client())


@pytest.mark.parametrize("address", ["/", "/papers/one/", "/tags/agents/", "/feeds/papers.json", "/api/v1/papers"])
def test_an_answer_is_made_once(reader: Reader, paper: PaperPage, address: str) -> None:
    first, second = reader.get(address), reader.get(address)
    assert (first.was_kept, second.was_kept) == (False, True)
    assert (second.content, dict(second.headers)) == (first.content, dict(first.headers))


def test_who_has_the_page_already_is_told_so(reader: Reader, paper: PaperPage) -> None:
    reader.fill(paper)
    again = reader.get(paper, if_none_match=reader.get(paper).headers["ETag"])
    assert (again.status_code, again.was_kept) == (304, True)


def test_a_change_drops_what_shows_it_and_leaves_the_rest(
    reader: Reader, paper: PaperPage, done: Callable[[], Any]
) -> None:
    reader.fill("/papers/one/", "/weeks/", "/corrections/")
    with done():
        paper.summary = "新しい要約です。"
        paper.save_revision().publish()
    assert reader.has("/papers/one/", "/corrections/") == [False, True]
    assert "新しい要約です。" in reader.get(paper).content.decode()


def test_what_was_dropped_while_an_answer_was_made_keeps_it_out(paper: PaperPage) -> None:
    shelf = Shelf("digest")
    begun = shelf.begin()
    shelf.drop(["something else"])
    shelf.keep("page.x", dict, ["one"], begun)
    assert caches["digest"].get("page.x") is None


def test_one_of_two_claims_the_making(paper: PaperPage) -> None:
    shelf = Shelf("digest")
    assert [shelf.claim("page.x"), shelf.claim("page.x")] == [True, False]
    shelf.release("page.x")
    assert shelf.claim("page.x")


def test_an_entry_takes_the_place_of_the_one_before(paper: PaperPage) -> None:
    cache = caches["digest"]
    for value in ("first", "second"):
        cache.set("page.x", value)
        assert cache.get("page.x") == value
    cache.delete("page.x")
    assert cache.get("page.x") is None
