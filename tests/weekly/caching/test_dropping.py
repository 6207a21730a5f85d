"""What a change drops, and what it leaves: other pages go on being answered from the cache."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import Locale, PageViewRestriction

from papers.models import PaperPage, PaperTag, TagDescription
from papers.tagging import merge_tag
from tests.factories import make_comment, make_correction, make_editor, make_paper, make_report, make_week
from tests.weekly.caching.reading import Reader
from weekly.erasing import erase_reader
from weekly.models import Comment, Correction, WeekPage
from weekly.moderation import comments
from weekly.moderation.amending import amend
from weekly.moderation.reports import take

pytestmark = pytest.mark.django_db

OWN, WEEK, OTHER, OTHER_WEEK = "/papers/own/", "/weeks/2024-05-06/", "/papers/other/", "/weeks/2020-01-06/"
SHOWN_ON = (
    OWN,
    WEEK,
    "/",
    "/papers/",
    "/tags/agents/",
    "/feeds/papers.json",
    "/api/v1/papers/own",
    "/search/?q=agents",
)
FAR = (OTHER, OTHER_WEEK, "/tags/vision/", "/tags/vision/feed.rss", "/api/v1/papers/other", "/api/v1/weeks/2020-01-06")
LISTS = ("/", "/weeks/", "/papers/", "/tags/", "/corrections/", "/feeds/weeks.json", "/sitemap.xml", "/api/v1/tags")
ALL = (*dict.fromkeys((*SHOWN_ON, *FAR, *LISTS)),)


@pytest.fixture
def alice() -> Any:
    return make_editor(first_name="Alice")


@pytest.fixture
def own(reader: Reader, alice: Any) -> PaperPage:
    """One paper in its week; years before, another one with twelve more about it, and everything is kept."""
    newer = [make_paper(live=True, published_on=date(2020, 1, 7 + number)) for number in range(13)]
    other = make_paper(live=True, slug="other", tags=["vision"], published_on=date(2019, 12, 30))
    make_week(other, live=True, start=date(2020, 1, 6))
    make_week(newer[0], live=True, start=date(2020, 1, 13))
    for number in range(13):
        make_paper(live=True, published_on=date(2019, 1, 7 + number))
    own = make_paper(live=True, slug="own", tags=["agents"], qas=1)
    make_week(own, live=True)
    reader.fill(*ALL)
    return own


def dropped(reader: Reader) -> set[str]:
    return {address for address in ALL if not reader.get(address).was_kept}


def publish(page: Any, **changes: Any) -> None:
    draft = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.save_revision().publish()


Done = Callable[[], Any]


def test_a_draft_drops_nothing(reader: Reader, own: PaperPage, done: Done) -> None:
    with done():
        own.summary = "下書きです。"
        own.save_revision()
    assert dropped(reader) == set()


def test_a_papers_text_drops_what_shows_it_and_nothing_else(reader: Reader, own: PaperPage, done: Done) -> None:
    with done():
        publish(own, summary="新しい要約です。")
    assert set(SHOWN_ON) <= dropped(reader)
    reader.fill(*ALL)
    assert not dropped(reader)


def test_a_papers_text_leaves_what_does_not_show_it(reader: Reader, own: PaperPage, done: Done) -> None:
    with done():
        publish(own, summary="新しい要約です。")
    assert not dropped(reader) & {*FAR, "/tags/", "/api/v1/tags"}


@pytest.mark.parametrize("change", ["unpublish", "delete"])
def test_a_paper_that_goes_leaves_all_lists(reader: Reader, own: PaperPage, done: Done, change: str) -> None:
    with done():
        getattr(own, change)()
    assert reader.get(OWN).status_code == 404
    assert {WEEK, "/", "/papers/", "/tags/", "/sitemap.xml"} <= dropped(reader)


def test_a_paper_that_goes_leaves_distant_pages(reader: Reader, own: PaperPage, done: Done) -> None:
    with done():
        own.unpublish()
    assert not dropped(reader) & set(FAR)


def test_a_new_paper_comes_into_the_lists(reader: Reader, own: PaperPage, done: Done) -> None:
    with done():
        make_paper(live=True, tags=["agents"], title="Brand new")
    assert b"Brand new" in reader.get("/papers/").content
    assert {OWN, "/tags/", "/tags/agents/", "/sitemap.xml", "/feeds/papers.json"} <= dropped(reader)


def test_a_new_paper_leaves_distant_pages(reader: Reader, own: PaperPage, done: Done) -> None:
    with done():
        make_paper(live=True, tags=["agents"])
    assert not dropped(reader) & {*FAR, "/weeks/", WEEK}


def test_a_restriction_hides_at_once(reader: Reader, own: PaperPage, done: Done) -> None:
    with done():
        PageViewRestriction.objects.create(page=own, restriction_type=PageViewRestriction.LOGIN)
    assert reader.get(OWN).status_code == 302
    assert own.summary not in reader.get(WEEK).content.decode()


def test_a_restriction_on_all_papers_hides_each(reader: Reader, own: PaperPage, done: Done) -> None:
    with done():
        PageViewRestriction.objects.create(page=own.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    assert [reader.get(address).status_code for address in (OWN, OTHER, "/papers/")] == [302, 302, 302]


def test_a_slug_leads_nowhere_once_it_is_another(reader: Reader, own: PaperPage, done: Done) -> None:
    with done():
        publish(own, slug="renamed")
    assert reader.get(OWN).status_code == 404
    assert b"/papers/renamed/" in reader.get(WEEK).content


def test_a_weeks_text_drops_what_shows_it(reader: Reader, own: PaperPage, done: Done) -> None:
    with done():
        publish(WeekPage.objects.get(slug="2024-05-06"), theme="新しい主題")
    assert {WEEK, OWN, "/", "/weeks/", "/feeds/weeks.json"} <= dropped(reader)
    assert not dropped(reader) & {*FAR, "/papers/", "/tags/", "/corrections/"}


def test_a_new_week_stands_at_the_head_of_lists(reader: Reader, own: PaperPage, done: Done) -> None:
    with done():
        make_week(own, live=True, start=date(2024, 5, 13))
    assert {"/", "/weeks/", WEEK, OWN, "/feeds/weeks.json"} <= dropped(reader)
    assert OTHER not in dropped(reader)


def test_a_tags_new_name_is_told_where_it_stands(reader: Reader, own: PaperPage, done: Done) -> None:
    tag = PaperTag.objects.get(slug="agents")
    with done():
        tag.name = "Helpers"
        tag.save()
    assert {OWN, "/tags/", "/tags/agents/"} <= dropped(reader)
    assert not dropped(reader) & {*FAR, WEEK, "/"}


def test_a_tags_description_stands_at_its_head(reader: Reader, own: PaperPage, done: Done) -> None:
    with done():
        TagDescription.objects.create(tag=PaperTag.objects.get(slug="agents"), language="ja", text="説明です。")
    assert "説明です。" in reader.get("/tags/agents/").content.decode()


def test_a_merged_tag_leads_on(reader: Reader, own: PaperPage, done: Done) -> None:
    with done():
        merge_tag(PaperTag.objects.get(slug="agents"), PaperTag.objects.get(slug="vision"))
    assert reader.get("/tags/agents/").status_code == 301
    assert own.title.encode() in reader.get("/tags/vision/").content


def test_a_waiting_comment_drops_nothing(reader: Reader, own: PaperPage, done: Done) -> None:
    with done():
        make_comment(own)
    assert dropped(reader) == set()


@pytest.mark.parametrize("state", ["waiting", "approved"])
def test_a_decision_on_a_comment_drops_its_page_alone(
    reader: Reader, own: PaperPage, alice: Any, done: Done, state: str
) -> None:
    comment = make_comment(own, state=state)
    with done():
        decide = comments.approve if state == "waiting" else comments.decline
        decide([comment.pk], alice, seen=state)
    assert dropped(reader) == {OWN}


def test_an_answer_drops_its_page(reader: Reader, own: PaperPage, alice: Any, done: Done) -> None:
    comment = make_comment(own, state="approved")
    with done():
        comments.answer(comment, alice, "Yes.")
    assert dropped(reader) == {OWN}


def test_what_a_reader_wanted_erased_is_gone(reader: Reader, own: PaperPage, done: Done) -> None:
    with done():
        said = make_comment(own, state="approved", email="bob@example.org", text="Forget me.")
        Comment.objects.create(page_id=own.pk, parent=said, text="An answer.", state="approved")
    assert b"Forget me." in reader.get(OWN).content
    with done():
        erase_reader("bob@example.org", texts=True)
    assert b"Forget me." not in reader.get(OWN).content


def test_a_taken_report_tells_of_the_correction(reader: Reader, own: PaperPage, alice: Any, done: Done) -> None:
    report = make_report(own)
    with done():
        take(report, alice, text="正しい要約です。", reason="Because.", thanks="", is_typo=False)
    assert all(b"Because." in reader.get(address).content for address in (OWN, "/corrections/"))


def test_an_amended_correction_is_amended_everywhere(reader: Reader, own: PaperPage, alice: Any, done: Done) -> None:
    with done():
        make_correction(own)
    reader.fill(*ALL)
    with done():
        amend(Correction.objects.get(), alice, reason="Amended.", thanks="", is_typo=False)
    assert dropped(reader) == {OWN, "/corrections/", "/api/v1/papers/own"}  # which says when it was corrected


def test_an_editors_new_name_stands_where_they_are_named(
    reader: Reader, own: PaperPage, alice: Any, done: Done
) -> None:
    with done():
        own.get_latest_revision().publish(user=alice)
    reader.fill(*ALL)
    with done():
        get_user_model().objects.get(pk=alice.pk).delete()
    assert OWN in dropped(reader)
    assert OTHER not in dropped(reader)


def test_homes_title_stands_on_every_page(reader: Reader, own: PaperPage, done: Done) -> None:
    with done():
        publish(own.get_parent().get_parent().specific, title="Another digest")
    assert all(b"Another digest" in reader.get(address).content for address in (OWN, OTHER, "/tags/"))


def test_a_translation_is_named_by_its_twin(reader: Reader, own: PaperPage, done: Done) -> None:
    with done():
        own.copy_for_translation(Locale.objects.get_or_create(language_code="ko")[0], copy_parents=True)
        publish(PaperPage.objects.get(translation_key=own.translation_key, locale__language_code="ko"))
    assert b'hreflang="ko"' in reader.get(OWN).content


def test_what_was_undone_drops_nothing(reader: Reader, own: PaperPage, done: Done) -> None:
    from django.db import transaction

    with done(), transaction.atomic():
        publish(own, summary="Undone.")
        transaction.set_rollback(True)
    assert dropped(reader) == set()
