"""Politeness that is shared: one request at a time to a host, and a pause between two."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol


class NotYet(Exception):
    """The next turn lies further off than the caller will wait: `seconds` from now."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"the next turn is {seconds:.1f} s off")


class Pacer(Protocol):
    """Hands out the turns to ask one host: one at a time, and at least a delay between their beginnings."""

    def turn(self, max_wait: float) -> AbstractContextManager[None]:
        """Wait for the next turn and hold it, from before the connection until the last byte.

        Raises NotYet, without waiting, where a pause keeps everybody out for more than `max_wait` seconds.
        """
        ...

    def push_back(self, seconds: float) -> None:
        """No turn begins within so many seconds; called by the holder of a turn when the host asks for a pause."""
        ...


class LocalPacer:
    """A Pacer for the threads of one process. `delay`: seconds from the start of a request to that of the next."""

    def __init__(
        self,
        delay: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.delay = delay
        self._clock = clock
        self._sleep = sleep
        self._held = threading.Lock()
        self._next = clock()

    @contextmanager
    def turn(self, max_wait: float) -> Iterator[None]:
        with self._held:
            wait = self._next - self._clock()
            if wait > max_wait:
                raise NotYet(wait)
            if wait > 0:
                self._sleep(wait)
            self._next = self._clock() + self.delay
            yield

    def push_back(self, seconds: float) -> None:
        self._next = max(self._next, self._clock() + seconds)
