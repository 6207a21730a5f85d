"""Redrafting from the editor: asked for, watched, put into the form."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from papers.blocks import text_hash
from papers.drafting.redraft import LONGEST_WISH
from papers.models import DraftRun, PaperPage, PaperSource, Status, Suggestion
from papers.redrafting import redraft
from tests.factories import make_paper, make_qa, make_run, make_week
from tests.servers.llm import ModelServer, completion
from tests.weekly.admin.conftest import make_writer

pytestmark = pytest.mark.django_db
TEXT = "We propose one simple thing that works on every benchmark which we have tried so far. It is quite small."


@pytest.fixture
def page() -> PaperPage:
    paper = make_paper(qas=2)
    PaperSource.objects.create(key=paper.source_key, pages=[[1, TEXT]])
    return paper


def ask(client: Client, page: Any, place: str = "summary", **fields: Any) -> Any:
    return client.post(reverse("papers_admin:redraft", args=[page.pk]), {"place": place, **fields})


def drafted(client: Client, page: PaperPage, place: str = "summary", **fields: Any) -> dict[str, Any]:
    """What the desk sees once the worker is through."""
    told = ask(client, page, place, **fields).json()
    redraft(told["run"])
    return client.get(told["url"]).json()


def settle(client: Client, suggestion: dict[str, Any], **fields: Any) -> Any:
    return client.post(suggestion["url"], fields)


def test_a_redraft_is_queued_and_can_be_watched(alice: Client, page: PaperPage) -> None:
    answer = ask(alice, page, instruction="shorter")
    told = alice.get(answer.json()["url"]).json()
    assert (answer.status_code, told["active"], told["status"]) == (202, True, "queued")
    assert DraftRun.objects.get().request["instruction"] == "shorter"


def test_in_the_end_the_text_comes_with_its_hash(alice: Client, model: ModelServer, page: PaperPage) -> None:
    told = drafted(alice, page)
    assert (told["active"], told["status"]) == (False, "done")
    assert told["suggestion"]["hash"] == text_hash(told["suggestion"]["value"])


def test_an_answer_comes_with_quotes_and_provenance(alice: Client, model: ModelServer, page: PaperPage) -> None:
    told = drafted(alice, page, f"qa.{page.qa[0].id}", question="質問1は何ですか。", kind="result")
    value = told["suggestion"]["value"]
    assert value["citations"][0]["verified"]
    assert value["provenance"]["run"] == told["run"]


def test_a_block_that_is_not_saved_yet_can_be_drafted(alice: Client, model: ModelServer, page: PaperPage) -> None:
    place = "qa.11111111-2222-4333-8444-555555555555"
    told = drafted(alice, page, place, question="なぜですか。", kind="own")
    assert told["suggestion"]["place"] == place
    assert told["suggestion"]["value"]["kind"] == "own"


def test_a_failure_is_told_with_its_reason(alice: Client, digest: Any, page: PaperPage) -> None:
    with ModelServer().script(completion("no JSON"), completion("again none")) as server:
        digest(OPENAI_BASE_URL=server.base_url, LLM_MODEL="tiny", LLM_MAX_RETRIES=0)
        told = drafted(alice, page)
    assert (told["status"], told["suggestion"]) == ("failed", None)
    assert "reply could not be used" in told["error"]


@pytest.mark.parametrize(
    "fields",
    [
        {"place": "title"},
        {"place": "qa"},
        {"place": "qa." + "x" * 40, "question": "?"},
        {"place": "summary", "instruction": "x" * (LONGEST_WISH + 1)},
        {"place": "qa.1111", "question": "  "},
        {"place": "summary", "instruction": "\0"},
    ],
)
def test_what_cannot_be_drafted_is_refused_with_a_sentence(
    fields: dict[str, str], alice: Client, page: PaperPage
) -> None:
    answer = ask(alice, page, **fields)
    assert (answer.status_code, DraftRun.objects.count()) == (400, 0)
    assert answer.json()["error"]


def test_another_wish_is_told_that_the_place_is_taken(alice: Client, page: PaperPage) -> None:
    ask(alice, page, instruction="shorter")
    again, other = (ask(alice, page, instruction=wish).json() for wish in ("shorter", "explain MoE"))
    assert (again["other"], other["other"], other["run"]) == (False, True, again["run"])


def test_a_weeks_texts_are_drafted_one_by_one_too(alice: Client) -> None:
    assert ask(alice, make_week(), "theme").status_code == 202


def test_who_may_not_edit_may_not_redraft(page: PaperPage) -> None:
    carol = Client()
    carol.force_login(make_writer("add_page"))
    assert ask(carol, page).status_code == 403
    assert DraftRun.objects.count() == 0


def test_a_run_of_another_page_is_not_shown(alice: Client, page: PaperPage) -> None:
    run = make_run(make_paper(), "redraft")
    assert alice.get(reverse("papers_admin:redraft_run", args=[page.pk, run.pk])).status_code == 404


def test_a_suggestion_in_the_form_is_settled_without_a_revision(
    alice: Client, model: ModelServer, page: PaperPage
) -> None:
    told = drafted(alice, page)
    assert settle(alice, told["suggestion"], taken="1").status_code == 200
    assert Suggestion.objects.get().taken
    assert PaperPage.objects.get(pk=page.pk).latest_revision_id == page.latest_revision_id


def test_a_suggestion_can_be_left(alice: Client, model: ModelServer, page: PaperPage) -> None:
    told = drafted(alice, page)
    settle(alice, told["suggestion"])
    assert Suggestion.objects.get().taken is False


def test_a_suggestion_is_decided_once(alice: Client, model: ModelServer, page: PaperPage) -> None:
    told = drafted(alice, page)
    settle(alice, told["suggestion"], taken="1")
    assert settle(alice, told["suggestion"], taken="1").status_code == 409


def test_one_of_several_questions_is_taken_and_the_others_stay(alice: Client, page: PaperPage) -> None:
    values = [make_qa(8)["value"], make_qa(9)["value"]]
    found = Suggestion.objects.create(page=page, run=make_run(page, status=Status.PARKED), place="qa", value=values)
    url = reverse("papers_admin:suggestion", args=[page.pk, found.pk])
    alice.post(url, {"taken": "1", "key": values[0]["provenance"]["hash"]})
    assert Suggestion.objects.open().get().value == values[1:]


def test_the_last_of_several_questions_settles_the_suggestion(alice: Client, page: PaperPage) -> None:
    values = [make_qa(8)["value"]]
    found = Suggestion.objects.create(page=page, run=make_run(page, status=Status.PARKED), place="qa", value=values)
    url = reverse("papers_admin:suggestion", args=[page.pk, found.pk])
    alice.post(url, {"taken": "1", "key": values[0]["provenance"]["hash"]})
    assert Suggestion.objects.get().taken


def test_a_draft_that_nobody_took_is_there_at_the_next_opening(
    alice: Client, model: ModelServer, page: PaperPage
) -> None:
    told = drafted(alice, page)
    opened = alice.get(reverse("papers_admin:desk", args=[page.pk])).json()
    assert [one["id"] for one in opened["suggestions"]] == [told["suggestion"]["id"]]
    assert opened["suggestions"][0]["reason"] == "alice asked for this draft."
