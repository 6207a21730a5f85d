"""The page cache as readers meet it who come first: nothing is found whole, and of its parts as many as a row wants."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from bench.rows import BUT_VOICES, NOTHING
from weekly.caching.entries import Part
from weekly.caching.middleware import PageCache
from weekly.caching.shelf import Shelf

AROUND = {"masthead", "colophon"}  # parts that belong to no page: the first reader of another page made them


class FirstCome(PageCache):
    """Everything is done that a first reader's answer takes, keeping it included; only nothing is found."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        super().__init__(get_response)
        self.shelf = _Forgetful(self.shelf.alias) if self.shelf else None


class _Forgetful(Shelf):
    def find(self, key: str) -> Any:
        return None

    def find_parts(self, key: str) -> dict[str, Part]:
        found = super().find_parts(key)
        if os.environ["BENCH_FINDS"] == BUT_VOICES:
            found.pop("voices", None)
        return {name: found[name] for name in found.keys() & AROUND} if os.environ["BENCH_FINDS"] == NOTHING else found
