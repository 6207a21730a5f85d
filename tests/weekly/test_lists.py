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
from papers.models.listed import list_newest
from tests.factories import make_comment, make_correction, make_home, make_paper, make_week
from weekly import lists, tags
from weekly.homes import public_home
from weekly.models import Correction
from weekly.models.listed import weeks_below

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
    plan = plan_of(lambda: list_newest("ja", DEEP, 20), "papers_paperpage")
    assert "papers_list (language=? AND sort_date<?)" in plan
    assert "TEMP B-TREE" not in plan


def test_a_deep_page_of_a_tag_enters_the_index_by_date() -> None:
    tag = PaperTag.objects.create(name="agents")
    plan = plan_of(lambda: tags.list_tagged(tag, "ja", DEEP, 20), "papers_taggedpaper")
    assert "papers_tag_list (tag_id=? AND language=? AND sort_date<?)" in plan
    assert "TEMP B-TREE" not in plan


def test_a_deep_page_of_weeks_enters_the_index_by_date() -> None:
    home = make_home()
    plan = plan_of(lambda: weeks_below(home, DEEP, 20), "weekly_weekpage")
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


def test_a_deep_page_of_the_tags_enters_the_index_among_tags_of_one_number() -> None:
    plan = plan_of(lambda: tags.list_tags("ja", "1.5", 20), "papers_tagcount")
    assert "papers_tag_index (language=? AND papers=? AND tag_id>?)" in plan
    assert "TEMP B-TREE" not in plan


def test_tags_go_on_from_the_middle_of_those_of_one_number() -> None:
    make_paper(live=True, tags=["a", "b", "c", "d"])
    make_paper(live=True, tags=["d"])
    found, after = [], ""
    while after is not None:
        page, after = tags.list_tags("ja", after, 2)
        found.append([count.tag.name for count in page])
    assert found == [["d", "a"], ["b", "c"]]


def test_the_numbers_of_related_tags_are_asked_for_by_tag() -> None:
    make_paper(live=True, tags=["a", "b"])
    plan = plan_of(lambda: tags.related_tags(PaperTag.objects.get(name="a"), "ja"), "papers_tagcount")
    assert "(tag_id=?)" in plan
    assert "papers_tag_index" not in plan


def test_related_tags_are_counted_in_their_own_language() -> None:
    make_paper(live=True, tags=["a", "b"])
    make_paper(live=True, tags=["a", "b", "c"], code="ko")
    found = tags.related_tags(PaperTag.objects.get(name="a"), "ja")
    assert [(count.tag.name, count.papers) for count in found] == [("b", 1)]


def test_the_exact_spelling_of_a_slug_goes_first() -> None:
    make_paper(live=True, tags=["a", "b"])
    for slug, name in (("X", "a"), ("x", "b")):
        PaperTag.objects.create(name=f"synonym {slug}", slug=slug, merged_into=PaperTag.objects.get(name=name))
    assert [tags.find_meant_tag(slug, "ja").tag.name for slug in ("X", "x", "ｘ")] == ["a", "b", "b"]


def test_entries_of_many_weeks_are_told_apart() -> None:
    first, second = make_paper(live=True), make_paper()
    weeks = [make_week(first, live=True), make_week(second, first, live=True, start=date(2024, 5, 13))]
    found = lists.entries_of(weeks)
    assert [entry.shown_paper for entry in found[weeks[0].pk]] == [first]
    assert [entry.shown_paper for entry in found[weeks[1].pk]] == [None, first]


def test_there_is_a_home_only_where_readers_may_come() -> None:
    home = make_home()
    assert public_home("ja") == home
    home.unpublish()
    assert public_home("ja") is None
    assert lists.newest_weeks(None, 20) == []


@pytest.mark.parametrize("cursor", ["1", "a.1", "1.", ".1", "1.2.3", "9999999999.1", "2024-05-06.1"])
def test_a_broken_place_among_the_tags_is_refused(cursor: str) -> None:
    with pytest.raises(BadCursor):
        tags.list_tags("ja", cursor, 20)


# Comments and corrections


def test_threads_come_newest_first_and_answers_oldest_first() -> None:
    page = make_paper(live=True)
    first, second = (make_comment(page, state="approved") for _ in range(2))
    answers = [make_comment(page, parent=first, state="approved") for _ in range(2)]
    threads, following = lists.threads_of(page)
    assert (threads, following) == ([second, first], None)
    assert [thread.shown_answers for thread in threads] == [[], answers]


def test_only_the_writer_sees_what_waits_and_nobody_what_was_declined() -> None:
    page = make_paper(live=True)
    own = make_comment(page, writer="bob")
    make_comment(page, writer="bob", state="declined")
    make_comment(page)
    assert lists.threads_of(page, "bob")[0] == [own]
    assert lists.threads_of(page)[0] == lists.threads_of(page, "eve")[0] == []


def test_an_answer_that_waits_is_seen_by_its_writer_alone() -> None:
    page = make_paper(live=True)
    thread = make_comment(page, state="approved")
    answer = make_comment(page, parent=thread, writer="bob")
    assert lists.threads_of(page, "bob")[0][0].shown_answers == [answer]
    assert lists.threads_of(page)[0][0].shown_answers == []


def test_threads_go_on_where_the_page_before_ended() -> None:
    page = make_paper(live=True)
    made = [make_comment(page, state="approved") for _ in range(3)]
    newest, cursor = lists.threads_of(page, limit=2)
    oldest, end = lists.threads_of(page, after=cursor, limit=2)
    assert [*newest, *oldest] == made[::-1]
    assert end is None


def test_threads_cost_two_queries_however_many(django_assert_num_queries: Any) -> None:
    page = make_paper(live=True)
    for _ in range(4):
        make_comment(page, parent=make_comment(page, state="approved"), state="approved")
    with django_assert_num_queries(2):
        assert [thread.shown_answers[0].name for thread in lists.threads_of(page)[0]] == ["Bob"] * 4


def test_corrections_go_on_where_the_page_before_ended() -> None:
    page = make_paper(live=True)
    made = [make_correction(page) for _ in range(3)]
    Correction.objects.update(corrected_at=made[0].corrected_at)  # keys decide within one moment
    newest, cursor = lists.list_corrections("ja", "", 2)
    oldest, end = lists.list_corrections("ja", cursor, 2)
    assert [*newest, *oldest] == made[::-1]
    assert end is None


def test_typos_other_languages_and_hidden_pages_are_not_listed() -> None:
    page, hidden = make_paper(live=True), make_paper()
    shown = make_correction(page)
    make_correction(page, is_typo=True)
    make_correction(hidden)
    make_correction(make_paper(live=True, code="ko"))
    assert lists.list_corrections("ja", "", 20)[0] == lists.corrections_of(page) == [shown]


def test_corrections_of_one_page_are_told_from_those_of_others(django_assert_num_queries: Any) -> None:
    pages = [make_paper(live=True, title=title) for title in ("One", "Other")]
    one, _other = (make_correction(page) for page in pages)
    with django_assert_num_queries(2):
        assert [found.page.title for found in lists.list_corrections("ja", "", 20)[0]] == ["Other", "One"]
    assert lists.list_corrections("ja", "", 20, pages[0].pk)[0] == [one]


def test_a_page_is_last_corrected_when_its_newest_public_correction_was_made() -> None:
    page = make_paper(live=True)
    assert lists.last_corrected(page) is None
    make_correction(page)
    newest = make_correction(page)
    make_correction(page, is_typo=True)
    assert lists.last_corrected(page) == newest.corrected_at


def test_a_deep_page_of_corrections_enters_the_index_by_date() -> None:
    plan = plan_of(lambda: lists.list_corrections("ja", "1700000000000000.5", 20), "weekly_correction")
    assert "weekly_correction_list (language=? AND corrected_at<?)" in plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize("cursor", ["x", "1", "1.", "99999999999999999999.1", "1.1.1", "2024-05-06.1"])
def test_a_broken_place_among_the_corrections_is_refused(cursor: str) -> None:
    with pytest.raises(BadCursor):
        lists.list_corrections("ja", cursor, 20)


@pytest.mark.parametrize("cursor", ["x", "1.2", "-1", "9999999999999999999", "٣"])
def test_a_broken_place_among_the_comments_is_refused(cursor: str) -> None:
    with pytest.raises(BadCursor):
        lists.threads_of(make_paper(live=True), after=cursor)


def test_whether_a_corrections_page_is_public_is_asked_row_by_row() -> None:
    plan = plan_of(lambda: lists.list_corrections("ja", "", 20), "weekly_correction")
    assert "LIST SUBQUERY" not in plan  # a set of pages, by which SQLite would go once it knows of 100,000 rows
    assert "TEMP B-TREE" not in plan
