"""Tags that mean one another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from papers.actions import context_for
from papers.applying import Changes, apply_changes
from papers.models import PaperPage, PaperTag, TagCount, TaggedPaper
from papers.tagging import merge_tag, tag_merged
from tests.factories import make_paper
from tests.papers.test_applying import STAMP, begun, newest

pytestmark = pytest.mark.django_db


def tag(name: str) -> PaperTag:
    return PaperTag.objects.get_or_create(name=name)[0]


def merge(source: str, target: str) -> int:
    return merge_tag(tag(source), tag(target))


def tags_of(page: PaperPage) -> list[str]:
    return sorted(tag.name for tag in PaperPage.objects.get(pk=page.pk).tags.all())


def counted() -> dict[str, int]:
    return {count.tag.name: count.papers for count in TagCount.objects.filter(papers__gt=0)}


@pytest.fixture
def told() -> Iterator[list[dict[str, Any]]]:
    heard: list[dict[str, Any]] = []

    def hear(**kwargs: Any) -> None:
        heard.append(kwargs)

    tag_merged.connect(hear)
    yield heard
    tag_merged.disconnect(hear)


# Merging


def test_papers_published_or_taken_back_come_under_the_target() -> None:
    live, gone = (make_paper(live=True, tags=["retrieval"]) for _ in range(2))
    gone.unpublish()
    assert merge("retrieval", "rag") == 2
    assert [tags_of(page) for page in (live, gone)] == [["rag"], ["rag"]]


def test_a_paper_that_has_both_keeps_one() -> None:
    page = make_paper(live=True, tags=["rag", "retrieval"])
    merge("retrieval", "rag")
    assert tags_of(page) == ["rag"]
    assert counted() == {"rag": 1}


def test_papers_are_counted_under_the_target_in_each_language() -> None:
    make_paper(live=True, tags=["rag"])
    for code in ("ja", "ko", "ko"):
        make_paper(live=True, tags=["retrieval"], code=code)
    merge("retrieval", "rag")
    assert list(TagCount.objects.filter(papers__gt=0).order_by("language").values_list("language", "papers")) == [
        ("ja", 2),
        ("ko", 2),
    ]


def test_rows_keep_what_lists_read() -> None:
    page = make_paper(live=True, tags=["retrieval"], published_on=date(2024, 1, 2))
    merge("retrieval", "rag")
    row = TaggedPaper.objects.listed(tag("rag"), "ja").get()
    assert (row.content_object_id, row.sort_date) == (page.pk, date(2024, 1, 2))


def test_synonyms_of_what_is_merged_mean_the_new_target() -> None:
    merge("a", "b")
    merge("b", "c")
    assert [tag(name).meaning.name for name in "abc"] == ["c", "c", "c"]


def test_a_synonym_as_target_stands_for_what_it_means() -> None:
    merge("b", "c")
    page = make_paper(live=True, tags=["a"])
    merge("a", "b")
    assert tag("a").merged_into == tag("c")
    assert tags_of(page) == ["c"]


@pytest.mark.parametrize("target", ["a", "synonym"])
def test_nothing_is_merged_into_itself(target: str) -> None:
    merge("synonym", "a")
    with pytest.raises(ValidationError):
        merge("a", target)
    assert tag("a").merged_into is None


def test_who_keeps_copies_is_told_of_the_papers(told: list[dict[str, Any]]) -> None:
    pages = [make_paper(live=True, tags=tags) for tags in (["retrieval"], ["rag", "retrieval"])]
    merge("retrieval", "rag")
    (heard,) = told
    assert (heard["source"].name, heard["target"].name) == ("retrieval", "rag")
    assert sorted(heard["page_ids"]) == [page.pk for page in pages]


def test_merging_costs_no_more_for_many_papers(django_assert_max_num_queries: Any) -> None:
    tag("rag")
    for _ in range(5):
        make_paper(live=True, tags=["rag", "retrieval"])
        make_paper(live=True, tags=["retrieval"])
    with django_assert_max_num_queries(40):
        merge("retrieval", "rag")


def test_the_target_can_be_deleted_and_its_synonyms_stay() -> None:
    merge("retrieval", "rag")
    tag("rag").delete()
    assert tag("retrieval").merged_into is None


# What is typed, drafted, or comes back from a revision


def test_a_synonym_that_is_typed_becomes_what_it_means() -> None:
    merge("retrieval", "rag")
    page = make_paper(live=True, tags=["retrieval", "agents"])
    assert tags_of(page) == ["agents", "rag"]


def test_synonym_and_target_together_are_one_tag() -> None:
    merge("retrieval", "rag")
    assert tags_of(make_paper(live=True, tags=["retrieval", "rag"])) == ["rag"]


def test_a_synonym_that_a_machine_drafts_becomes_what_it_means() -> None:
    merge("retrieval", "rag")
    page = make_paper(summary="")
    apply_changes(page, Changes(texts={"summary": "s"}, tags=["retrieval"]), begun(page), STAMP)
    assert [found.name for found in newest(page).tags.all()] == ["rag"]


def test_a_draft_from_before_the_merge_is_published_with_the_target() -> None:
    page = make_paper(tags=["retrieval"])
    merge("retrieval", "rag")
    page.get_latest_revision().publish()
    assert tags_of(page) == ["rag"]
    assert counted() == {"rag": 1}


def test_an_older_revision_does_not_bring_a_synonym_back() -> None:
    page = make_paper(live=True, tags=["rag", "retrieval"])
    merge("retrieval", "rag")
    page.revisions.first().publish()
    assert tags_of(page) == ["rag"]
    assert counted() == {"rag": 1}


def test_a_machine_is_not_offered_synonyms() -> None:
    make_paper(live=True, tags=["rag", "retrieval"])
    merge("retrieval", "rag")
    assert context_for("ja").tags == ("rag",)


# Addresses


@pytest.mark.parametrize("name", ["+", "？！", "🙂", "--", "_"])
def test_a_name_of_signs_alone_gives_an_address_all_the_same(name: str) -> None:
    assert tag(name).slug == "tag"


def test_names_that_give_one_slug_are_told_apart() -> None:
    assert [tag(name).slug for name in ("C", "C++", "c#", "+", "&")] == ["c", "c_1", "c_2", "tag", "tag_1"]


def test_the_longest_names_that_give_one_slug_fit() -> None:
    slugs = [tag("字" * 98 + end).slug for end in ("甲", "乙", "丙")]
    assert slugs == ["字" * 90, "字" * 90 + "_1", "字" * 90 + "_2"]


def test_a_slug_keeps_the_letters_of_its_script() -> None:
    assert [tag(name).slug for name in ("情報検索", "강화 학습", "ﾃﾞｰﾀ")] == ["情報検索", "강화-학습", "データ"]
