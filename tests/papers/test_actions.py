"""Drafting a paper end to end: arXiv and model are local servers that speak the real wire formats."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from papers.actions import draft_paper, request_drafts
from papers.messages import stored_notice
from papers.models import DraftRun, GlossaryTerm, ModelCall, PaperPage, PaperSource, Scope, Status
from papers.paper import ArxivId
from tests.factories import make_paper
from tests.servers import pdfs
from tests.servers.arxiv import ArxivServer, Listed
from tests.servers.base import Answer
from tests.servers.llm import ModelServer, completion, failure

pytestmark = pytest.mark.django_db
PAPER = Listed(
    "2405.03548",
    version=2,
    title="MAmmoTH2",
    summary="We harvest ten million instructions from the web corpus. It works well on every benchmark that we tried.",
    pdf=pdfs.paper(4),
)


@pytest.fixture
def arxiv(digest: Callable[..., None]) -> Iterator[ArxivServer]:
    with ArxivServer(PAPER) as server:
        digest(ARXIV_API_URL=server.api_url, ARXIV_PDF_URL=server.pdf_url)
        yield server


@pytest.fixture
def page() -> PaperPage:
    bare = {
        "abstract": "",
        "abstract_translated": "",
        "summary": "",
        "authors": "",
        "categories": "",
        "published_on": None,
    }
    return make_paper(arxiv_id="2405.03548", arxiv_version=None, listed_note="harvest instructions", **bare)


def run_all(page: PaperPage, *scopes: str) -> list[DraftRun]:
    runs = request_drafts(page, scopes or (Scope.ABSTRACT, Scope.QA), group="week-1")
    return [draft_paper(run.pk) for run in runs]


def newest(page: PaperPage) -> Any:
    return PaperPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def test_a_paper_is_read_and_drafted_with_two_calls(arxiv: ArxivServer, model: ModelServer, page: PaperPage) -> None:
    runs = run_all(page)
    assert [run.status for run in runs] == [Status.DONE, Status.DONE]
    assert [run.calls for run in runs] == [1, 1]
    draft = newest(page)
    assert draft.summary
    assert draft.abstract_translated
    assert len(draft.qa) >= 8


def test_metadata_comes_from_arxiv_and_not_from_the_model(
    arxiv: ArxivServer, model: ModelServer, page: PaperPage
) -> None:
    run_all(page, Scope.ABSTRACT)
    draft = newest(page)
    assert draft.author_list == ["Ada Byron", "Emmy Noether"]
    assert (str(draft.published_on), draft.categories, draft.arxiv_version) == ("2024-05-06", "cs.CL", 2)


def test_every_citation_was_looked_up_in_the_pdf(arxiv: ArxivServer, model: ModelServer, page: PaperPage) -> None:
    run_all(page, Scope.QA)
    citations = [c for block in newest(page).qa for c in block.value["citations"]]
    assert citations
    assert all(c["verified"] and c["page"] in {1, 2, 3, 4} for c in citations)


def test_the_page_texts_are_kept_once_per_version(arxiv: ArxivServer, model: ModelServer, page: PaperPage) -> None:
    run_all(page, Scope.QA)
    run_all(page, Scope.QA)
    assert PaperSource.objects.get().key == str(ArxivId("2405.03548", 2))
    assert sum("/pdf/" in seen.path for seen in arxiv.seen) == 1


def test_an_unchanged_input_makes_no_second_call(arxiv: ArxivServer, model: ModelServer, page: PaperPage) -> None:
    run_all(page)
    again = run_all(page)
    assert [(run.status, run.calls) for run in again] == [(Status.DONE, 0), (Status.DONE, 0)]
    assert len(model.prompts) == 2


def test_a_paid_reply_outlives_the_worker_that_was_killed(
    arxiv: ArxivServer, model: ModelServer, page: PaperPage
) -> None:
    (run,) = request_drafts(page, (Scope.ABSTRACT,))
    draft_paper(run.pk)
    # As SIGKILL after the reply was stored and before it was judged leaves it:
    DraftRun.objects.update(status=Status.QUEUED)
    ModelCall.objects.update(usable=None)
    assert draft_paper(run.pk).status == Status.DONE
    assert len(model.prompts) == 1


@pytest.mark.parametrize(
    ("pdf", "reason"),
    [
        (b"<!DOCTYPE html><html><body>Not here</body></html>", "not a PDF"),
        (pdfs.truncated(pdfs.paper(3)), "damaged"),
        (pdfs.pdf(["secret"], password="x"), "password"),
        (pdfs.image_only(), "pictures"),
    ],
)
def test_an_unreadable_pdf_leaves_a_draft_from_the_abstract_and_says_so(
    pdf: bytes, reason: str, model: ModelServer, page: PaperPage, digest: Callable[..., None]
) -> None:
    paper = Listed("2405.03548", version=2, title="MAmmoTH2", summary=PAPER.summary, pdf=pdf)
    with ArxivServer(paper) as server:
        digest(ARXIV_API_URL=server.api_url, ARXIV_PDF_URL=server.pdf_url)
        (run,) = run_all(page, Scope.QA)
    assert run.status == Status.DONE, run.error
    assert reason in str(stored_notice(run.note))
    assert newest(page).abstract_only


def test_a_pdf_over_the_limit_is_refused(arxiv: ArxivServer, model: ModelServer, page: PaperPage, digest: Any) -> None:
    digest(MAX_PDF_PAGES=3)
    (run,) = run_all(page, Scope.QA)
    assert "more than 3 pages" in str(stored_notice(run.note))


def test_an_unknown_id_fails_with_its_name(model: ModelServer, page: PaperPage, digest: Any) -> None:
    with ArxivServer() as server:
        digest(ARXIV_API_URL=server.api_url, ARXIV_PDF_URL=server.pdf_url)
        (run,) = run_all(page, Scope.ABSTRACT)
    assert run.status == Status.FAILED
    assert run.error["params"]["id"] == "2405.03548"


def test_an_arxiv_that_is_down_is_asked_again_later(model: ModelServer, page: PaperPage, digest: Any) -> None:
    with ArxivServer().script(Answer(b"busy", status=503, headers={"Retry-After": "600"})) as server:
        digest(ARXIV_API_URL=server.api_url)
        (run,) = run_all(page, Scope.ABSTRACT)
    assert run.status == Status.QUEUED
    assert run.not_before is not None


def test_a_wrong_key_stops_the_week_with_one_message(arxiv: ArxivServer, page: PaperPage, digest: Any) -> None:
    others = [make_paper() for _ in range(3)]
    with ModelServer().script(failure(401, "Incorrect API key provided", code="invalid_api_key")) as server:
        digest(OPENAI_BASE_URL=server.base_url, LLM_MAX_RETRIES=0)
        [request_drafts(other, (Scope.QA,), group="week-1") for other in others]
        run_all(page, Scope.ABSTRACT)
    assert DraftRun.objects.failed().count() == 4
    assert len({str(run.error) for run in DraftRun.objects.all()}) == 1


def test_a_call_that_would_pass_the_budget_is_not_made(
    arxiv: ArxivServer, model: ModelServer, page: PaperPage, digest: Any
) -> None:
    digest(BUDGET_PER_WEEK="0.001", LLM_PRICES={"tiny": {"input": 1, "output": 10}})
    (run,) = run_all(page, Scope.ABSTRACT)
    assert run.status == Status.FAILED
    assert run.error["params"]["budget"] == "0.00"
    assert model.prompts == []


def test_a_budget_without_a_price_is_a_clear_error(
    arxiv: ArxivServer, model: ModelServer, page: PaperPage, digest: Any
) -> None:
    digest(BUDGET_PER_WEEK="10")
    (run,) = run_all(page, Scope.ABSTRACT)
    assert run.error["params"]["name"] == "DIGEST_LLM_PRICES"


def test_the_cost_of_a_call_is_booked(arxiv: ArxivServer, model: ModelServer, page: PaperPage, digest: Any) -> None:
    digest(BUDGET_PER_WEEK="10", LLM_PRICES={"tiny": {"input": 1, "cached": 0.1, "output": 10}})
    (run,) = run_all(page, Scope.ABSTRACT)
    assert run.cost > 0
    assert run.reserved == 0


def test_the_glossary_goes_into_the_prompt(arxiv: ArxivServer, model: ModelServer, page: PaperPage) -> None:
    GlossaryTerm.objects.create(source="instructions", target="指示文", language="ja")
    GlossaryTerm.objects.create(source="retrieval", target="検索", language="ja")
    run_all(page, Scope.ABSTRACT)
    assert "指示文" in model.prompts[0]
    assert "検索" not in model.prompts[0]


def test_a_field_that_failed_stays_empty_and_says_why(arxiv: ArxivServer, page: PaperPage, digest: Any) -> None:
    with ModelServer().script(completion("no JSON"), completion("again none")) as server:
        digest(OPENAI_BASE_URL=server.base_url, LLM_MAX_RETRIES=0)
        (run,) = run_all(page, Scope.ABSTRACT)
    assert (run.status, run.calls, run.retryable) == (Status.FAILED, 2, True)
    assert newest(page).summary == ""


def test_a_retry_after_a_bad_reply_asks_anew(arxiv: ArxivServer, page: PaperPage, digest: Any) -> None:
    with ModelServer().script(completion("no JSON"), completion("again none")) as server:
        digest(OPENAI_BASE_URL=server.base_url, LLM_MAX_RETRIES=0)
        run_all(page, Scope.ABSTRACT)
        (again,) = run_all(page, Scope.ABSTRACT)
    assert (again.status, again.calls) == (Status.DONE, 1)


def test_without_a_model_sentences_are_picked_word_for_word(arxiv: ArxivServer, page: PaperPage) -> None:
    runs = run_all(page)
    assert {(run.status, run.backend, run.calls) for run in runs} == {(Status.DONE, "extractive", 0)}
    draft = newest(page)
    assert draft.abstract_translated == ""
    assert all(block.value["answer_original"] and not block.value["answer"] for block in draft.qa)


def test_a_paper_with_nothing_to_read_gets_no_run() -> None:
    page = make_paper(arxiv_id=None, abstract="", listed_note="")
    assert request_drafts(page, (Scope.ABSTRACT, Scope.QA)) == []


def test_an_entry_outside_arxiv_is_summed_up_from_the_lists_note(model: ModelServer) -> None:
    page = make_paper(
        arxiv_id=None, abstract="", abstract_translated="", summary="", listed_note="A model card of 35B."
    )
    (run,) = run_all(page)
    assert (run.scope, run.status) == (Scope.ABSTRACT, Status.DONE)
    draft = newest(page)
    assert draft.summary
    assert draft.abstract_translated == ""


def test_a_title_that_fits_no_field_is_a_failed_field(arxiv: ArxivServer, page: PaperPage, digest: Any) -> None:
    with ModelServer().twist(lambda said: json.dumps({**said, "title": "長い" * 300})) as server:
        digest(OPENAI_BASE_URL=server.base_url, LLM_MODEL="tiny", LLM_MAX_RETRIES=0)
        (run,) = run_all(page, Scope.ABSTRACT)
    assert (run.status, newest(page).title_translated) == (Status.FAILED, "")
    assert newest(page).summary


def test_a_retry_of_a_half_failed_run_asks_for_the_rest_again(arxiv: ArxivServer, page: PaperPage, digest: Any) -> None:
    def without_two(said: dict[str, Any]) -> str:
        return json.dumps({"items": said["items"][:-2]})

    def with_one(said: dict[str, Any]) -> str:
        return json.dumps({"items": said["items"][:1]})

    with ModelServer().twist(without_two, with_one) as server:
        digest(OPENAI_BASE_URL=server.base_url, LLM_MODEL="tiny", LLM_MAX_RETRIES=0)
        (first,) = run_all(page, Scope.QA)
        (again,) = run_all(page, Scope.QA)
    assert (first.status, first.calls) == (Status.FAILED, 2)
    assert (again.status, again.calls) == (Status.DONE, 1)
