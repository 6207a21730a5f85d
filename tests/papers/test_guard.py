"""The gate before publishing: errors and unapproved texts block, an override with its reason lets one text pass."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import PageLogEntry

from papers.blocks import text_hash
from papers.models import NotReady, PaperPage
from papers.states import State
from tests.factories import make_editor, make_paper, make_qa

pytestmark = pytest.mark.django_db

SUMMARY = "機械の要約です。"
CUT = "要約が途中で..."


def machine_written(**fields: Any) -> PaperPage:
    stamp = {"summary": {"backend": "openai", "prompt": "p1", "hash": text_hash(SUMMARY)}}
    return make_paper(summary=SUMMARY, provenance=stamp, **fields)


def newest(page: PaperPage) -> PaperPage:
    return PaperPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def publish(page: PaperPage, user: Any = None) -> None:
    newest(page).get_latest_revision().publish(user=user)


def test_a_machines_text_is_not_published_unapproved() -> None:
    with pytest.raises(NotReady) as caught:
        publish(machine_written())
    assert [path for path, _message in caught.value.gaps] == ["summary"]


def test_an_approved_text_is_published() -> None:
    page = machine_written()
    draft = newest(page)
    draft.approve("summary")
    draft.save_revision()
    publish(page)
    assert PaperPage.objects.get(pk=page.pk).live


def test_an_approval_ends_with_the_text() -> None:
    draft = newest(machine_written())
    draft.approve("summary")
    assert draft.states()["summary"] == State.APPROVED
    draft.summary = "人が直しました。"
    assert draft.states()["summary"] == State.EDITED


def test_an_error_blocks() -> None:
    page = make_paper(abstract_translated=CUT)
    with pytest.raises(NotReady):
        publish(page)


def test_an_override_lets_the_text_pass_and_is_logged() -> None:
    page, alice = make_paper(abstract_translated=CUT), make_editor()
    draft = newest(page)
    draft.override("著者の要望です", alice)
    draft.save_revision(user=alice)
    publish(page, alice)
    assert PageLogEntry.objects.get(action="papers.override").data["reason"] == "著者の要望です"


def test_an_override_is_void_for_another_text() -> None:
    page = make_paper(abstract_translated=CUT)
    draft = newest(page)
    draft.override("著者の要望です", make_editor())
    draft.abstract_translated = "別の要約が途中で..."
    draft.save_revision()
    with pytest.raises(NotReady):
        publish(page)


def overridden() -> PaperPage:
    """A draft with one Q&A whose errors an editor has let pass."""
    draft = newest(make_paper(abstract_translated=CUT, qa=[make_qa()]))
    draft.override("著者の要望です", make_editor())
    return draft


@pytest.mark.parametrize(("name", "value"), [("quote", "something else"), ("page", 9)])
def test_an_override_is_void_for_another_quote(name: str, value: Any) -> None:
    draft = overridden()
    assert draft.override_reason
    draft.qa[0].value["citations"][0][name] = value
    assert draft.override_reason == ""


def test_an_override_is_void_for_another_answer_in_the_papers_words() -> None:
    draft = overridden()
    draft.qa[0].value["answer_original"] = "We did it."
    assert draft.override_reason == ""


def test_an_override_holds_for_a_question_that_gets_its_id_only_when_saved() -> None:
    draft = newest(make_paper(abstract_translated=CUT, qa=[{**make_qa(), "id": None}]))
    draft.override("著者の要望です", make_editor())
    draft.save_revision()
    assert newest(draft).override_reason == "著者の要望です"


def test_no_override_helps_where_something_is_missing() -> None:
    page = make_paper(summary="")
    draft = newest(page)
    draft.override("急ぎます", make_editor())
    draft.save_revision()
    with pytest.raises(NotReady) as caught:
        publish(page)
    assert "summary" in dict(caught.value.gaps)


def test_a_dismissed_error_does_not_block() -> None:
    page = make_paper(abstract_translated=CUT)
    page.findings.update(dismissed_at=page.latest_revision_created_at, reason="引用です")
    publish(page)
    assert PaperPage.objects.get(pk=page.pk).live
