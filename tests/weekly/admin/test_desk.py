"""The desk: everything about a week's drafts on one page, and what an editor can do about them."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from papers.errors import LLMUnavailable, Notice
from papers.messages import notice_json
from papers.models import DraftRun, PaperPage, Scope, Status, Suggestion
from tests.factories import make_paper, make_run, make_week
from weekly.models import WeekPage


@pytest.fixture
def paper(db: None) -> PaperPage:
    return make_paper(title="Thought Cloning")


@pytest.fixture
def week(paper: PaperPage) -> WeekPage:
    return make_week(paper, source_name="The list")


def desk(client: Client, week: WeekPage, name: str = "desk") -> str:
    answer = client.get(reverse(f"weekly_admin:{name}", args=[week.pk]))
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def ask(client: Client, week: WeekPage, what: str = "all") -> Any:
    return client.post(reverse("weekly_admin:draft", args=[week.pk]), {"what": what})


def test_the_desk_names_the_week_its_source_and_its_papers(alice: Client, week: WeekPage) -> None:
    html = desk(alice, week)
    assert all(said in html for said in [week.title, "The list", "Thought Cloning", "not asked for"])


def test_the_desk_shows_the_weeks_title_in_its_header_alone(alice: Client, week: WeekPage) -> None:
    html = BeautifulSoup(desk(alice, week), "html.parser")
    assert week.title in html.h1.get_text()
    assert week.title not in html.select_one("[data-desk]").get_text()


def test_without_a_model_the_desk_says_what_drafts_will_be(alice: Client, week: WeekPage) -> None:
    assert "No language model is configured" in desk(alice, week)


def test_with_a_model_it_says_nothing(alice: Client, week: WeekPage, digest: Callable[..., None]) -> None:
    digest(LLM="openai")
    assert "No language model is configured" not in desk(alice, week)


def test_a_bad_setting_is_told_and_nothing_can_be_asked_for(
    alice: Client, week: WeekPage, digest: Callable[..., None]
) -> None:
    digest(LLM="oracle")
    html = desk(alice, week)
    assert "“oracle” is none of auto, openai, extractive" in html
    assert "Draft all anew" not in html


def test_asking_queues_every_part_once(alice: Client, week: WeekPage) -> None:
    assert ask(alice, week).url == reverse("weekly_admin:desk", args=[week.pk])
    ask(alice, week)
    assert sorted(DraftRun.objects.values_list("scope", flat=True)) == ["abstract", "overview", "qa"]
    assert DraftRun.objects.first().requested_by.get_username() == "alice"


def test_what_is_missing_can_be_asked_for_alone(alice: Client, week: WeekPage, paper: PaperPage) -> None:
    make_run(paper, Scope.ABSTRACT, group=week.run_group, status=Status.DONE)
    make_run(paper, Scope.QA, group=week.run_group, status=Status.FAILED)
    ask(alice, week, "unfinished")
    queued = DraftRun.objects.filter(status=Status.QUEUED)
    assert sorted(queued.values_list("scope", flat=True)) == ["overview", "qa"]


def test_a_failed_draft_shows_its_reason_and_its_cost(alice: Client, week: WeekPage, paper: PaperPage) -> None:
    error = notice_json(LLMUnavailable(reason="HTTP 429").notice)
    make_run(paper, group=week.run_group, status=Status.FAILED, error=error, cost="0.0123", prompt_tokens=9120)
    html = desk(alice, week)
    assert all(said in html for said in ["The model server cannot be used now: HTTP 429", "0.0123", "9120", "Retry"])


def test_a_draft_says_when_it_read_the_abstract_only(alice: Client, week: WeekPage, paper: PaperPage) -> None:
    note = notice_json(Notice("Drafted from the abstract only: there is no PDF to read."))
    make_run(paper, group=week.run_group, status=Status.DONE, note=note)
    assert "Drafted from the abstract only" in desk(alice, week)


def test_a_failed_draft_can_be_tried_again(alice: Client, week: WeekPage, paper: PaperPage) -> None:
    failed = make_run(paper, group=week.run_group, status=Status.FAILED)
    answer = alice.post(reverse("weekly_admin:retry", args=[week.pk, failed.pk]))
    assert answer.url.endswith(f"#part-{paper.pk}-qa")
    assert DraftRun.objects.filter(page_id=paper.pk, scope="qa", status=Status.QUEUED).count() == 1


def test_a_run_of_another_week_is_not_found(alice: Client, week: WeekPage, paper: PaperPage) -> None:
    other = make_run(paper, group="week-999", status=Status.FAILED)
    assert alice.post(reverse("weekly_admin:retry", args=[week.pk, other.pk])).status_code == 404


def test_the_table_alone_says_whether_anything_is_to_come(alice: Client, week: WeekPage, paper: PaperPage) -> None:
    assert 'data-active="0"' in desk(alice, week, "progress")
    make_run(paper, group=week.run_group)
    html = desk(alice, week, "progress")
    assert 'data-active="1"' in html
    assert "<html" not in html


def test_a_stale_overview_is_told(alice: Client, week: WeekPage) -> None:
    draft = week.get_latest_revision_as_object()
    draft.provenance = {"overview": {"drawn_from": "something else"}}
    draft.save_revision()
    assert "has changed since the overview was drafted" in desk(alice, week)


def test_what_was_odd_at_the_import_stays_visible(alice: Client, week: WeekPage) -> None:
    draft = week.get_latest_revision_as_object()
    draft.warnings = [notice_json(Notice("The heading covers %(days)s days.", {"days": 9}))]
    draft.entries.first().warnings = [notice_json(Notice("Is the link right?"))]
    draft.save_revision()
    html = desk(alice, week)
    assert "The heading covers 9 days." in html
    assert "Is the link right?" in html


@pytest.mark.parametrize("name", ["draft", "conflict"])
def test_nothing_changes_by_looking(alice: Client, week: WeekPage, name: str) -> None:
    assert alice.get(reverse(f"weekly_admin:{name}", args=[week.pk])).status_code == 405


def test_a_form_from_elsewhere_is_refused(week: WeekPage, writer: Callable[..., Client]) -> None:
    carol = writer("change_page")
    carol.handler.enforce_csrf_checks = True
    assert ask(carol, week).status_code == 403
    assert not DraftRun.objects.exists()


def full_week(papers: int, slug: str) -> WeekPage:
    pages = [make_paper(qas=2) for _ in range(papers)]
    week = make_week(*pages, slug=slug)
    for page in pages:
        run = make_run(page, group=week.run_group, status=Status.PARKED)
        Suggestion.objects.create(page_id=page.pk, run=run, place="summary", value="機械の要約")
    return week


def queries(client: Client, week: WeekPage, name: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        desk(client, week, name)
    return len(captured)


@pytest.mark.parametrize("name", ["desk", "progress", "publish"])
def test_ten_papers_cost_no_more_queries_than_three(alice: Client, name: str) -> None:
    small, large = full_week(3, "small"), full_week(10, "large")
    desk(alice, small, name)
    assert queries(alice, large, name) == queries(alice, small, name)
