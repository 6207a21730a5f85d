"""Whatever editors do: no answer that is kept differs from one that is made anew.

ORACLE_STEPS=100 ORACLE_SEEDS=1,2,3 ORACLE_HASTE=1 in the environment make a run of some six minutes; without them it is
one of a minute.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from tests.weekly.caching.acting import ACTIONS, Cast, addresses, make_site
from tests.weekly.caching.reading import Reader

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
STEPS = int(os.environ.get("ORACLE_STEPS", "12"))  # actions of one seed
SEEDS = [int(seed) for seed in os.environ.get("ORACLE_SEEDS", "1,2").split(",")]
HASTE = int(os.environ.get("ORACLE_HASTE", "4"))  # rows between two visits of who reads in the middle
NOT_KEPT = {"messages": "none"}  # whoever sends this cookie gets an answer of their own


def told(response: HttpResponse) -> tuple[int, bytes, str | None]:
    """All that an answer says. A feed without items says when it was asked for."""
    content = response.content
    if b"<rss" in content and b"<item>" not in content or b"<feed" in content and b"<entry>" not in content:
        content = re.sub(rb"<(lastBuildDate|updated)>[^<]*", b"", content)
    return response.status_code, content, response.headers.get("Location")


def stale(reader: Reader, places: list[str]) -> list[str]:
    """The addresses whose answer is not true. One that is made just now has kept parts, and what is remembered."""
    anew = Reader(Client())
    anew.client.cookies.load(NOT_KEPT)  # for whom neither are used
    return [place for place in places if told(reader.get(place)) != told(anew.get(place))]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_row_of_actions_leaves_nothing_stale(reader: Reader, seed: int) -> None:
    cast, done = make_site(seed), []
    for _step in range(STEPS):
        act = cast.chance.choice(ACTIONS)
        act(cast)
        done.append(act.__name__)
        assert stale(reader, addresses(cast)) == [], done


class Hasty:
    """A reader who comes after every HASTE rows that are written, in the middle of everything."""

    def __init__(self, reader: Reader, cast: Cast) -> None:
        self.reader, self.cast, self.reads, self.rows = reader, cast, False, 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        self.rows += (written := not self.reads and sql.startswith(("INSERT", "UPDATE", "DELETE")))
        if written and self.rows % HASTE == 0:
            self.reads = True
            for address in ("/", "/papers/", "/tags/", "/tags/agents/", "/papers/p1/", "/api/v1/papers", "/weeks/"):
                self.reader.client.get(address)
            self.reads = False
        return result


@pytest.mark.parametrize("act", ACTIONS, ids=lambda act: act.__name__)
def test_who_reads_in_the_middle_of_a_change_keeps_nothing_stale(reader: Reader, act: Callable[[Cast], None]) -> None:
    cast = make_site(3)
    with connection.execute_wrapper(Hasty(reader, cast)):
        act(cast)
    assert stale(reader, addresses(cast)) == []
