"""Posts are counted by address, page and site, and never so that an address could be read from the cache."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from tests.weekly.hearing.away import cache_away
from weekly.hearing.throttle import LIMITS, Limit, Throttle

PER_ADDRESS, PER_PAGE, PER_SITE = (
    next(limit.most for limit in LIMITS if limit.about == about) for about in ("address", "page", "site")
)


def post(times: int, address: str = "192.0.2.1", page_id: int = 1) -> Throttle:
    throttle = Throttle(address, page_id)
    for _ in range(times):
        throttle.count()
    return throttle


def wait_until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_nothing_is_full_before_anybody_posted() -> None:
    assert Throttle("192.0.2.1", 1).full() is None


def test_an_address_may_post_some_times_and_then_waits() -> None:
    throttle = post(PER_ADDRESS - 1)
    assert throttle.full() is None
    assert throttle.count() is None
    assert throttle.full().about == "address"


def test_who_posts_at_the_same_moment_as_others_is_counted_too() -> None:
    throttle = post(PER_ADDRESS)
    assert throttle.count().about == "address"


def test_the_time_to_wait_is_counted_from_the_first_post() -> None:
    first, later = (Throttle(address, 1, (Limit("address", 1, 3600),)) for address in ("192.0.2.1", "192.0.2.2"))
    first.count()
    time.sleep(1.5)
    later.count()
    assert first.full().wait < later.full().wait <= 3600


def test_what_was_counted_is_forgotten_and_then_counted_anew() -> None:
    throttle = Throttle("192.0.2.1", 1, (Limit("address", 1, 1),))
    for _time in range(2):
        assert throttle.count() is None
        wait_until(lambda: throttle.full() is None)


@pytest.mark.parametrize("cache_class", ["locmem.LocMemCache", "filebased.FileBasedCache"])
def test_nothing_is_forgotten_before_its_time(cache_class: str, settings: Any, tmp_path: Path) -> None:
    kept = {"BACKEND": f"django.core.cache.backends.{cache_class}", "LOCATION": str(tmp_path), "TIMEOUT": 1}
    settings.CACHES = {"default": kept}
    throttle = post(PER_ADDRESS)
    time.sleep(1.5)
    assert throttle.full().about == "address"


def test_another_address_is_free() -> None:
    post(PER_ADDRESS)
    assert Throttle("192.0.2.2", 1).full() is None


def test_a_page_takes_so_much_from_all_addresses_together() -> None:
    for number in range(PER_PAGE):
        post(1, f"192.0.2.{number}")
    assert Throttle("198.51.100.1", 1).full().about == "page"
    assert Throttle("198.51.100.1", 2).full() is None


def test_a_site_takes_so_much_on_all_pages_together() -> None:
    for number in range(PER_SITE):
        post(1, f"10.0.{number // 250}.{number % 250}", page_id=number)
    assert Throttle("198.51.100.1", 9999).full().about == "site"


@pytest.mark.parametrize(
    ("address", "neighbour"),
    [("2001:db8::1", "2001:db8::ffff:1"), ("::ffff:192.0.2.1", "192.0.2.1")],
)
def test_addresses_of_one_customer_count_as_one(address: str, neighbour: str) -> None:
    post(PER_ADDRESS, address)
    assert Throttle(neighbour, 2).full().about == "address"


def test_an_address_that_is_not_known_is_held_by_the_other_limits() -> None:
    assert post(PER_ADDRESS, "").full() is None
    assert post(PER_PAGE, "").full().about == "page"


def test_the_cache_never_sees_an_address() -> None:
    post(1, "192.0.2.77")
    assert len([key for key in cache._cache if "weekly.hearing." in key]) == 2 * len(LIMITS)
    assert not [key for key in cache._cache if "192.0.2.77" in key]


def test_where_the_cache_is_away_everybody_may_post(caplog: pytest.LogCaptureFixture) -> None:
    with cache_away(), caplog.at_level(logging.CRITICAL):
        assert post(PER_ADDRESS).full() is None


def test_a_cache_that_keeps_nothing_stops_nobody(settings: object) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    assert post(PER_ADDRESS + 1).full() is None
    assert cache.get("anything") is None
