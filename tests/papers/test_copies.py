"""Copies, translations and deleted tags: no list shows what nobody published."""

from __future__ import annotations

import pytest
from django.db import connection

from papers.models import NotReady, PaperIndexPage, PaperPage, PaperTag, TagCount, TaggedPaper
from tests.factories import make_home, make_locale, make_paper

pytestmark = pytest.mark.django_db


def test_a_translation_of_a_published_paper_is_in_no_list_before_it_is_published() -> None:
    make_home("ko")
    translation = make_paper(live=True, tags=["rlhf"]).copy_for_translation(make_locale("ko"))
    assert (translation.live, translation.language) == (False, "ko")
    assert not PaperPage.objects.listed("ko").exists()
    assert not TaggedPaper.objects.filter(content_object=translation, live=True).exists()


def test_a_translation_keeps_the_papers_id_and_is_listed_once_it_is_published() -> None:
    make_home("ko")
    paper = make_paper(live=True, tags=["rlhf"])
    translation = paper.copy_for_translation(make_locale("ko"))
    translation.get_latest_revision().publish()
    assert translation.arxiv_id == paper.arxiv_id
    assert list(PaperPage.objects.listed("ko")) == [translation]
    assert TaggedPaper.objects.get(content_object=translation).live


def test_a_paper_is_translated_into_the_folder_that_its_language_has_already() -> None:
    paper = make_paper(live=True)
    make_home("ko")
    paper.copy_for_translation(make_locale("ko"), copy_parents=True)
    assert PaperIndexPage.objects.filter(locale=make_locale("ko")).count() == 1


def test_an_unpublished_copy_is_in_no_list() -> None:
    paper = make_paper(live=True, arxiv_id=None, tags=["rlhf"])
    paper.copy(update_attrs={"slug": "copy"}, keep_live=False)
    assert list(PaperPage.objects.listed("ja")) == [paper]
    assert TaggedPaper.objects.filter(live=True).count() == 1


def test_a_copy_in_the_same_language_is_not_published_under_the_papers_id() -> None:
    copy = make_paper(live=True).copy(update_attrs={"slug": "copy"}, keep_live=False)
    with pytest.raises(NotReady) as refused:
        copy.get_latest_revision().publish()
    assert [path for path, _message in refused.value.gaps] == ["arxiv_id"]
    assert copy.arxiv_id is None


def test_a_tag_of_a_published_paper_can_be_deleted() -> None:
    make_paper(live=True, tags=["rlhf"])
    PaperTag.objects.get().delete()
    connection.check_constraints()
    assert not TagCount.objects.exists()
