from __future__ import annotations

import threading

import pytest

from papers.sources.pacing import LocalPacer, NotYet


class Clock:
    """A clock that moves only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pacer(clock: Clock) -> LocalPacer:
    return LocalPacer(3, clock=clock, sleep=clock.sleep)


def test_the_first_turn_comes_at_once_and_the_next_after_the_delay(clock: Clock, pacer: LocalPacer) -> None:
    for _ in range(3):
        with pacer.turn(10):
            pass
    assert clock.slept == [3, 3]


def test_a_turn_that_lasted_longer_than_the_delay_is_followed_at_once(clock: Clock, pacer: LocalPacer) -> None:
    with pacer.turn(10):
        clock.now += 5
    with pacer.turn(10):
        assert clock.slept == []


def test_a_pause_that_the_host_asks_for_keeps_all_others_waiting(clock: Clock, pacer: LocalPacer) -> None:
    with pacer.turn(10):
        pacer.push_back(7)
    with pacer.turn(10):
        assert clock.slept == [7]


def test_a_pause_never_shortens_the_delay(clock: Clock, pacer: LocalPacer) -> None:
    with pacer.turn(10):
        pacer.push_back(0.5)
    with pacer.turn(10):
        assert clock.slept == [3]


def test_a_turn_that_is_too_far_off_is_refused_without_waiting(clock: Clock, pacer: LocalPacer) -> None:
    with pacer.turn(10):
        pacer.push_back(600)
    with pytest.raises(NotYet) as refused, pacer.turn(10):
        pass
    assert (refused.value.seconds, clock.slept) == (600, [])


def test_a_failed_request_gives_its_turn_back(pacer: LocalPacer) -> None:
    with pytest.raises(OSError, match="cut"), pacer.turn(10):
        raise OSError("cut")
    with pacer.turn(10):
        pass


def test_only_one_thread_at_a_time_has_the_turn() -> None:
    pacer, inside, most = LocalPacer(0), [0], [0]

    def ask() -> None:
        with pacer.turn(10):
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            inside[0] -= 1

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (most, inside) == ([1], [0])
