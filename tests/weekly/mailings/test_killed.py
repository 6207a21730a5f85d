"""A real worker as a real process is killed while it sends: nobody gets a letter twice, and nobody is forgotten."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.servers.mail import MailServer
from tests.servers.site import Site

pytestmark = pytest.mark.slow
READERS = 30
ONE_EACH = {f"reader{number}@example.org": 1 for number in range(READERS)}
FILL = f"""
from django.utils import timezone
from tests.factories import make_mailing, make_paper, make_subscriber, make_week
from weekly.mailings.starting import start
for number in range({READERS}):
    make_subscriber(f"reader{{number}}")
start(make_mailing(make_week(make_paper(live=True), live=True)))
"""
SWEEP = "from weekly.mailings.sweeping import sweep; sweep()"


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with a week that is being sent to many readers, and nobody yet who sends it."""
    site = Site(tmp_path_factory.mktemp("migrated"))
    site.manage("shell", "--verbosity", "0", "--command", FILL)
    return site


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer(delay=0.05) as server:
        yield server


def make_site(folder: Path, like: Site, server: MailServer) -> Site:
    site = Site(folder, like=like, EMAIL_URL=f"smtp://127.0.0.1:{server.port}")
    site.manage("shell", "--verbosity", "0", "--command", SWEEP)
    return site


def states(site: Site) -> list[str]:
    with site.database() as database:
        return [state for (state,) in database.execute("SELECT state FROM weekly_delivery ORDER BY id")]


def run(site: Site, command: str, *values: Any) -> None:
    with site.database() as database:
        database.execute(command, values)
        database.commit()


def pass_time(site: Site) -> None:
    """As if the leases of the dead worker had passed; then what the beat does every minute."""
    run(site, "UPDATE weekly_delivery SET lease_until = '2024-01-01' WHERE lease_until IS NOT NULL")
    site.manage("shell", "--verbosity", "0", "--command", SWEEP)


def wait_for_none(site: Site, *open_states: str, seconds: float = 120) -> None:
    """Until no letter is in one of these states. Raises TimeoutError."""
    end = time.monotonic() + seconds
    while set(states(site)) & set(open_states):
        if time.monotonic() > end:
            raise TimeoutError(states(site))
        time.sleep(0.1)


def test_a_killed_worker_costs_no_letter_and_doubles_none(tmp_path: Path, migrated: Site, server: MailServer) -> None:
    site = make_site(tmp_path, migrated, server)
    with site.worker(threads=2):
        server.wait_for(8)  # leaving the block kills it in the middle
    pass_time(site)
    with site.worker(threads=2):
        wait_for_none(site, "due", "claimed", "handing")
    assert server.letters.total() == len(server.letters)
    # At most one letter a thread may have been with the server when its worker died: whether it went out is not known.
    assert READERS - 2 <= states(site).count("sent") <= READERS


def test_a_letter_whose_answer_nobody_heard_is_unsure(tmp_path: Path, migrated: Site, server: MailServer) -> None:
    site = make_site(tmp_path, migrated, server)
    server.hold()
    with site.worker(threads=1):
        server.wait_for(1)  # it has arrived, and the worker waits for the answer when it is killed
    server.let_go()
    pass_time(site)
    with site.worker(threads=1):
        wait_for_none(site, "due", "claimed", "handing")
    assert states(site).count("unsure") == 1
    assert server.letters == ONE_EACH
