"""What the review desk adds to opening a paper in the editor: queries and server time, both taken in one run.

    ./run.sh bench desk [--opens 20]

The paper has 10 questions and 30 findings. Opens with our panel and without it take turns; the medians are compared.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

QUESTIONS = 10
FINDINGS = 30
WARM_UP = 3  # opens that fill caches
BUDGET = {"queries": 12, "milliseconds": 100}  # issue 3


def paper() -> Any:
    """A paper as machines leave it, with three findings at each question."""
    from papers.models import Finding
    from tests.factories import make_paper, make_qa

    page = make_paper(qa=[make_qa(number, approved=False) for number in range(1, QUESTIONS + 1)])
    message = {"template": "Something is odd here.", "params": {}}
    blocks = [block.id for block in page.qa] * (FINDINGS // QUESTIONS)
    Finding.objects.all().delete()
    Finding.objects.bulk_create(
        Finding(page=page, rule="style", severity="error", block=block, field="answer", end=2, message=message)
        for block in blocks
    )
    return page


@contextmanager
def without_the_desk() -> Iterator[None]:
    """The same editor as it would be without our panel."""
    from papers.panels import ReviewPanel

    shown = ReviewPanel.BoundPanel.is_shown
    ReviewPanel.BoundPanel.is_shown = lambda panel: False
    try:
        yield
    finally:
        ReviewPanel.BoundPanel.is_shown = shown


def opened(client: Any, address: str) -> tuple[int, float]:
    """Queries and milliseconds of one open. The processor's time: it holds SQLite too, and no other process counts."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        start = time.process_time()
        answer = client.get(address)
        spent = (time.process_time() - start) * 1000
    if answer.status_code != 200:
        raise SystemExit(f"The editor answered {answer.status_code}.")
    return len(queries), spent


def compared(opening: Callable[[], tuple[int, float]], opens: int) -> dict[str, tuple[float, float]]:
    """For each figure the medians with the desk and without it."""
    ours, plain = [], []
    for _ in range(opens + WARM_UP):
        ours.append(opening())
        with without_the_desk():
            plain.append(opening())
    columns = zip(zip(*ours[WARM_UP:], strict=True), zip(*plain[WARM_UP:], strict=True), strict=True)
    medians = [(statistics.median(one), statistics.median(other)) for one, other in columns]
    return dict(zip(BUDGET, medians, strict=True))


def measure(opens: int) -> dict[str, tuple[float, float]]:
    from django.core.management import call_command
    from django.test import Client
    from django.urls import reverse

    from tests.editing import log_in

    call_command("migrate", verbosity=0)
    client = log_in(Client())
    address = reverse("wagtailadmin_pages:edit", args=[paper().pk])
    return compared(lambda: opened(client, address), opens)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--opens", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DEBUG": "1", "VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "digestsite.settings"}
        import django
        from django.test.utils import setup_test_environment

        django.setup()
        setup_test_environment(debug=False)
        for name, (ours, plain) in measure(options.opens).items():
            added = ours - plain
            said = "within" if added <= BUDGET[name] else "OVER"
            print(f"{name}: {ours:.0f} with the desk, {plain:.0f} without: {added:.0f} more, {said} {BUDGET[name]}")


if __name__ == "__main__":
    main()
