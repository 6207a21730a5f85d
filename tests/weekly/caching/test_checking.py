"""A site whose cache cannot keep pages is told so."""

from __future__ import annotations

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
