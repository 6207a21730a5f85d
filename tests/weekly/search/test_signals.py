"""Whatever happens to a page, the search knows it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from wagtail.models import Page, PageViewRestriction

from papers.models import PaperIndexPage, PaperPage, PaperTag, TaggedPaper
from papers.tagging import merge_tag
from tests.factories import make_home, make_paper, make_week
from weekly.models import SearchEntry, WeekPage
from weekly.search.documents import tag_mark, week_mark
from weekly.search.index import get_index
from weekly.search.indexing import index_papers

from .conftest import Find

pytestmark = pytest.mark.django_db


def test_a_draft_is_not_found(find: Find) -> None:
    make_paper(title="Cat")
    assert find("cat") == []


def test_a_published_change_is_found_and_what_stood_before_is_not(find: Find) -> None:
    page = make_paper(live=True, title="Cat")
    page.title = "Dog"
    page.save_revision()
    assert (find("cat"), find("dog")) == (["Cat"], [])
    page.get_latest_revision().publish()
    assert (find("cat"), find("dog")) == ([], ["Dog"])


def test_a_page_that_was_taken_back_is_not_found(find: Find) -> None:
    page = make_paper(live=True, title="Cat")
    page.unpublish()
    assert find("cat") == []
    page.get_latest_revision().publish()
    assert find("cat") == ["Cat"]


@pytest.mark.parametrize("delete", ["page", "specific", "queryset", "folder"])
def test_a_deleted_page_leaves_nothing(find: Find, delete: str) -> None:
    page = make_paper(live=True, title="Cat", tags=["a"])
    ways = {"page": Page.objects.get(pk=page.pk), "specific": page, "queryset": Page.objects.filter(pk=page.pk)}
    (ways | {"folder": PaperIndexPage.objects.get()})[delete].delete()
    assert find("cat") == []
    assert not SearchEntry.objects.exists()


def test_a_restricted_page_is_not_found(find: Find) -> None:
    page = make_paper(live=True, title="Cat")
    restriction = PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="login")
    assert find("cat") == []
    restriction.delete()
    assert find("cat") == ["Cat"]


def test_a_moved_page_is_found_where_readers_may_come(find: Find) -> None:
    page, hidden = make_paper(live=True, title="Cat"), make_home().add_child(instance=Page(title="Hidden"))
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    folder = page.get_parent()
    page.move(hidden, pos="last-child")
    assert find("cat") == []
    PaperPage.objects.get(pk=page.pk).move(Page.objects.get(pk=folder.pk), pos="last-child")
    assert find("cat") == ["Cat"]


def test_tags_are_followed(find: Find) -> None:
    page = make_paper(live=True, title="Cat", tags=["One"])
    mark = tag_mark(PaperTag.objects.get().pk)
    assert find("cat", mark) == ["Cat"]
    page.tags.remove("One")
    page.save_revision().publish()
    assert find("cat", mark) == []


@pytest.mark.parametrize("whole", [True, False])
def test_a_tag_that_is_gone_is_forgotten(find: Find, whole: bool) -> None:
    make_paper(live=True, title="Cat", tags=["One"])
    tag = PaperTag.objects.get()
    mark = tag_mark(tag.pk)
    (tag if whole else TaggedPaper.objects.all()).delete()
    assert (find("cat"), find("cat", mark)) == (["Cat"], [])


def test_a_merged_tag_leads_to_what_it_means(find: Find, django_capture_on_commit_callbacks: Any) -> None:
    make_paper(live=True, title="Cat", tags=["One"])
    one, other = PaperTag.objects.get(), PaperTag.objects.create(name="Other")
    with django_capture_on_commit_callbacks(execute=True):
        merge_tag(one, other)
    assert (find("cat", tag_mark(one.pk)), find("cat", tag_mark(other.pk))) == ([], ["Cat"])


def test_a_week_is_followed(find: Find) -> None:
    papers = [make_paper(live=True, title=title) for title in ("Cat one", "Cat two")]
    week = make_week(*papers, live=True)
    mark = week_mark(week.pk)
    assert sorted(find("cat", mark)) == ["Cat one", "Cat two"]
    week.unpublish()
    assert find("cat", mark) == []


def test_what_a_week_shows_no_more_is_not_found_in_it(find: Find) -> None:
    papers = [make_paper(live=True, title=title) for title in ("Cat one", "Cat two")]
    week = make_week(*papers, live=True)
    week.entries = [entry for entry in week.entries.all() if entry.paper_id == papers[0].pk]
    week.save_revision().publish()
    assert find("cat", week_mark(week.pk)) == ["Cat one"]


def test_a_deleted_or_restricted_week_is_forgotten(find: Find) -> None:
    paper = make_paper(live=True, title="Cat")
    weeks = [make_week(paper, live=True, start=date(2024, 5, day)) for day in (6, 13)]
    WeekPage.objects.get(pk=weeks[0].pk).delete()
    PageViewRestriction.objects.create(page=weeks[1], restriction_type="login")
    assert [find("cat", week_mark(week.pk)) for week in weeks] == [[], []]


def test_what_has_not_changed_is_left_alone(django_assert_max_num_queries: object) -> None:
    page = make_paper(live=True)
    before = SearchEntry.objects.get()
    with django_assert_max_num_queries(7) as seen:  # type: ignore[operator]
        index_papers([page.pk])
    assert SearchEntry.objects.get() == before
    assert not [query for query in seen if query["sql"].startswith(("INSERT", "DELETE", "UPDATE"))]


def test_everything_can_be_indexed_anew(find: Find, capsys: pytest.CaptureFixture[str]) -> None:
    make_paper(live=True, title="Cat")
    make_paper(title="Cat draft")
    get_index().clear()
    assert find("cat") == []
    call_command("rebuild_search")
    assert find("cat") == ["Cat"]
    assert capsys.readouterr().out == "1 papers can be found.\n"


def test_a_text_of_any_length_can_be_indexed(find: Find) -> None:
    words = " ".join(f"w{number:x}word" for number in range(90_000))
    make_paper(live=True, title="Long", authors=words)
    assert find("w1word") == ["Long"]
