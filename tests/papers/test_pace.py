"""The pause between requests, shared through the database by all processes of the site."""

from __future__ import annotations

import threading
import time
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.utils import timezone

from papers.models import SourcePace
from papers.pace import HOLD, DatabasePacer
from papers.sources.pacing import NotYet

pytestmark = pytest.mark.django_db


def test_the_first_turn_comes_at_once_and_puts_off_the_next() -> None:
    with DatabasePacer("arxiv", 600).turn(max_wait=10):
        pass
    assert 500 < (SourcePace.objects.get().next_at - timezone.now()).total_seconds() <= 600


def test_a_pause_longer_than_one_will_wait_is_told() -> None:
    pacer = DatabasePacer("arxiv", 3)
    with pacer.turn(max_wait=10):
        pacer.push_back(600)
    with pytest.raises(NotYet) as told, pacer.turn(max_wait=10):
        pass
    assert 500 < told.value.seconds <= 600


def test_a_short_pause_does_not_shorten_a_long_one() -> None:
    pacer = DatabasePacer("arxiv", 0)
    with pacer.turn(max_wait=1):
        pacer.push_back(600)
        pacer.push_back(1)
    assert (SourcePace.objects.get().next_at - timezone.now()).total_seconds() > 500


def test_hosts_wait_for_themselves_only() -> None:
    with DatabasePacer("arxiv", 600).turn(max_wait=1), DatabasePacer("elsewhere", 600).turn(max_wait=1):
        assert SourcePace.objects.count() == 2


def test_a_turn_that_a_dead_process_held_is_free_again() -> None:
    past = timezone.now() - HOLD
    SourcePace.objects.create(host="arxiv", next_at=past, holder="dead", held_until=past + timedelta(seconds=1))
    with DatabasePacer("arxiv", 0).turn(max_wait=1):
        assert SourcePace.objects.get().holder != "dead"


def test_a_turn_is_given_back_after_a_failure() -> None:
    with pytest.raises(ZeroDivisionError), DatabasePacer("arxiv", 0).turn(max_wait=1):
        raise ZeroDivisionError
    assert SourcePace.objects.get().holder == ""


@pytest.mark.django_db(transaction=True)
def test_turns_of_many_threads_never_overlap_and_keep_their_distance() -> None:
    spans: list[tuple[float, float]] = []
    next_ones: list[datetime] = []  # when each turn lets the next one begin: its own beginning, and the delay

    def ask() -> None:
        with DatabasePacer("arxiv", 0.1).turn(max_wait=300):
            started = time.monotonic()
            next_ones.append(SourcePace.objects.get().next_at)
            spans.append((started, time.monotonic()))
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    spans.sort()
    assert all(later[0] >= earlier[1] for earlier, later in pairwise(spans))
    assert all(later - earlier >= timedelta(seconds=0.1) for earlier, later in pairwise(next_ones))
