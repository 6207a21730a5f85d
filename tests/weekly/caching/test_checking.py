"""A site whose cache cannot keep pages, or whose CDN cannot be purged, is told so."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.checks import run_checks

LOCAL = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
DUMMY = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
REDIS = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:9"}


def warned() -> list[str]:
    return [message.msg for message in run_checks() if message.id == "weekly.W020"]


@pytest.mark.parametrize("cache", [LOCAL, DUMMY], ids=["local", "dummy"])
def test_a_cache_of_one_process_is_told_of(settings: Any, cache: dict[str, str]) -> None:
    settings.CACHES = {"default": LOCAL, "digest": cache}
    (told,) = warned()
    assert "“digest”" in told


def test_without_a_cache_of_its_own_the_default_one_counts(settings: Any) -> None:
    settings.CACHES = {"default": LOCAL}
    (told,) = warned()
    assert "“default”" in told


def test_a_cache_in_files_is_in_order(settings: Any) -> None:
    assert warned() == []


@pytest.mark.parametrize("name", ["default", "digest"])
def test_a_cache_server_is_in_order_also_while_it_is_away(settings: Any, name: str) -> None:
    settings.CACHES = {"default": LOCAL, name: REDIS}
    assert warned() == []


def test_a_developers_machine_hears_nothing(settings: Any) -> None:
    settings.CACHES, settings.DEBUG = {"default": LOCAL}, True
    assert warned() == []


# CDNs

CDN = {"varnish": {"BACKEND": "wagtail.contrib.frontend_cache.backends.HTTPBackend", "LOCATION": "http://127.0.0.1:9"}}


def told_of_cdns() -> list[str]:
    return [str(message.id) for message in run_checks() if message.id in {"weekly.E021", "weekly.W021", "weekly.W022"}]


@contextmanager
def silenced(log: str) -> Iterator[None]:
    """As LOGGING can do it."""
    logging.getLogger(log).disabled = True
    yield
    logging.getLogger(log).disabled = False


def test_a_site_without_a_cdn_hears_nothing(settings: Any) -> None:
    assert told_of_cdns() == []


@pytest.mark.parametrize("value", ["600", -1, 1.5, None, True])
def test_a_time_that_is_none_is_told_of(digest: Any, value: Any) -> None:
    digest(CDN_SECONDS=value)
    assert told_of_cdns() == ["weekly.E021"]


def test_a_cdn_that_nobody_can_purge_is_told_of(digest: Any) -> None:
    digest(CDN_SECONDS=600)
    assert told_of_cdns() == ["weekly.W021"]


@pytest.mark.parametrize("name", ["WAGTAILFRONTENDCACHE", "WAGTAILFRONTENDCACHE_LOCATION"])
def test_one_that_can_be_purged_is_in_order(settings: Any, digest: Any, name: str) -> None:
    digest(CDN_SECONDS=600)
    setattr(settings, name, CDN if name == "WAGTAILFRONTENDCACHE" else CDN["varnish"]["LOCATION"])
    assert told_of_cdns() == []


def test_failures_that_nobody_would_hear_of_are_told_of(settings: Any, digest: Any) -> None:
    digest(CDN_SECONDS=600)
    settings.WAGTAILFRONTENDCACHE = CDN
    with silenced("wagtail.frontendcache"):
        assert told_of_cdns() == ["weekly.W022"]
