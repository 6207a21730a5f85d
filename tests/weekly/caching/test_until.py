"""How long an answer is kept at most, however often something else changes."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial

import pytest

from weekly.caching.entries import Body, Entry
from weekly.caching.parts import Parts
from weekly.caching.shelf import KEPT, Shelf

KEY = "page.x"
LEFT = 3  # seconds, in which a busy machine finds it once


@pytest.fixture
def shelf() -> Shelf:
    """With an answer that shows `own`, and has a few seconds left."""
    shelf = Shelf("digest")
    made = partial(Entry, status=200, headers={}, vary=(), body=Body.of(b"x"))
    shelf.keep(KEY, made, {"own"}, shelf.begin())
    shelf.cache.set(KEY, replace(shelf.find(KEY), until=time.time() + LEFT), KEPT)
    return shelf


def test_what_is_found_true_again_lasts_no_longer(shelf: Shelf) -> None:
    shelf.drop(["other"])
    assert shelf.find(KEY) is not None
    time.sleep(LEFT + 1)
    assert shelf.find(KEY) is None


def test_what_has_no_time_left_is_not_found_true_again(shelf: Shelf) -> None:
    shelf.cache.set(KEY, replace(shelf.find(KEY), until=time.time() - 1), KEPT)
    shelf.drop(["other"])
    assert shelf.find(KEY) is None


def test_an_answer_begins_with_all_of_its_time() -> None:
    shelf = Shelf("digest")
    shelf.keep(KEY, partial(Entry, status=200, headers={}, vary=(), body=Body.of(b"x")), {"own"}, shelf.begin())
    assert shelf.find(KEY).until == pytest.approx(time.time() + KEPT, abs=60)


def test_what_is_put_together_from_an_older_part_lasts_no_longer_than_that() -> None:
    shelf, soon = Shelf("digest"), time.time() + LEFT
    first = Parts(shelf, shelf.begin())
    first.until = soon
    assert first.find("page", "text") is None
    first.add("page", "text", "<p>", {"own"})
    first.keep()
    second = Parts(shelf, shelf.begin())
    assert second.find("page", "text").html == "<p>"
    assert second.until == soon
