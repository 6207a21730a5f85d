"""The site's web process, started as `up` starts it."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from digestsite import processes
from tests.servers.site import ROOT

STYLE = "/static/weekly/digest.css"


@pytest.fixture
def web(settings: Any, tmp_path: Path) -> Iterator[str]:
    settings.DEBUG = True  # for this machine alone
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {"DEBUG": "1", "VAR_DIR": str(tmp_path), "HOME": str(tmp_path)}
    with subprocess.Popen(processes.web(port), env=environment, cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        yield f"http://127.0.0.1:{port}"
        process.terminate()


def asked(address: str, **headers: str) -> int:
    """The status, as soon as it listens."""
    for _try in range(600):
        try:
            return requests.get(address, headers=headers, timeout=60).status_code
        except requests.ConnectionError:
            time.sleep(0.1)
    raise TimeoutError(address)


def test_a_reader_cannot_say_where_the_site_begins(web: str) -> None:
    assert asked(web + STYLE) == 200
    assert asked(web + STYLE, SCRIPT_NAME="/static") == 200


def test_a_long_search_comes_to_the_site_that_can_tell_what_it_does_with_it(web: str) -> None:
    assert asked(f"{web}{STYLE}?q={'検' * 800}") == 200
