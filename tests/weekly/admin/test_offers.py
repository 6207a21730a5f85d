"""Parked drafts and rows that the list has changed wait for an editor's decision."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from papers.models import PaperPage, Suggestion
from tests.factories import make_paper, make_qa, make_run, make_week
from weekly.admin.offers import open_conflicts
from weekly.models import WeekPage

OFFERED = {"title": "The list's title", "note": "The list's note.", "links": [], "arxiv_id": None}


@pytest.fixture
def paper(db: None) -> PaperPage:
    return make_paper(summary="人の要約です。", qas=1)


@pytest.fixture
def week(paper: PaperPage) -> WeekPage:
    return make_week(paper)


def park(paper: PaperPage, value: Any, place: str = "summary") -> Suggestion:
    return Suggestion.objects.create(page_id=paper.pk, run=make_run(paper), place=place, value=value)


def decide(client: Client, week: WeekPage, offer: Suggestion, how: str) -> Any:
    return client.post(reverse("weekly_admin:offer", args=[week.pk, offer.pk]), {how: "1"})


def newest(page: Any) -> Any:
    return type(page).objects.get(pk=page.pk).get_latest_revision_as_object()


def desk(client: Client, week: WeekPage) -> str:
    return unescape(client.get(reverse("weekly_admin:desk", args=[week.pk])).content.decode())


def test_a_suggestion_stands_beside_the_text(alice: Client, week: WeekPage, paper: PaperPage) -> None:
    park(paper, "機械の要約です。")
    html = desk(alice, week)
    assert "<del>人</del>の要約です。" in html
    assert "<ins>機械</ins>の要約です。" in html


def test_taking_it_makes_a_draft_in_the_editors_name(alice: Client, week: WeekPage, paper: PaperPage) -> None:
    decide(alice, week, park(paper, "機械の要約です。"), "take")
    assert newest(paper).summary == "機械の要約です。"
    revision = PaperPage.objects.get(pk=paper.pk).latest_revision
    assert revision.user.get_username() == "alice"
    assert Suggestion.objects.get().taken is True


def test_leaving_it_keeps_the_text(alice: Client, week: WeekPage, paper: PaperPage) -> None:
    decide(alice, week, park(paper, "機械の要約です。"), "leave")
    assert newest(paper).summary == "人の要約です。"
    assert "Suggestions that wait" not in desk(alice, week)


def test_it_can_be_decided_once(alice: Client, week: WeekPage, paper: PaperPage) -> None:
    offer = park(paper, "機械の要約です。")
    decide(alice, week, offer, "leave")
    assert decide(alice, week, offer, "take").status_code == 404
    assert newest(paper).summary == "人の要約です。"


def test_questions_are_compared_one_by_one(alice: Client, week: WeekPage, paper: PaperPage) -> None:
    park(paper, [make_qa(1, answer="改めた答え。")["value"], make_qa(9)["value"]], place="qa")
    html = desk(alice, week)
    assert "質問1は何ですか。" in html
    assert "<ins>答え9です。</ins>" in html


def test_taken_questions_keep_their_places(alice: Client, week: WeekPage, paper: PaperPage) -> None:
    offer = park(paper, [make_qa(1, answer="改めた答え。")["value"], make_qa(9)["value"]], place="qa")
    decide(alice, week, offer, "take")
    qa = newest(paper).qa
    assert [block.value["answer"] for block in qa] == ["改めた答え。", "答え9です。"]
    assert qa[0].id == paper.qa[0].id


def test_a_locked_page_is_not_changed(alice: Client, week: WeekPage, paper: PaperPage) -> None:
    offer = park(paper, "機械の要約です。")
    PaperPage.objects.filter(pk=paper.pk).update(locked=True)
    decide(alice, week, offer, "take")
    assert newest(paper).summary == "人の要約です。"
    assert Suggestion.objects.get().resolved_at is None


def test_a_suggestion_for_another_weeks_paper_is_not_found(alice: Client, week: WeekPage) -> None:
    assert decide(alice, week, park(make_paper(), "機械"), "take").status_code == 404


def offer_row(week: WeekPage) -> str:
    """What the list offers now for the week's first row; returns its key."""
    draft = newest(week)
    draft.entries.first().offered = OFFERED
    draft.save_revision()
    return open_conflicts(list(newest(week).entries.all()))[0].key


def settle(client: Client, week: WeekPage, key: str, how: str) -> Any:
    return client.post(reverse("weekly_admin:conflict", args=[week.pk]), {"key": key, how: "1"})


def test_a_changed_row_shows_both_texts(alice: Client, week: WeekPage) -> None:
    offer_row(week)
    html = desk(alice, week)
    assert "<del>Paper" in html
    assert all(said in html for said in ["Take the list's text", "Keep mine"])


@pytest.mark.parametrize(("how", "note"), [("take", "The list's note."), ("keep", "A note.")])
def test_the_editor_decides_which_text_stands(alice: Client, week: WeekPage, how: str, note: str) -> None:
    settle(alice, week, offer_row(week), how)
    entry = newest(week).entries.first()
    assert (entry.note, entry.listed, entry.offered) == (note, OFFERED, {})


def test_a_late_click_decides_about_nothing_else(alice: Client, week: WeekPage) -> None:
    offer_row(week)
    settle(alice, week, "0123456789abcdef", "take")
    assert newest(week).entries.first().offered == OFFERED


def test_a_redrafted_answer_stands_beside_its_block(alice: Client, week: WeekPage, paper: PaperPage) -> None:
    value = {**make_qa(1)["value"], "answer": "答え9です。"}
    offer = park(paper, value, f"qa.{paper.qa[0].id}")
    assert "答え<ins>9</ins>です。" in desk(alice, week)
    decide(alice, week, offer, "take")
    assert [block.value["answer"] for block in newest(paper).qa] == ["答え9です。"]


def test_a_redrafted_answer_without_a_block_is_shown_and_added(alice: Client, week: WeekPage, paper: PaperPage) -> None:
    offer = park(paper, make_qa(9)["value"], "qa.99999999-0000-4000-8000-000000000000")
    assert "<ins>答え9です。</ins>" in desk(alice, week)
    decide(alice, week, offer, "take")
    assert len(newest(paper).qa) == 2
