"""Draft a week run by run, and publish it whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from papers.models import DraftRun, NotReady, PaperPage, Scope, Status
from tests.factories import make_editor, make_paper, make_run, make_week
from tests.servers.llm import ModelServer
from weekly.actions import draft_overview, gaps_of, is_overview_stale, publish_week, request_week
from weekly.models import WeekPage
from weekly.waiting import wait_for

pytestmark = pytest.mark.django_db


def scopes(runs: list[DraftRun]) -> list[str]:
    return [run.scope for run in runs]


def test_a_weeks_runs_begin_with_the_abstracts() -> None:
    week = make_week(make_paper(), make_paper())
    assert scopes(request_week(week)) == ["abstract", "abstract", "qa", "qa", "overview"]


def test_pressing_twice_makes_no_second_run() -> None:
    week = make_week(make_paper())
    assert [run.pk for run in request_week(week)] == [run.pk for run in request_week(week)]


def test_one_scope_can_be_asked_for_alone() -> None:
    week = make_week(make_paper(), make_paper())
    assert scopes(request_week(week, (Scope.QA,))) == ["qa", "qa"]


def test_a_paper_that_stands_twice_is_drafted_once() -> None:
    paper = make_paper()
    assert scopes(request_week(make_week(paper, paper), (Scope.QA,))) == ["qa"]


def test_the_overview_waits_for_the_abstracts() -> None:
    week = make_week(make_paper(), theme="", overview="")
    *_others, overview = request_week(week, (Scope.ABSTRACT, Scope.OVERVIEW))
    assert draft_overview(overview.pk) is None
    overview.refresh_from_db()
    assert (overview.status, overview.attempts) == (Status.QUEUED, 0)


def test_the_overview_is_drawn_from_the_newest_summaries(digest: Callable[..., None]) -> None:
    week = make_week(make_paper(summary="要約その一。"), make_paper(summary="要約その二。"), theme="", overview="")
    with ModelServer() as server:
        digest(OPENAI_BASE_URL=server.base_url, LLM_MAX_RETRIES=0)
        (run,) = request_week(week, (Scope.OVERVIEW,))
        assert draft_overview(run.pk).status == Status.DONE
    assert "要約その一。" in server.prompts[0]
    draft = WeekPage.objects.get(pk=week.pk).get_latest_revision_as_object()
    assert draft.theme
    assert draft.overview


def test_an_overview_is_stale_once_a_summary_changed(digest: Callable[..., None]) -> None:
    paper = make_paper(summary="要約。")
    week = make_week(paper, theme="", overview="")
    with ModelServer() as server:
        digest(OPENAI_BASE_URL=server.base_url, LLM_MAX_RETRIES=0)
        draft_overview(request_week(week, (Scope.OVERVIEW,))[0].pk)
    assert not is_overview_stale(WeekPage.objects.get(pk=week.pk))
    draft = paper.get_latest_revision_as_object()
    draft.summary = "別の要約。"
    draft.save_revision()
    assert is_overview_stale(WeekPage.objects.get(pk=week.pk))


def test_a_week_and_its_papers_are_published_together() -> None:
    week = make_week(make_paper(qas=1), make_paper(qas=1))
    published = publish_week(week, user=make_editor())
    assert len(published) == 3
    assert all(page.live for page in (WeekPage.objects.get(), *PaperPage.objects.all()))


def test_one_gap_keeps_the_whole_week_back() -> None:
    ready, bare = make_paper(qas=1), make_paper(summary="")
    week = make_week(ready, bare)
    assert [(gap.page.pk, gap.path) for gap in gaps_of(week)] == [(bare.pk, "summary")]
    with pytest.raises(NotReady):
        publish_week(week)
    assert not PaperPage.objects.live().exists()


def test_a_paper_that_is_not_chosen_stays_a_draft() -> None:
    ready, bare = make_paper(qas=1), make_paper(summary="")
    week = make_week(ready, bare)
    draft = week.get_latest_revision_as_object()
    entry = draft.entries.all()[1]
    entry.chosen = False
    draft.entries.add(entry)
    draft.save_revision()
    publish_week(WeekPage.objects.get(pk=week.pk))
    assert list(PaperPage.objects.live()) == [ready]


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"summary": " "}, "summary"),
        ({"abstract_translated": ""}, "abstract_translated"),
    ],
)
def test_a_paper_needs_what_readers_read(fields: dict[str, str], place: str) -> None:
    assert [path for path, _message in make_paper(**fields).missing()] == [place]


def test_an_empty_answer_is_named_by_its_block() -> None:
    paper = make_paper(qas=2)
    paper.qa[1].value["answer"] = ""
    assert [path for path, _message in paper.missing()] == [f"qa.{paper.qa[1].id}"]


def test_a_passage_word_for_word_is_answer_enough() -> None:
    paper = make_paper(qas=1)
    paper.qa[0].value["answer"], paper.qa[0].value["answer_original"] = "", "It works."
    assert paper.missing() == []


def test_a_week_needs_theme_overview_and_a_paper() -> None:
    week = make_week(theme="", overview="")
    assert [path for path, _message in week.missing()] == ["theme", "overview", "entries"]


def test_publishing_by_code_meets_the_same_guard() -> None:
    paper = make_paper(summary="")
    with pytest.raises(NotReady):
        paper.get_latest_revision().publish()
    assert not PaperPage.objects.live().exists()


@pytest.mark.django_db(transaction=True)
def test_waiting_works_where_no_worker_does() -> None:
    week = make_week(make_paper(summary="", abstract_translated="", abstract="One thing. It works.", arxiv_id=None))
    request_week(week)
    seen: list[Any] = []
    runs = wait_for(week.run_group, seen.append, patience=0.1)
    assert {run.status for run in runs} == {Status.DONE}
    assert len(seen) > 1


@pytest.mark.django_db(transaction=True)
def test_waiting_takes_up_what_a_killed_worker_left_where_no_other_runs() -> None:
    paper = make_paper(summary="", arxiv_id=None)
    left = {"status": Status.RUNNING, "worker": "elsewhere:1:1", "attempts": 1, "lease_until": timezone.now()}
    run = make_run(paper, Scope.ABSTRACT, group="week-1", **left)
    assert wait_for("week-1", lambda runs: None, patience=0.1) == [run]
    run.refresh_from_db()
    assert (run.status, run.attempts) == (Status.DONE, 2)


def test_waiting_for_what_has_ended_returns_at_once() -> None:
    week = make_week(make_paper())
    run = make_run(week, Scope.OVERVIEW, status=Status.DONE, group=week.run_group)
    assert wait_for(week.run_group, lambda runs: None) == [run]
