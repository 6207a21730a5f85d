"""The reference site under its own web server, and a load generator in front of it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import psutil

SCRIPT = Path(__file__).with_name("load.lua")
MISSING = (
    "The load generator wrk is missing. On Debian and Ubuntu: apt-get install wrk; on macOS: brew install wrk; "
    "else from https://github.com/wg/wrk."
)
CONNECTIONS = 16  # with fewer, one of two processes often gets nearly all of them
START = LONGEST = 60  # seconds


@dataclass(frozen=True)
class Load:
    """`rate` in requests a second, `median` in milliseconds from asking to answer, `work` in milliseconds of the
    web server's processor time a request; a database server's is not in it."""

    rate: float
    median: float
    work: float


class Server:
    """A running web server of the site."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self._process = psutil.Process(process.pid)

    def load(self, paths: Sequence[str], seconds: int, connections: int = CONNECTIONS) -> Load:
        """Ask for the paths in turn for so long, or for longer until there is an answer.

        Raises SystemExit where an answer is no success.
        """
        before = self._worked()
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "-s", str(SCRIPT)]
        asked = [*command, self.address, "--", *(quote(path, safe="/?&=%.-_") for path in paths)]
        said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
        figures = next(line for line in said.splitlines() if line.startswith("FIGURES")).split()[1:]
        requests, duration, faults, median = map(int, figures)
        if faults or seconds > LONGEST:
            raise SystemExit(f"{faults} of {requests} requests failed: {' '.join(paths[:3])}\n{said}")
        if not requests:
            return self.load(paths, 3 * seconds, connections)
        return Load(requests / duration * 1e6, median / 1000, (self._worked() - before) / requests * 1000)

    def visit(self, paths: Sequence[str]) -> None:
        """Ask for each path once, so that templates are read and caches hold what they should."""
        for path in paths:
            with urlopen(f"{self.address}{quote(path, safe='/?&=%.-_')}", timeout=LONGEST):
                pass

    def _worked(self) -> float:
        """Seconds of processor time of all workers."""
        times = [child.cpu_times() for child in self._process.children()]
        return sum(one.user + one.system for one in times)


def check_tool() -> None:
    if shutil.which("wrk") is None:
        raise SystemExit(MISSING)


@contextmanager
def serving(log: Path, **environment: str) -> Iterator[Server]:
    """The site as `manage.py up` serves it, on a free port of this machine alone."""
    from digestsite.processes import web

    port = _free_port()
    command = [part.replace("0.0.0.0", "127.0.0.1") for part in web(port)]
    with log.open("ab") as out, subprocess.Popen(
        command, env={**os.environ, **environment}, stdout=out, stderr=out
    ) as process:  # fmt: skip
        try:
            _wait(process, port, log)
            yield Server(process, port)
        finally:
            process.terminate()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + START
    while time.monotonic() < end and process.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/empty/", timeout=30):
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"The web server did not start; see {log}.")
