"""What dies is started again, and nothing is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from digestsite.supervisor import Child, Supervisor

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


def until(condition: Callable[[], bool], seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


def alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def test_a_dead_child_is_started_again() -> None:
    child = Child("sleeper", SLEEP, os.environ)
    first = child.process.pid
    child.process.kill()
    child.process.wait()
    assert until(lambda: child.restart_if_dead() or child.process.pid != first)
    child.stop()


def test_a_child_that_dies_at_once_is_started_after_a_pause_in_which_nobody_waits() -> None:
    child = Child("quick", [sys.executable, "-c", ""], os.environ)
    child.quick_deaths = 4
    child.process.wait()
    first = child.process.pid
    child.restart_if_dead()
    assert child.process.pid == first


def test_a_start_that_fails_leaves_no_earlier_child_behind() -> None:
    supervisor = Supervisor({"a": SLEEP, "b": ["/no/such/program"]})
    with pytest.raises(FileNotFoundError):
        supervisor.__enter__()
    assert not any(alive(child.process.pid) for child in supervisor.children)


def test_children_end_with_the_supervisor() -> None:
    with Supervisor({"a": SLEEP, "b": SLEEP}) as supervisor:
        pids = [child.process.pid for child in supervisor.children]
    assert not any(alive(pid) for pid in pids)


def test_a_child_that_will_not_end_is_killed(tmp_path: Path) -> None:
    ignoring = "import pathlib, signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN)"
    stubborn = f"{ignoring}; pathlib.Path({str(tmp_path / 'ready')!r}).touch(); time.sleep(60)"
    child = Child("stubborn", [sys.executable, "-c", stubborn], os.environ)
    assert until((tmp_path / "ready").exists)
    child.stop(timeout=0.5)
    assert child.process.returncode == -signal.SIGKILL


def test_children_die_with_a_killed_supervisor(tmp_path: Path) -> None:
    script = (
        "import os, time\nfrom digestsite.supervisor import Supervisor\n"
        f"with Supervisor({{'a': {SLEEP!r}}}) as s:\n print(s.children[0].process.pid, flush=True)\n time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.kill()
    assert until(lambda: not alive(pid))
