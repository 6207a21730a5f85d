"""Reading the newest drafts of many pages costs one query."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from papers.drafts import newest_drafts
from papers.models import PaperPage
from tests.factories import make_paper

pytestmark = pytest.mark.django_db


def edit(page: PaperPage, summary: str) -> None:
    draft = page.get_latest_revision_as_object()
    draft.summary = summary
    draft.save_revision()


def test_it_gives_what_the_newest_revision_says_and_not_what_readers_see() -> None:
    page = make_paper(live=True, qas=2)
    edit(page, "新しい要約")
    draft = newest_drafts([PaperPage.objects.get(pk=page.pk)])[page.pk]
    assert (draft.pk, draft.summary, draft.live) == (page.pk, "新しい要約", True)
    assert [block.value["question"] for block in draft.qa] == ["質問1は何ですか。", "質問2は何ですか。"]


def test_a_page_without_unpublished_changes_is_given_as_it_stands() -> None:
    page = make_paper(live=True)
    assert newest_drafts([page]) == {page.pk: page}


def test_it_asks_once_however_many_pages_there_are(django_assert_num_queries: Callable[..., Any]) -> None:
    pages = [make_paper() for _ in range(4)]
    with django_assert_num_queries(1):
        drafts = newest_drafts(pages)
    assert list(drafts) == [page.pk for page in pages]
