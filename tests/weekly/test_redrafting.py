"""A week's theme or overview drafted anew in the worker: kept as a suggestion, never written into the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from papers.messages import notice_text
from papers.models import DraftRun, MachineText, PaperPage, Status, Suggestion
from papers.redrafting import Asked, request_redraft, take_into_form, value_for
from papers.states import State
from tests.editing import log_in
from tests.factories import make_editor, make_paper, make_run, make_week
from tests.servers.llm import ModelServer, completion
from weekly import tasks
from weekly.actions import is_overview_stale
from weekly.models import WeekPage
from weekly.redrafting import redraft

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def week() -> WeekPage:
    return make_week(make_paper(summary="要約その一。"), make_paper(summary="要約その二。"))


def run_one(week: WeekPage, place: str = "overview", **asked: Any) -> DraftRun:
    return redraft(request_redraft(week, Asked(place, **asked)).pk)


def newest(week: WeekPage) -> WeekPage:
    return WeekPage.objects.get(pk=week.pk).get_latest_revision_as_object()


def put_in(week: WeekPage, run: DraftRun) -> WeekPage:
    """An editor takes the draft into the form and saves it; the page, fresh."""
    draft, suggestion = newest(week), value_for(run)
    take_into_form(suggestion, make_editor())
    setattr(draft, suggestion.place, suggestion.value)
    draft.save_revision()
    return WeekPage.objects.get(pk=week.pk)


@pytest.mark.parametrize("place", WeekPage.drafted)
def test_a_text_drafted_anew_waits_as_a_suggestion(place: str, model: ModelServer, week: WeekPage) -> None:
    run = run_one(week, place, instruction="shorter")
    assert (run.status, value_for(run).place, bool(value_for(run).value)) == (Status.DONE, place, True)
    assert "shorter" in model.prompts[0]


def test_the_week_stays_as_it_was(model: ModelServer, week: WeekPage) -> None:
    before = week.latest_revision_id
    run_one(week)
    assert WeekPage.objects.get(pk=week.pk).latest_revision_id == before


def test_it_is_drawn_from_the_newest_summaries(model: ModelServer, week: WeekPage) -> None:
    paper = PaperPage.objects.first().get_latest_revision_as_object()
    paper.summary = "新しい要約。"
    paper.save_revision()
    run_one(week, "theme")
    assert "新しい要約。" in model.prompts[0]


def test_saved_by_an_editor_it_is_a_machines_text(model: ModelServer, week: WeekPage) -> None:
    run = run_one(week, "theme")
    page = put_in(week, run)
    assert newest(page).states()["theme"] == State.MACHINE
    assert MachineText.objects.get(page=week, place="theme").run == run.pk


def test_a_new_overview_knows_what_it_was_drawn_from(model: ModelServer, week: WeekPage) -> None:
    draft = newest(week)
    draft.provenance = {"overview": {"drawn_from": "something else"}}
    draft.save_revision()
    assert is_overview_stale(WeekPage.objects.get(pk=week.pk))
    page = put_in(week, run_one(week))
    assert (is_overview_stale(page), newest(page).provenance["overview"]["entries"]) == (False, [1, 2])


def test_another_press_asks_the_model_again(model: ModelServer, week: WeekPage) -> None:
    run_one(week, instruction="shorter")
    run_one(week, instruction="shorter")
    assert len(set(model.prompts)) == 2


def test_the_weeks_budget_holds(model: ModelServer, week: WeekPage, digest: Any) -> None:
    digest(BUDGET_PER_WEEK="0.001", LLM_PRICES={"tiny": {"input": 1, "output": 10}})
    run = run_one(week)
    assert (run.status, run.group, model.prompts) == (Status.FAILED, week.run_group, [])


def test_it_is_no_part_of_the_weeks_progress(model: ModelServer, week: WeekPage) -> None:
    make_run(week, "overview", group=week.run_group, status=Status.DONE)
    run_one(week)
    assert DraftRun.objects.latest_of(week.run_group).count() == 1


def test_a_reply_that_cannot_be_used_is_a_failure_with_a_reason(week: WeekPage, digest: Any) -> None:
    with ModelServer().script(completion("no JSON"), completion("again none")) as server:
        digest(OPENAI_BASE_URL=server.base_url, LLM_MODEL="tiny", LLM_MAX_RETRIES=0)
        run = run_one(week)
    assert (run.status, Suggestion.objects.count()) == (Status.FAILED, 0)
    assert "reply could not be used" in notice_text(run.error)


def test_without_a_model_it_says_plainly_that_it_cannot(week: WeekPage) -> None:
    run = run_one(week)
    assert run.status == Status.FAILED
    assert "no language model" in notice_text(run.error)


def test_the_desk_asks_watches_and_gets_it(client: Client, model: ModelServer, week: WeekPage) -> None:
    log_in(client)
    told = client.post(reverse("papers_admin:redraft", args=[week.pk]), {"place": "theme"}).json()
    redraft(told["run"])
    assert client.get(told["url"]).json()["suggestion"]["place"] == "theme"


@pytest.mark.parametrize("place", ["introduction", "summary", "qa.1111"])
def test_what_is_not_drafted_is_refused(place: str, client: Client, week: WeekPage) -> None:
    log_in(client)
    answer = client.post(reverse("papers_admin:redraft", args=[week.pk]), {"place": place, "question": "?"})
    assert (answer.status_code, answer.json()["error"]) == (400, "There is no such place to draft.")


def test_the_worker_knows_the_task_by_its_name() -> None:
    assert tasks.redraft.name == WeekPage.redraft_task
