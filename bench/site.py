"""How many requests the reading site answers, against a view that does nothing in the same run.

    ./run.sh bench site [--papers 100000] [--tags-each 10] [--weeks 2000] [--keep DIR] [--rounds 3] [--only TEXT]
    DATABASE_URL=postgres://… ./run.sh bench site

It fills a scratch database, SQLite or a new one on that server, starts the reference site as `manage.py up` does, and
asks with wrk. Each row is measured between two turns of the empty view, so that a machine that gets slower or has
other work weighs on both. --keep leaves the filled database in DIR: the next run with that DIR measures at once.
Most rows are measured as if nobody had asked before, the last ones as readers meet them (bench/keeping.py); exit
status 1 where a goal is missed. "by work" is the share by the web server's processor time, for machines that have much
other work.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.archive import Size, fill, tidy
from bench.rows import BARE, NOTHING, Row, rows_of
from bench.scratch import Scratch, fitting, scratch
from bench.serving import Load, Server, check_tool, serving

EMPTY = ("/empty/",)
PLAIN = "plain Wagtail page"
SLOWER = 1.2  # how much slower a deep page may be than the first


@dataclass(frozen=True)
class Turn:
    """A row's load in one round, and the empty view's before and after it: requests a second, and processor time."""

    load: Load
    empty: float
    empty_work: float

    @property
    def share(self) -> float:
        return self.load.rate / self.empty

    @property
    def share_of_work(self) -> float:
        """The same by the web server's own processor time, which other work on the machine disturbs less."""
        return self.empty_work / self.load.work


@dataclass(frozen=True)
class Result:
    """The medians of a row's turns."""

    row: Row
    turns: Sequence[Turn]
    queries: int | None = None

    @property
    def share(self) -> float:
        return statistics.median(turn.share for turn in self.turns)

    @property
    def share_of_work(self) -> float:
        return statistics.median(turn.share_of_work for turn in self.turns)

    def median(self, name: str) -> float:
        return statistics.median(getattr(turn.load, name) for turn in self.turns)


def measure(rows: Sequence[Row], servers: Mapping[str, Server], rounds: int, seconds: int) -> dict[str, list[Turn]]:
    """In each round every row between two turns of the empty view, on the same server."""
    from tqdm import tqdm

    found: dict[str, list[Turn]] = defaultdict(list)
    with tqdm(total=rounds * len(rows), unit=" turns", desc="Measuring") as bar:
        for _round in range(rounds):
            for row in rows:
                found[row.name].append(_turn(row, servers[row.finds], seconds))
                bar.update()
    return found


def _turn(row: Row, server: Server, seconds: int) -> Turn:
    before = server.load(EMPTY, seconds)
    load = server.load(row.paths, seconds, **({"connections": 1} if row.milliseconds else {}))
    after = server.load(EMPTY, seconds)
    return Turn(load, (before.rate + after.rate) / 2, (before.work + after.work) / 2)


def count_queries(rows: Iterable[Row]) -> dict[str, int]:
    """What a page asks once the server has met its kind before."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    found = {}
    for row in rows:
        client = Client()
        for _time in range(2):
            with CaptureQueriesContext(connection) as captured:
                answer = client.get(row.paths[-1])
        if answer.status_code != 200:
            raise SystemExit(f"{row.paths[-1]} answered {answer.status_code}.")
        found[row.name] = len(captured)
    return found


def missed(result: Result, all_results: Mapping[str, Result]) -> list[str]:
    """The goals that a row misses, in words."""
    row, told = result.row, []
    if result.share < row.share:
        told.append(f"under {row.share:g} of empty")
    if row.plain and (plain := all_results.get(PLAIN)) and result.share < row.plain * plain.share:
        told.append(f"{result.share / plain.share:.1f} × the plain page, under {row.plain:g}")
    if row.first and (first := all_results.get(row.first)) and result.share < first.share / SLOWER:
        told.append(f"{first.share / result.share:.2f} × as slow as {row.first}")
    if row.milliseconds and result.median("median") > row.milliseconds:
        told.append(f"over {row.milliseconds:g} ms")
    return told


def report(results: Mapping[str, Result]) -> bool:
    """Print a line a row; whether all goals were reached."""
    print(f"{'':36}{'SQL':>4}{'requests/s':>12}{'of empty':>10}{'by work':>9}{'ms':>8}{'ms work':>9}  goal")
    good = True
    for name, result in results.items():
        told = missed(result, results)
        good = good and not told
        print(
            f"{name:36}{'' if result.queries is None else result.queries:>4}{result.median('rate'):12.1f}"
            f"{result.share:10.3f}{result.share_of_work:9.3f}{result.median('median'):8.1f}"
            f"{result.median('work'):9.2f}  "
            f"{'MISSED: ' + ', '.join(told) if told else _goal(result, results)}"
        )
    rates = [turn.empty for result in results.values() for turn in result.turns]
    print(f"empty view: {statistics.median(rates):.0f} requests/s, from {min(rates):.0f} to {max(rates):.0f}")
    return good


def _goal(result: Result, results: Mapping[str, Result]) -> str:
    row = result.row
    parts = [f"≥ {row.share:g}"] if row.share else []
    if row.plain and PLAIN in results:
        parts.append(f"{result.share / results[PLAIN].share:.1f} × plain, ≥ {row.plain:g}")
    if row.first in results:
        parts.append(f"{results[row.first].share / result.share:.2f} × page 1, ≤ {SLOWER:g}")
    if row.milliseconds:
        parts.append(f"≤ {row.milliseconds:g} ms")
    return ", ".join(parts)


def prepare(found: Scratch, wanted: Size, *, given: bool) -> Size:
    """The site's tables, files and archive; returns what it holds."""
    from django.core.management import call_command

    size = fitting(found, wanted, given=given)
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if found.size is None:
        fill(size)
        _fill_plain()
        call_command("rebuild_search")
        tidy()
        found.note(size)
    return size


def _fill_plain() -> None:
    from bench.plain.filling import PAGES, fill_plain
    from papers.models import PaperPage
    from tests.factories import make_home

    rich = PaperPage.objects.filter(slug__endswith="00").order_by("pk")[:PAGES]
    fill_plain(list(rich), make_home())


def run(found: Scratch, options: argparse.Namespace) -> bool:
    import django

    django.setup()
    wanted = Size(options.papers or 100_000, options.tags_each, options.weeks)
    size = prepare(found, wanted, given=bool(options.papers))
    rows = [row for row in rows_of(size) if options.only in row.name or row.name == PLAIN]
    queries = count_queries(row for row in rows if row.finds in {BARE, NOTHING})
    if options.fill:
        return True
    log = found.folder / "web.log"
    with ExitStack() as stack:
        kinds = {row.finds for row in rows}
        servers = {finds: stack.enter_context(serving(log, BENCH_FINDS=finds)) for finds in kinds}
        for row in rows:
            servers[row.finds].visit(row.paths[:4] if row.finds in {BARE, NOTHING} else row.paths)
        turns = measure(rows, servers, options.rounds, options.seconds)
    load = os.getloadavg()
    print(f"{size}, {_engine()}; load of the machine {load[0]:.1f}, {os.cpu_count()} cores")
    return report({row.name: Result(row, turns[row.name], queries.get(row.name)) for row in rows})


def _engine() -> Any:
    from django.db import connection

    return connection.display_name


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=int, help="100,000, or as many as the kept database has")
    parser.add_argument("--tags-each", type=int, default=10)
    parser.add_argument("--weeks", type=int, default=2_000)
    parser.add_argument(
        "--keep", type=Path, metavar="DIR", help="keep the filled database in DIR, or take it from there"
    )
    parser.add_argument("--fill", action="store_true", help="only fill it, and count queries")
    parser.add_argument(
        "--only", default="", metavar="TEXT", help="only rows whose name has this text, and the plain page"
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=2, help="of each turn")
    options = parser.parse_args()
    check_tool()
    os.environ |= {"DEBUG": "0", "DJANGO_SETTINGS_MODULE": "bench.settings", "ALLOWED_HOSTS": "*"}
    os.environ |= {"SECRET_KEY": "for this run only", "SITE_URL": "http://127.0.0.1", "BENCH_FINDS": NOTHING}
    with (
        tempfile.TemporaryDirectory() as folder,
        scratch(options.keep or Path(folder), keep=bool(options.keep)) as found,
    ):
        good = run(found, options)
    raise SystemExit(0 if good else 1)


if __name__ == "__main__":
    main()
