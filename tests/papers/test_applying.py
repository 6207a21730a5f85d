"""A machine never overwrites a person, and never publishes."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.models import PageLogEntry

from papers.applying import Changes, apply_changes, base_hashes, bot, resolve
from papers.blocks import text_hash
from papers.drafting.base import QADraft
from papers.models import DRAFTED_FIELDS, DraftRun, PaperPage, Scope, Suggestion
from tests.factories import make_editor, make_paper, make_qa, make_run

pytestmark = pytest.mark.django_db
STAMP = {"backend": "openai", "model": "tiny", "prompt": "p1", "run": 1}


def begun(page: PaperPage, scope: str = Scope.ABSTRACT) -> DraftRun:
    draft = page.get_latest_revision_as_object()
    return make_run(page, scope, base=base_hashes(draft, DRAFTED_FIELDS))


def newest(page: PaperPage) -> Any:
    return PaperPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def edit(page: PaperPage, **fields: Any) -> None:
    draft = newest(page)
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision()


def qa(*numbers: int, answer: str = "新しい答え。") -> list[QADraft]:
    return [QADraft("method", f"新しい質問{n}?", answer) for n in numbers]


def test_an_empty_field_is_written_into_an_unpublished_revision() -> None:
    page = make_paper(summary="", live=False)
    apply_changes(page, Changes(texts={"summary": "要約。"}), begun(page), STAMP)
    assert newest(page).summary == "要約。"
    page.refresh_from_db()
    assert (page.live, page.summary) == (False, "")


def test_a_published_page_keeps_what_readers_see() -> None:
    page = make_paper(live=True, title_translated="")
    apply_changes(page, Changes(texts={"title_translated": "題"}), begun(page), STAMP)
    page.refresh_from_db()
    assert page.title_translated == ""
    assert page.has_unpublished_changes


def test_a_machines_own_text_may_be_renewed() -> None:
    page = make_paper(summary="古い", provenance={"summary": {"hash": text_hash("古い")}})
    assert apply_changes(page, Changes(texts={"summary": "新しい"}), begun(page), STAMP) == []
    assert newest(page).summary == "新しい"


def test_a_persons_text_stands_and_the_draft_is_parked() -> None:
    page = make_paper(summary="人の要約")
    apply_changes(page, Changes(texts={"summary": "機械の要約"}), begun(page), STAMP)
    assert newest(page).summary == "人の要約"
    assert Suggestion.objects.get().value == "機械の要約"


def test_an_edit_made_while_the_model_was_thinking_is_kept() -> None:
    page = make_paper(summary="")
    run = begun(page)
    edit(page, summary="その間に書いた")
    apply_changes(page, Changes(texts={"summary": "機械"}), run, STAMP)
    assert newest(page).summary == "その間に書いた"
    assert Suggestion.objects.get().place == "summary"


def test_a_locked_page_is_not_touched() -> None:
    page = make_paper(summary="")
    PaperPage.objects.filter(pk=page.pk).update(locked=True, locked_by=make_editor(), locked_at=timezone.now())
    revisions = page.revisions.count()
    apply_changes(page, Changes(texts={"summary": "機械"}), begun(page), STAMP)
    assert page.revisions.count() == revisions
    assert Suggestion.objects.count() == 1


def test_a_page_that_somebody_has_open_is_not_touched_and_the_reason_names_them() -> None:
    page = make_paper(summary="")
    alice = make_editor(first_name="Alice", last_name="A")
    EditingSession.objects.create(user=alice, content_object=page, last_seen_at=timezone.now())
    apply_changes(page, Changes(texts={"summary": "機械"}), begun(page), STAMP)
    assert newest(page).summary == ""
    assert Suggestion.objects.get().reason["params"] == {"name": "Alice A"}


def test_a_newer_draft_replaces_a_parked_one() -> None:
    page = make_paper(summary="人")
    for text in ("一", "二"):
        run = begun(page)
        apply_changes(page, Changes(texts={"summary": text}), run, STAMP)
        DraftRun.objects.filter(pk=run.pk).update(status="done")
    assert [s.value for s in Suggestion.objects.open()] == ["二"]


def test_the_same_text_again_is_no_suggestion() -> None:
    page = make_paper(summary="同じ")
    assert apply_changes(page, Changes(texts={"summary": "同じ"}), begun(page), STAMP) == []


def test_questions_are_written_with_their_provenance() -> None:
    page = make_paper()
    apply_changes(page, Changes(items=qa(1, 2)), begun(page, Scope.QA), STAMP)
    blocks = newest(page).qa
    assert [block.value["question"] for block in blocks] == ["新しい質問1?", "新しい質問2?"]
    assert blocks[0].value["provenance"]["model"] == "tiny"


def test_untouched_machine_answers_are_renewed_and_keep_their_links() -> None:
    page = make_paper()
    apply_changes(page, Changes(items=qa(1, answer="古い")), begun(page, Scope.QA), STAMP)
    before = newest(page).qa[0].id
    DraftRun.objects.update(status="done")
    apply_changes(page, Changes(items=qa(1)), begun(page, Scope.QA), STAMP)
    assert (newest(page).qa[0].id, newest(page).qa[0].value["answer"]) == (before, "新しい答え。")


def test_an_edited_answer_stands_and_the_new_ones_are_offered() -> None:
    page = make_paper(qas=2)
    draft = newest(page)
    draft.qa[0].value["answer"] = "編集者の答え。"
    draft.save_revision()
    apply_changes(page, Changes(items=qa(8, 9)), begun(page, Scope.QA), STAMP)
    assert newest(page).qa[0].value["answer"] == "編集者の答え。"
    assert len(Suggestion.objects.get(place="qa").value) == 2


def test_a_failed_answer_is_filled_although_another_was_edited() -> None:
    page = make_paper()
    failed = QADraft("method", "新しい質問1?", problem="cut off")
    apply_changes(page, Changes(items=[failed, *qa(2)]), begun(page, Scope.QA), STAMP)
    draft = newest(page)
    draft.qa[1].value["answer"] = "編集者の答え。"
    draft.save_revision()
    DraftRun.objects.update(status="done")
    apply_changes(page, Changes(items=qa(1, 2)), begun(page, Scope.QA), STAMP)
    assert [block.value["answer"] for block in newest(page).qa] == ["新しい答え。", "編集者の答え。"]


def test_tags_are_only_put_where_there_are_none() -> None:
    bare, tagged = make_paper(summary=""), make_paper(summary="", tags=["rag"])
    for page in (bare, tagged):
        apply_changes(page, Changes(texts={"summary": "s"}, tags=["moe"]), begun(page), STAMP)
    assert [tag.name for tag in newest(bare).tags.all()] == ["moe"]
    assert [tag.name for tag in newest(tagged).tags.all()] == ["rag"]


def test_the_pages_history_names_the_machine_the_model_and_the_prompt() -> None:
    page = make_paper(summary="")
    apply_changes(page, Changes(texts={"summary": "s"}), begun(page), STAMP)
    entry = PageLogEntry.objects.get(page=page.pk, action="papers.draft")
    assert (entry.user, entry.data["model"], entry.data["prompt"]) == (bot(), "tiny", "p1")


def test_the_bot_cannot_log_in() -> None:
    assert not bot().has_usable_password()
    assert not bot().is_active


def test_a_taken_suggestion_is_the_editors_own_revision() -> None:
    page, alice = make_paper(summary="人"), make_editor()
    apply_changes(page, Changes(texts={"summary": "機械"}), begun(page), STAMP)
    resolve(Suggestion.objects.get(), taken=True, user=alice)
    assert newest(page).summary == "機械"
    assert PaperPage.objects.get(pk=page.pk).latest_revision.user == alice


def test_taken_questions_stand_beside_the_editors() -> None:
    page = make_paper(qas=1)
    draft = newest(page)
    draft.qa[0].value["answer"] = "編集者の答え。"
    draft.save_revision()
    apply_changes(page, Changes(items=qa(1)), begun(page, Scope.QA), STAMP)
    resolve(Suggestion.objects.get(), taken=True, user=make_editor())
    assert [block.value["answer"] for block in newest(page).qa] == ["編集者の答え。", "新しい答え。"]


def test_a_suggestion_that_was_left_changes_nothing() -> None:
    page = make_paper(summary="人")
    apply_changes(page, Changes(texts={"summary": "機械"}), begun(page), STAMP)
    resolve(Suggestion.objects.get(), taken=False, user=make_editor())
    assert newest(page).summary == "人"
    assert not Suggestion.objects.open().exists()


def redrafted(page: PaperPage, *items: QADraft) -> list[Any]:
    apply_changes(page, Changes(items=items), begun(page, Scope.QA), STAMP)
    return list(newest(page).qa)


def test_a_copied_question_whose_first_copy_was_edited_keeps_both_blocks() -> None:
    edited, copy = make_qa(1, answer="私の答え。"), {**make_qa(1), "id": "99999999-0000-4000-8000-000000000000"}
    blocks = redrafted(make_paper(qa=[edited, copy]), QADraft("result", copy["value"]["question"], "新しい答え。"))
    assert [block.value["answer"] for block in blocks] == ["私の答え。", "新しい答え。"]
    assert [block.id for block in blocks] == [edited["id"], copy["id"]]


def test_an_edited_passage_stands_where_there_is_no_translation() -> None:
    block = make_qa(1, answer="", answer_original="My passage.")
    blocks = redrafted(make_paper(qa=[block]), QADraft("result", block["value"]["question"], answer_original="Other."))
    assert [block.value["answer_original"] for block in blocks] == ["My passage."]


def test_a_quote_that_an_editor_mended_is_not_replaced() -> None:
    block = make_qa(1)
    block["value"]["citations"][0]["page"] = 42
    blocks = redrafted(make_paper(qa=[block]), QADraft("result", block["value"]["question"], "新しい答え。"))
    assert blocks[0].value["citations"][0]["page"] == 42
    assert Suggestion.objects.get().place == "qa"


def test_an_answer_that_could_not_be_drafted_again_stands() -> None:
    page = make_paper(qas=2)
    first, second = (block.value["question"] for block in page.qa)
    failed = QADraft("result", first, problem="cut off")
    blocks = redrafted(page, failed, QADraft("result", second, "新しい答え。"))
    assert [block.value["answer"] for block in blocks] == ["答え1です。", "新しい答え。"]
