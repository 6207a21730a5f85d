"""What changed: the machine's text or an offer beside the form's text."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from papers.admin.changes import changes_part
from papers.admin.redraft import redraft_part
from papers.blocks import text_hash
from papers.models import MachineText, PaperPage, Status, Suggestion
from tests.factories import make_paper, make_qa, make_run, make_week

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> PaperPage:
    return make_paper(qas=1, provenance={"summary": {"backend": "openai", "hash": text_hash("機械の要約です。")}})


@pytest.fixture
def machine(page: PaperPage) -> None:
    stamp = {"model": "tiny", "prompt": "p1", "hash": text_hash("機械の要約です。")}
    MachineText.objects.remember(page.pk, "summary", "機械の要約です。", stamp)
    value = make_qa(1)["value"]
    MachineText.objects.remember(page.pk, "qa", value, {**value["provenance"], "run": None})


def compare(client: Client, page: PaperPage, place: str = "summary", **fields: Any) -> Any:
    return client.post(reverse("papers_admin:changes", args=[page.pk]), {"place": place, **fields})


def offer(page: PaperPage, place: str, value: Any) -> Suggestion:
    return Suggestion.objects.create(page=page, run=make_run(page, status=Status.PARKED), place=place, value=value)


def marks(answer: Any, sub: str = "text") -> list[list[str]]:
    return next(row["pieces"] for row in answer.json()["rows"] if row["sub"] == sub)


def test_a_field_is_compared_with_what_the_machine_wrote(alice: Client, page: PaperPage, machine: None) -> None:
    answer = compare(alice, page, text="人の要約です。")
    assert marks(answer) == [["del", "機械"], ["ins", "人"], ["", "の要約です。"]]
    assert answer.json()["by"].startswith("Drafted by tiny")


def test_an_answer_is_compared_text_by_text(alice: Client, page: PaperPage, machine: None) -> None:
    value = make_qa(1)["value"]
    texts = {"question": value["question"], "answer": "答え1だ。", "hash": value["provenance"]["hash"]}
    answer = compare(alice, page, f"qa.{page.qa[0].id}", **texts)
    assert ["ins", "だ"] in marks(answer, "answer")
    assert [row["same"] for row in answer.json()["rows"] if row["sub"] == "question"] == [True]


def test_a_quote_that_was_taken_out_shows(alice: Client, page: PaperPage, machine: None) -> None:
    hash_ = make_qa(1)["value"]["provenance"]["hash"]
    answer = compare(alice, page, f"qa.{page.qa[0].id}", hash=hash_)
    assert marks(answer, "quotes")[0][0] == "del"


def test_line_ends_of_a_browser_are_no_change(alice: Client, page: PaperPage) -> None:
    text = "一行目。\n\n二行目。"
    MachineText.objects.remember(page.pk, "summary", text, {"hash": text_hash(text)})
    answer = compare(alice, page, text=text.replace("\n", "\r\n"), hash=text_hash(text))
    assert answer.json()["rows"][0]["same"]


def test_a_text_of_which_no_machine_knows_says_so(alice: Client, page: PaperPage) -> None:
    told = compare(alice, page, "title_translated", text="題").json()
    assert told == {"rows": [], "by": "No machine's text is kept for this place."}


def test_markup_stays_text(alice: Client, page: PaperPage, machine: None) -> None:
    answer = compare(alice, page, text="<script>x</script>")
    assert "".join(text for mark, text in marks(answer) if mark != "del") == "<script>x</script>"


def test_a_suggestion_is_compared_with_the_form(alice: Client, page: PaperPage) -> None:
    found = offer(page, "summary", "新しい要約です。")
    answer = compare(alice, page, text="古い要約です。", suggestion=str(found.pk))
    assert marks(answer)[:2] == [["del", "古"], ["ins", "新し"]]


def test_one_of_several_offered_answers_is_compared_by_its_key(alice: Client, page: PaperPage) -> None:
    values = [make_qa(1)["value"], {**make_qa(2)["value"], "answer": "新しい答えです。"}]
    found = offer(page, "qa", values)
    key = values[1]["provenance"]["hash"]
    answer = compare(alice, page, "qa", suggestion=str(found.pk), key=key)
    assert marks(answer, "answer") == [["ins", "新しい答えです。"]]


@pytest.mark.parametrize("pk", ["0", "x", "9" * 40])
def test_a_suggestion_that_is_gone_is_told(pk: str, alice: Client, page: PaperPage) -> None:
    assert compare(alice, page, text="", suggestion=pk).status_code == 409


def test_a_weeks_overview_is_compared_as_well(alice: Client) -> None:
    week = make_week()
    MachineText.objects.remember(week.pk, "overview", "今週の概観です。", {"hash": text_hash("今週の概観です。")})
    answer = compare(alice, week, "overview", text="概観です。", hash=text_hash("今週の概観です。"))
    assert marks(answer) == [["del", "今週の"], ["", "概観です。"]]


def test_a_place_that_is_none_is_refused(alice: Client, page: PaperPage) -> None:
    assert compare(alice, page, "authors").status_code == 400


def test_several_offered_answers_come_one_by_one(alice: Client, page: PaperPage) -> None:
    offer(page, "qa", [make_qa(1)["value"], make_qa(2)["value"]])
    offer(page, "summary", "新しい要約です。")
    opened = alice.get(reverse("papers_admin:desk", args=[page.pk])).json()
    assert [one["place"] for one in opened["suggestions"]] == ["qa", "qa", "summary"]
    assert len({one["key"] for one in opened["suggestions"]}) == 3


def test_what_waits_costs_one_query(page: PaperPage, django_assert_num_queries: Any) -> None:
    for number in range(3):
        offer(page, f"qa.{number}", make_qa(number)["value"])
    with django_assert_num_queries(1):
        assert len(changes_part(page)["suggestions"]) == 3
        redraft_part(page)
