"""The demo, as ./run.sh demo --no-serve runs it."""

from __future__ import annotations

import sqlite3

import pytest

from tests.servers.site import Site

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(tmp_path_factory.mktemp("demo"))
    site.printed = site.manage("demo", "--no-serve")
    return site


def rows(site: Site, query: str) -> list[tuple]:
    with site.database() as connection:
        assert isinstance(connection, sqlite3.Connection)
        return connection.execute(query).fetchall()


def test_it_tells_where_to_look_and_how_to_log_in(demo: Site) -> None:
    assert "http://localhost:8000/admin/" in demo.printed
    assert "password: " in demo.printed


def test_one_week_is_published_and_one_is_a_draft(demo: Site) -> None:
    query = "SELECT start, live FROM weekly_weekpage w JOIN wagtailcore_page p ON p.id = w.page_ptr_id ORDER BY start"
    assert rows(demo, query) == [("2026-11-02", 1), ("2026-11-09", 0)]


def test_every_run_was_done_by_the_worker(demo: Site) -> None:
    assert {status for (status,) in rows(demo, "SELECT DISTINCT status FROM papers_draftrun")} == {"done"}


def test_the_glossary_has_its_two_terms(demo: Site) -> None:
    assert rows(demo, "SELECT COUNT(*) FROM papers_glossaryterm") == [(2,)]


def test_readers_have_spoken_and_one_error_is_corrected_in_public(demo: Site) -> None:
    states = dict(rows(demo, "SELECT state, COUNT(*) FROM weekly_comment GROUP BY state"))
    (before, after, thanks) = rows(demo, "SELECT before, after, thanks FROM weekly_correction")[0]
    assert states == {"approved": 5, "waiting": 1}
    assert ("謝辞" in before, "謝辞" in after, thanks) == (True, False, "みなと")


def test_one_report_waits_for_the_editor(demo: Site) -> None:
    query = "SELECT state, COUNT(*) FROM weekly_report GROUP BY state ORDER BY state"
    assert rows(demo, query) == [("open", 1), ("taken", 1)]


def test_a_second_demo_changes_nothing_but_the_password(demo: Site) -> None:
    count = "SELECT (SELECT COUNT(*) FROM wagtailcore_page), (SELECT COUNT(*) FROM weekly_comment)"
    before = rows(demo, count)
    again = demo.manage("demo", "--no-serve")
    assert rows(demo, count) == before
    assert again.split("password: ")[1].split()[0] != demo.printed.split("password: ")[1].split()[0]
