"""One text drafted anew in the worker: kept as a suggestion, never written into the page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from papers import ledger, tasks
from papers.applying import resolve
from papers.blocks import qa_hash, text_hash
from papers.messages import notice_text
from papers.models import DraftRun, MachineText, ModelCall, PaperPage, PaperSource, Status, Suggestion
from papers.redrafting import Asked, gives_what_is, redraft, request_redraft, take_into_form, value_for
from papers.states import State
from tests.factories import make_editor, make_paper, make_run
from tests.servers.llm import ModelServer, completion, failure

pytestmark = pytest.mark.django_db
TEXT = "We propose one simple thing that works on every benchmark which we have tried so far. It is quite small."


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def page() -> PaperPage:
    paper = make_paper(qas=2)
    PaperSource.objects.create(key=paper.source_key, pages=[[1, TEXT], [2, TEXT.replace("one", "another")]])
    return paper


def place_of(page: PaperPage, number: int = 0) -> str:
    return f"qa.{page.qa[number].id}"


def run_one(page: PaperPage, place: str = "summary", **asked: Any) -> DraftRun:
    run = request_redraft(page, Asked(place, **asked))
    return redraft(run.pk)


def answered(page: PaperPage, **asked: Any) -> DraftRun:
    return run_one(page, place_of(page), question="質問1は何ですか。", kind="result", **asked)


def newest(page: PaperPage) -> Any:
    return PaperPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def test_a_field_drafted_anew_waits_as_a_suggestion(model: ModelServer, page: PaperPage) -> None:
    run = run_one(page)
    suggestion = Suggestion.objects.open().get()
    assert (run.status, run.calls) == (Status.DONE, 1)
    assert (suggestion.place, suggestion.run_id) == ("summary", run.pk)


def test_the_page_stays_as_it_was(model: ModelServer, page: PaperPage) -> None:
    before = page.latest_revision_id
    run_one(page)
    answered(page)
    assert PaperPage.objects.get(pk=page.pk).latest_revision_id == before


def test_a_suggestion_says_who_asked_for_it(model: ModelServer, page: PaperPage) -> None:
    redraft(request_redraft(page, Asked("summary"), user=make_editor()).pk)
    assert notice_text(Suggestion.objects.get().reason) == "alice asked for this draft."


def test_an_answer_drafted_anew_has_quotes_of_the_paper(model: ModelServer, page: PaperPage) -> None:
    run = answered(page, instruction="explain MoE")
    value = value_for(run).value
    assert all(citation["verified"] for citation in value["citations"])
    assert (value["question"], value["kind"]) == ("質問1は何ですか。", "result")


def test_an_answer_knows_that_a_machine_wrote_it(model: ModelServer, page: PaperPage) -> None:
    run = answered(page)
    value = value_for(run).value
    assert value["provenance"]["hash"] == qa_hash(value)
    assert (value["provenance"]["run"], value["provenance"]["model"]) == (run.pk, "tiny")


def test_an_editors_own_question_is_kept_as_they_wrote_it(model: ModelServer, page: PaperPage) -> None:
    run = run_one(page, "qa.11111111-2222-4333-8444-555555555555", question="なぜ\n小さい？", kind="own")
    value = value_for(run).value
    assert (value["question"], value["question_original"], value["kind"]) == ("なぜ\n小さい？", "", "own")


def test_what_was_asked_for_is_kept_with_the_run(model: ModelServer, page: PaperPage) -> None:
    run = run_one(page, instruction="shorter", present="一行の要約です。")
    assert (run.request["instruction"], run.block_id) == ("shorter", "summary")
    assert "shorter" in model.prompts[0]


def test_a_text_drafted_anew_is_remembered_as_a_machines(model: ModelServer, page: PaperPage) -> None:
    run = run_one(page)
    text = value_for(run).value
    assert MachineText.objects.get(page=page, place="summary", hash=text_hash(text)).run == run.pk


def test_a_second_press_gives_the_run_that_is_under_way(page: PaperPage) -> None:
    first = request_redraft(page, Asked("summary"))
    assert request_redraft(page, Asked("summary", "shorter")).pk == first.pk
    assert request_redraft(page, Asked("title_translated")).pk != first.pk


@pytest.mark.parametrize(
    ("asked", "same"),
    [
        (Asked("summary", "shorter"), True),
        (Asked("summary", "shorter", present="直しました。"), True),
        (Asked("summary"), False),
        (Asked("summary", "explain MoE"), False),
    ],
)
def test_a_run_under_way_gives_what_is_asked_or_not(asked: Asked, same: bool, page: PaperPage) -> None:
    run = request_redraft(page, Asked("summary", "shorter", present="要約"))
    assert gives_what_is(asked, run) == same


def test_another_press_afterwards_asks_the_model_again(model: ModelServer, page: PaperPage) -> None:
    run_one(page, instruction="shorter")
    run_one(page, instruction="shorter")
    assert len(set(model.prompts)) == 2


def test_the_newest_redraft_of_a_place_is_the_one_offered(model: ModelServer, page: PaperPage) -> None:
    run_one(page)
    second = run_one(page, instruction="shorter")
    assert Suggestion.objects.open().get().run_id == second.pk


def test_a_failed_redraft_keeps_its_reason_and_what_was_asked(digest: Any, page: PaperPage) -> None:
    with ModelServer().script(completion("no JSON"), completion("again none")) as server:
        digest(OPENAI_BASE_URL=server.base_url, LLM_MODEL="tiny", LLM_MAX_RETRIES=0)
        run = run_one(page, instruction="shorter")
        again = redraft(ledger.retry(run).pk)
    assert (run.status, run.retryable, again.status) == (Status.FAILED, True, Status.DONE)
    assert again.request == run.request


def test_a_title_that_fits_no_field_is_refused(digest: Any, page: PaperPage) -> None:
    with ModelServer().twist(lambda said: json.dumps({**said, "title": "長い" * 300})) as server:
        digest(OPENAI_BASE_URL=server.base_url, LLM_MODEL="tiny", LLM_MAX_RETRIES=0)
        run = run_one(page, "title_translated")
    assert "too long" in notice_text(run.error)


def test_a_question_that_the_paper_does_not_answer_is_no_failure(digest: Any, page: PaperPage) -> None:
    nothing = {"number": 1, "evidence": [], "not_in_paper": True, "answer": ""}
    with ModelServer().twist(lambda said: json.dumps({"items": [nothing]})) as server:
        digest(OPENAI_BASE_URL=server.base_url, LLM_MODEL="tiny", LLM_MAX_RETRIES=0)
        run = answered(page)
    assert (run.status, value_for(run)) == (Status.DONE, None)
    assert "no answer" in notice_text(run.note)


def test_the_weeks_budget_holds_for_a_redraft(model: ModelServer, page: PaperPage, digest: Any) -> None:
    digest(BUDGET_PER_WEEK="0.001", LLM_PRICES={"tiny": {"input": 1, "output": 10}})
    make_run(page, group="week-1", status=Status.DONE)
    run = run_one(page)
    assert (run.status, run.group, model.prompts) == (Status.FAILED, "week-1", [])


def test_a_redraft_is_no_part_of_the_weeks_progress(model: ModelServer, page: PaperPage) -> None:
    make_run(page, group="week-1", status=Status.DONE)
    run_one(page)
    assert DraftRun.objects.latest_of("week-1").count() == 1


def test_a_wrong_key_is_told(page: PaperPage, digest: Any) -> None:
    with ModelServer().script(failure(401, "Incorrect API key provided", code="invalid_api_key")) as server:
        digest(OPENAI_BASE_URL=server.base_url, LLM_MAX_RETRIES=0)
        run = run_one(page)
    assert "Incorrect API key" in notice_text(run.error)


def test_a_paid_reply_is_stored(model: ModelServer, page: PaperPage) -> None:
    run = run_one(page)
    assert ModelCall.objects.get(run=run).usable


def test_without_a_model_a_field_says_plainly_that_it_cannot(page: PaperPage) -> None:
    run = run_one(page)
    assert run.status == Status.FAILED
    assert "no language model" in notice_text(run.error)


def test_without_a_model_a_question_gets_sentences_of_the_paper(page: PaperPage) -> None:
    run = run_one(page, place_of(page), question="Which benchmark was tried?", kind="own")
    assert value_for(run).value["answer_original"].startswith("We propose one simple thing")


def test_a_suggestion_put_into_the_form_is_settled_and_the_page_untouched(model: ModelServer, page: PaperPage) -> None:
    run, alice = run_one(page), make_editor()
    take_into_form(value_for(run), alice)
    suggestion = Suggestion.objects.get()
    assert (suggestion.taken, suggestion.resolved_by, value_for(run)) == (True, alice, None)
    assert newest(page).summary == page.summary


def test_an_answer_taken_on_the_weeks_desk_goes_into_its_block(model: ModelServer, page: PaperPage) -> None:
    run = answered(page)
    value = value_for(run).value
    resolve(value_for(run), taken=True, user=make_editor())
    block = newest(page).qa[0]
    assert (block.id, block.value["answer"]) == (page.qa[0].id, value["answer"])


def test_an_answer_whose_block_is_gone_is_added_at_the_end(model: ModelServer, page: PaperPage) -> None:
    gone = "qa.99999999-0000-4000-8000-000000000000"
    run = run_one(page, gone, question="なぜですか。", kind="own")
    resolve(value_for(run), taken=True, user=make_editor())
    assert [block.value["question"] for block in newest(page).qa][2:] == ["なぜですか。"]


def test_a_redraft_that_an_editor_saves_is_still_a_machines_text(model: ModelServer, page: PaperPage) -> None:
    run = run_one(page)
    draft = newest(page)
    draft.summary = value_for(run).value
    draft.save_revision(user=make_editor())
    assert newest(page).states()["summary"] == State.MACHINE
    assert newest(page).provenance["summary"]["run"] == run.pk


def test_a_redraft_that_an_editor_mends_is_the_editors(model: ModelServer, page: PaperPage) -> None:
    run = run_one(page)
    draft = newest(page)
    draft.summary = value_for(run).value + "直しました。"
    draft.save_revision(user=make_editor())
    assert newest(page).states()["summary"] == State.EDITED


def test_the_worker_knows_the_task_by_its_name() -> None:
    assert tasks.redraft.name == PaperPage.redraft_task
