"""The public lists enter their index where the page begins, and sort nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from papers.keyset import BadCursor
from papers.models import PaperTag
from tests.factories import make_home, make_paper, make_week
from weekly import lists

pytestmark = pytest.mark.django_db

DEEP = "2024-05-06.3"


def plan_of(listing: Callable[[], Any], table: str) -> str:
    """How SQLite goes about the query that begins at a table."""
    if connection.vendor != "sqlite":
        pytest.skip("the plans are SQLite's")
    with CaptureQueriesContext(connection) as seen:
        listing()
    (sql,) = [query["sql"] for query in seen.captured_queries if f'FROM "{table}"' in query["sql"]][:1]
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + sql.replace("%", "%%"))
        return " | ".join(row[-1] for row in cursor.fetchall())


def test_a_deep_page_of_papers_enters_the_index_by_date() -> None:
    plan = plan_of(lambda: lists.list_papers("ja", DEEP, 20), "papers_paperpage")
    assert "papers_list (language=? AND sort_date<?)" in plan
    assert "TEMP B-TREE" not in plan


def test_a_deep_page_of_a_tag_enters_the_index_by_date() -> None:
    tag = PaperTag.objects.create(name="agents")
    plan = plan_of(lambda: lists.list_tagged(tag, "ja", DEEP, 20), "papers_taggedpaper")
    assert "papers_tag_list (tag_id=? AND language=? AND sort_date<?)" in plan
    assert "TEMP B-TREE" not in plan


def test_a_deep_page_of_weeks_enters_the_index_by_date() -> None:
    home = make_home()
    plan = plan_of(lambda: lists.list_weeks(home, DEEP, 20), "weekly_weekpage")
    assert "(start<?)" in plan
    assert "TEMP B-TREE" not in plan


def test_a_paper_is_found_by_its_slug_alone() -> None:
    paper = make_paper(live=True, slug="one")
    plan = plan_of(lambda: lists.find_paper("one", "ja"), "papers_paperpage")
    assert "papers_list" not in plan
    assert lists.find_paper("one", "ja") == paper


def test_a_slug_means_each_languages_own_paper() -> None:
    japanese, korean = make_paper(live=True, slug="one"), make_paper(live=True, slug="one", code="ko")
    assert lists.find_paper("one", "ja") == japanese
    assert lists.find_paper("one", "ko") == korean
    assert lists.find_paper("one", "en") is None


def test_entries_of_many_weeks_are_told_apart() -> None:
    first, second = make_paper(live=True), make_paper()
    weeks = [make_week(first, live=True), make_week(second, first, live=True, start=date(2024, 5, 13))]
    found = lists.entries_of(weeks)
    assert [entry.shown_paper for entry in found[weeks[0].pk]] == [first]
    assert [entry.shown_paper for entry in found[weeks[1].pk]] == [None, first]


def test_there_is_a_home_only_where_readers_may_come() -> None:
    home = make_home()
    assert lists.public_home("ja") == home
    home.unpublish()
    assert lists.public_home("ja") is None
    assert lists.list_weeks(None, "", 20) == ([], None)


@pytest.mark.parametrize("cursor", ["1", "a.1", "1.", ".1", "1.2.3", "9999999999.1", "2024-05-06.1"])
def test_a_broken_place_among_the_tags_is_refused(cursor: str) -> None:
    with pytest.raises(BadCursor):
        lists.list_tags("ja", cursor, 20)
