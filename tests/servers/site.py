"""A whole site of its own on disk: its commands and its worker run as real processes."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ROW = "| {n}) **Paper number {n}** - a note on paper {n}. | [Paper](https://arxiv.org/abs/2405.{n:05d}) |"


def reading_list(papers: int) -> str:
    """One week from 2024-05-06 with so many papers."""
    rows = "\n".join(ROW.format(n=n) for n in range(1, papers + 1))
    head = "## Top ML Papers of the Week (May 6 - May 12) - 2024\n| **Paper**  | **Links** |\n| ---- | ---- |\n"
    return f"# ML Papers of The Week\n\n{head}{rows}\n"


class Site:
    """Settings come from the environment, data lies under `folder`."""

    def __init__(self, folder: Path, *, like: Site | None = None, **environment: str) -> None:
        """`like` gives a migrated database to start from, since migrating takes longer than most tests."""
        self.folder = folder
        own = {"VAR_DIR": str(folder / "var"), "DEBUG": "1", "PYTHONPATH": str(ROOT)}
        own["DJANGO_SETTINGS_MODULE"] = "digestsite.settings"
        passed = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
        self.environment = {**passed, **own, **environment}
        if like is None:
            self.manage("migrate", "--verbosity", "0")
        else:
            shutil.copytree(like.folder / "var", folder / "var")

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=300, check=False)

    def manage(self, *arguments: str) -> str:
        """Run a command that has to succeed; returns what it printed."""
        done = self.run(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def json(self, *arguments: str) -> Any:
        return json.loads(self.manage(*arguments, "--json"))

    def import_papers(self, number: int) -> None:
        path = self.folder / "list.md"
        path.write_text(reading_list(number))
        self.manage("import_week", str(path))

    @contextmanager
    def worker(self, threads: int = 4) -> Iterator[subprocess.Popen[bytes]]:
        """A Celery worker of this site, ended with the block however it left it."""
        command = [sys.executable, "-m", "celery", "--app", "digestsite", "--quiet", "worker", "--loglevel", "ERROR"]
        pool = ["--pool", "threads", "--concurrency", str(threads)]
        log = (self.folder / "worker.log").open("ab")
        with (
            log,
            subprocess.Popen([*command, *pool], env=self.environment, cwd=ROOT, stdout=log, stderr=log) as process,
        ):
            try:
                yield process
            finally:
                process.kill()

    @contextmanager
    def database(self) -> Iterator[sqlite3.Connection]:
        """The site's database without the site, so that nothing of it is in the way."""
        with closing(sqlite3.connect(self.folder / "var" / "digest.sqlite3", timeout=60)) as connection:
            yield connection

    def statuses(self) -> list[str]:
        """The status of every run."""
        with self.database() as connection:
            return [row[0] for row in connection.execute("SELECT status FROM papers_draftrun ORDER BY id")]

    def wait_for(self, wanted: int, status: str, seconds: float = 120) -> None:
        """Until so many runs have a status. Raises TimeoutError."""
        end = time.monotonic() + seconds
        while self.statuses().count(status) < wanted:
            if time.monotonic() > end:
                raise TimeoutError(self.statuses())
            time.sleep(0.05)
