"""States through the form: an approval holds for the text that was sent with it, and no longer."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from papers.models import PaperPage
from papers.states import State
from tests.editing import address, open_editor, save
from tests.factories import make_paper, make_qa, make_week
from tests.papers.admin.conftest import FAULTY, faulty_paper, machine, newest

pytestmark = pytest.mark.django_db
QA = "qa-0-value-"


def states(page: Any) -> dict[str, State]:
    return newest(page).states()


def qa_state_of(page: PaperPage) -> State:
    return next(state for name, state in states(page).items() if name.startswith("qa."))


def drafted_qa() -> PaperPage:
    return make_paper(qa=[make_qa(1, approved=False)])


def save_with(client: Client, page: Any, **fields: str) -> Any:
    fresh = type(page).objects.get(pk=page.pk)
    return save(client, fresh, {**open_editor(client, fresh), **fields})


def test_a_saved_text_stays_a_machines(alice: Client) -> None:
    page = faulty_paper()
    save_with(alice, page, summary="人の要約です。")
    assert states(page)["abstract_translated"] == State.MACHINE


def test_line_ends_of_a_browser_change_nothing(alice: Client) -> None:
    page = faulty_paper()
    save_with(alice, page, abstract_translated=FAULTY.replace("\n", "\r\n"))
    assert newest(page).abstract_translated == FAULTY
    assert states(page)["abstract_translated"] == State.MACHINE


def test_line_ends_in_a_question_change_nothing_either(alice: Client) -> None:
    page = make_paper(qa=[make_qa(1, answer="一つ目です。\n\n二つ目です。")])
    save_with(alice, page, **{f"{QA}answer": "一つ目です。\r\n\r\n二つ目です。"})
    assert qa_state_of(page) == State.APPROVED


def test_a_field_is_approved_with_the_text_that_is_sent(alice: Client) -> None:
    page = faulty_paper()
    save_with(alice, page, approved="abstract_translated")
    assert states(page)["abstract_translated"] == State.APPROVED


def test_an_approval_counts_for_the_corrected_text(alice: Client) -> None:
    page = faulty_paper()
    save_with(alice, page, approved="abstract_translated", abstract_translated="340億です。")
    assert states(page)["abstract_translated"] == State.APPROVED
    save_with(alice, page, abstract_translated="341億です。")
    assert states(page)["abstract_translated"] == State.EDITED


def test_names_of_no_drafted_field_are_not_approved(alice: Client) -> None:
    page = faulty_paper()
    save_with(alice, page, approved="slug title qa nonsense")
    assert set(newest(page).provenance) == {"abstract_translated"}


def test_a_question_is_approved_with_the_text_that_is_sent(alice: Client) -> None:
    page = drafted_qa()
    assert qa_state_of(page) == State.MACHINE
    save_with(alice, page, **{f"{QA}provenance-approved": "now"})
    assert qa_state_of(page) == State.APPROVED


def test_a_question_that_changes_after_its_approval_is_edited(alice: Client) -> None:
    page = drafted_qa()
    save_with(alice, page, **{f"{QA}provenance-approved": "now"})
    save_with(alice, page, **{f"{QA}answer": "別の答えです。"})
    assert qa_state_of(page) == State.EDITED


def test_a_week_is_approved_the_same_way(alice: Client) -> None:
    week = make_week(make_paper(), provenance={"theme": machine("主題")})
    assert states(week)["theme"] == State.MACHINE
    save_with(alice, week, approved="theme overview")
    assert states(week) == {"theme": State.APPROVED, "overview": State.APPROVED}


def test_an_approved_page_is_published_in_the_same_save(alice: Client) -> None:
    page = make_paper(summary="機械の要約です。", provenance={"summary": machine("機械の要約です。")})
    fields = {**open_editor(alice, page), "approved": "summary"}
    assert save(alice, page, fields, "publish").status_code == 302
    assert type(page).objects.get(pk=page.pk).live


def test_the_form_carries_approvals_once(alice: Client) -> None:
    html = BeautifulSoup(alice.get(address(faulty_paper())).content, "html.parser")
    assert len(html.find_all("input", attrs={"name": "approved"})) == 1
