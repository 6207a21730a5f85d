"""Keep a few processes running: restart what dies, and leave nothing behind when this process ends."""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence

logger = logging.getLogger(__name__)
PR_SET_PDEATHSIG = 1  # linux/prctl.h
QUICK_DEATH = 5.0  # seconds; who dies sooner is restarted with a growing pause
LONGEST_PAUSE = 30.0


def _die_with_parent() -> None:
    """Ask the kernel to end this child when its parent is gone, however that died. Linux only."""
    try:
        ctypes.CDLL("libc.so.6", use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    except OSError:
        logger.debug("No prctl here; children are ended by the supervisor only")


class Child:
    """One supervised process in a session of its own."""

    def __init__(self, name: str, command: Sequence[str], env: Mapping[str, str]) -> None:
        self.name, self.command, self.env = name, list(command), dict(env)
        self.quick_deaths = 0
        self.start()

    def start(self) -> None:
        self.started = time.monotonic()
        self.again_at: float | None = None
        self.process = subprocess.Popen(
            self.command, env=self.env, start_new_session=True, preexec_fn=_die_with_parent, stdin=subprocess.DEVNULL
        )

    def restart_if_dead(self) -> None:
        """Start a dead child again, once its pause is over; never waits, so that the others and Ctrl-C are heard."""
        if self.process.poll() is None:
            return
        now = time.monotonic()
        if self.again_at is None:
            self.quick_deaths = self.quick_deaths + 1 if now - self.started < QUICK_DEATH else 0
            logger.warning("%s ended with status %s and is started again", self.name, self.process.returncode)
            self.again_at = now + min(2.0**self.quick_deaths - 1, LONGEST_PAUSE)
        if now >= self.again_at:
            self.start()

    def stop(self, timeout: float = 10) -> None:
        """Ask the whole session to end, then make it."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self.process.pid, number)
                self.process.wait(timeout)
            except ProcessLookupError:
                return
            except subprocess.TimeoutExpired:
                continue


class Supervisor:
    """Runs children until it is told to stop."""

    def __init__(self, commands: Mapping[str, Sequence[str]], env: Mapping[str, str] | None = None) -> None:
        self.commands, self.env = commands, dict(env or os.environ)
        self.children: list[Child] = []
        self.stopping = False

    def __enter__(self) -> Supervisor:
        try:
            for name, command in self.commands.items():
                self.children.append(Child(name, command, self.env))
        except BaseException:  # Ctrl-C between two starts: without __enter__ there is no __exit__
            self.__exit__()
            raise
        return self

    def __exit__(self, *exc: object) -> None:
        for child in reversed(self.children):
            child.stop()

    def run(self) -> None:
        """Watch until SIGINT or SIGTERM."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        while not self.stopping:
            for child in self.children:
                child.restart_if_dead()
            time.sleep(0.5)

    def _stop(self, *args: object) -> None:
        self.stopping = True
