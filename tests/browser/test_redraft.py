"""Redrafting one text in a real browser: the draft lands in the editor's own form, or waits for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from papers.blocks import text_hash
from papers.models import DraftRun, MachineText, PaperPage, PaperSource, Status, Suggestion
from papers.redrafting import Asked, redraft, request_redraft
from papers.states import State
from tests.browser.conftest import Open, apart, rest
from tests.factories import make_paper, make_qa, make_run
from tests.servers.llm import ModelServer

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("model")]
LOOK = 60_000  # milliseconds for the desk to hear of a draft, or for autosave
TEXT = "We propose one simple thing that works on every benchmark which we have tried so far. It is quite small."

Editor = Callable[..., Page]


@pytest.fixture
def as_alice(log_in: Open) -> Editor:
    """Open a paper's editor as one who has just logged in."""

    def open_editor(paper: PaperPage) -> Page:
        address = reverse("wagtailadmin_pages:edit", args=[paper.pk])
        page = log_in(address)
        expect(page.get_by_role("button", name="Redraft…").first).to_be_visible(timeout=LOOK)
        return page

    return open_editor


def a_paper() -> PaperPage:
    paper = make_paper(qas=2)
    PaperSource.objects.create(key=paper.source_key, pages=[[1, TEXT]])
    return paper


def work_once(page: Page) -> None:
    """The worker takes up what the desk has just asked for."""
    page.get_by_text("Drafting: waiting").first.wait_for(timeout=LOOK)
    run = apart(lambda: DraftRun.objects.get(status=Status.QUEUED).pk)
    apart(lambda: redraft(run))


def answer(page: Page, number: int = 0) -> Locator:
    return page.locator(f'textarea[name="qa-{number}-value-answer"]')


def ask_for(page: Page, number: int, instruction: str = "") -> None:
    """Press Redraft at the place of that number: three fields, then the questions."""
    page.get_by_role("button", name="Redraft…").nth(number).click()
    page.get_by_label("How? (may stay empty)").fill(instruction)
    page.keyboard.press("Enter")


def test_a_summary_drafted_anew_lands_in_the_form_and_can_be_undone(as_alice: Editor, model: ModelServer) -> None:
    page = as_alice(a_paper())
    ask_for(page, 1, "shorter")
    work_once(page)
    summary = page.locator("textarea[name=summary]")
    expect(summary).to_have_value(
        "「Paper」は新しい手法を提案し、有効性を示しています。".replace("Paper", page_name(page)), timeout=LOOK
    )
    page.get_by_role("button", name="Undo").click()
    expect(summary).to_have_value("一行の要約です。")


def page_name(page: Page) -> str:
    return page.locator("textarea[name=title], input[name=title]").first.input_value()


def test_an_answer_drafted_anew_keeps_its_question_and_brings_its_quotes(as_alice: Editor) -> None:
    page = as_alice(a_paper())
    ask_for(page, 3, "explain MoE")
    work_once(page)
    expect(answer(page)).to_have_value(
        "論文は「We propose one simple」と述べ、その理由を説明しています。", timeout=LOOK
    )
    expect(page.locator('textarea[name="qa-0-value-question"]')).to_have_value("質問1は何ですか。")
    expect(page.locator('textarea[name^="qa-0-value-citations-"][name$="quote"]:visible')).to_have_value(TEXT[:85])
    expect(answer(page, 1)).to_have_value("答え2です。")


def test_undo_brings_answer_and_quotes_back(as_alice: Editor) -> None:
    page = as_alice(a_paper())
    ask_for(page, 3)
    work_once(page)
    page.get_by_role("button", name="Undo").click(timeout=LOOK)
    expect(answer(page)).to_have_value("答え1です。")
    quote = page.locator('textarea[name^="qa-0-value-citations-"][name$="quote"]:visible')
    expect(quote).to_have_value("We measured it 1 times on the whole set")


def test_autosave_keeps_a_redraft_as_a_machines_text(as_alice: Editor) -> None:
    paper = a_paper()
    page = as_alice(paper)
    rest(page)
    with page.expect_response(lambda response: response.request.method == "POST" and "/edit/" in response.url):
        ask_for(page, 1)
        work_once(page)
    assert apart(lambda: newest(paper).states()["summary"]) == State.MACHINE


def newest(paper: PaperPage) -> Any:
    return PaperPage.objects.get(pk=paper.pk).get_latest_revision_as_object()


def test_a_question_of_ones_own_gets_a_block_and_an_answer(as_alice: Editor) -> None:
    page = as_alice(a_paper())
    page.get_by_role("button", name="Ask a question of your own").click()
    page.get_by_label("Your question").fill("なぜ小さいのですか。")
    page.keyboard.press("Enter")
    work_once(page)
    expect(answer(page, 2)).to_have_value(
        "論文は「We propose one simple」と述べ、その理由を説明しています。", timeout=LOOK
    )
    expect(page.locator('textarea[name="qa-2-value-question"]')).to_have_value("なぜ小さいのですか。")


def test_a_redraft_whose_block_was_deleted_is_offered_as_a_new_question(as_alice: Editor) -> None:
    page = as_alice(a_paper())
    ask_for(page, 3)
    page.get_by_text("Drafting: waiting").first.wait_for(timeout=LOOK)
    page.locator("#qa-root").get_by_role("button", name="Delete").first.click()
    run = apart(lambda: DraftRun.objects.get().pk)
    apart(lambda: redraft(run))
    page.get_by_role("button", name="Add as a new question").click(timeout=LOOK)
    expect(answer(page, 2)).to_have_value(
        "論文は「We propose one simple」と述べ、その理由を説明しています。", timeout=LOOK
    )
    expect(page.get_by_role("button", name="Add as a new question")).to_have_count(0)


def test_a_text_that_was_changed_meanwhile_is_not_replaced(as_alice: Editor) -> None:
    page = as_alice(a_paper())
    ask_for(page, 3)
    page.get_by_text("Drafting: waiting").first.wait_for(timeout=LOOK)
    answer(page).fill("人の答えです。")
    run = apart(lambda: DraftRun.objects.get().pk)
    apart(lambda: redraft(run))
    expect(page.get_by_role("button", name="Take", exact=True)).to_be_visible(timeout=LOOK)
    expect(answer(page)).to_have_value("人の答えです。")


def test_a_failure_is_told_at_the_place_and_can_be_tried_again(as_alice: Editor, digest: Any) -> None:
    digest(LLM="extractive")
    page = as_alice(a_paper())
    ask_for(page, 1)
    work_once(page)
    expect(page.get_by_role("alert").filter(has_text="no language model")).to_be_visible(timeout=LOOK)
    expect(page.get_by_role("button", name="Try again")).to_be_enabled()


def test_a_draft_of_an_earlier_visit_is_taken_from_its_diff(as_alice: Editor) -> None:
    paper = a_paper()
    run = make_run(paper, "redraft", status=Status.DONE)
    Suggestion.objects.create(
        page=paper, run=run, place="summary", value="一行の紹介です。", provenance={"run": run.pk}
    )
    page = as_alice(paper)
    page.get_by_text("Suggestion: ").click()
    expect(page.locator(".digest-suggestion ins")).to_contain_text("紹介")
    page.get_by_role("button", name="Take", exact=True).click()
    expect(page.locator("textarea[name=summary]")).to_have_value("一行の紹介です。")


def test_what_changed_is_shown_word_by_word(as_alice: Editor) -> None:
    machine = "一行の紹介です。"
    paper = make_paper(qa=[make_qa(1)], provenance={"summary": {"backend": "openai", "hash": text_hash(machine)}})
    MachineText.objects.remember(paper.pk, "summary", machine, {"model": "tiny", "hash": text_hash(machine)})
    page = as_alice(paper)
    page.get_by_role("button", name="What changed").nth(0).click()
    expect(page.locator(".digest-diff del")).to_contain_text("紹介")
    expect(page.locator(".digest-diff ins")).to_contain_text("要約")


def finish(page: Page) -> None:
    """The worker ends the one run that waits."""
    run = apart(lambda: DraftRun.objects.get(status=Status.QUEUED).pk)
    apart(lambda: redraft(run))


def wishes() -> list[str]:
    return apart(lambda: [run.request["instruction"] for run in DraftRun.objects.order_by("pk")])


def test_another_instruction_is_next_once_the_first_has_landed(as_alice: Editor, model: ModelServer) -> None:
    page = as_alice(a_paper())
    ask_for(page, 1, "shorter")
    page.get_by_text("Drafting: waiting").first.wait_for(timeout=LOOK)
    page.get_by_label("How? (may stay empty)").fill("explain MoE")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Then: “explain MoE”")).to_be_visible()
    finish(page)
    expect(page.get_by_text("Then: “explain MoE”")).to_have_count(0, timeout=LOOK)
    work_once(page)
    expect(page.get_by_label("How? (may stay empty)")).to_be_hidden(timeout=LOOK)
    assert wishes() == ["shorter", "explain MoE"]


def test_what_is_typed_while_a_draft_is_under_way_stays(as_alice: Editor) -> None:
    page = as_alice(a_paper())
    ask_for(page, 1, "shorter")
    page.get_by_text("Drafting: waiting").first.wait_for(timeout=LOOK)
    page.get_by_label("How? (may stay empty)").fill("explain MoE")
    finish(page)
    page.get_by_role("button", name="Undo").wait_for(timeout=LOOK)
    expect(page.get_by_label("How? (may stay empty)")).to_have_value("explain MoE")
    assert wishes() == ["shorter"]


def test_the_same_instruction_twice_is_one_draft(as_alice: Editor) -> None:
    page = as_alice(a_paper())
    ask_for(page, 1, "shorter")
    page.get_by_text("Drafting: waiting").first.wait_for(timeout=LOOK)
    page.keyboard.press("Enter")
    finish(page)
    expect(page.get_by_label("How? (may stay empty)")).to_be_hidden(timeout=LOOK)
    assert wishes() == ["shorter"]


def test_a_draft_that_another_editor_asked_for_comes_first_and_then_ones_own(as_alice: Editor) -> None:
    paper = a_paper()
    carols = request_redraft(paper, Asked("summary", "longer"))
    page = as_alice(paper)
    ask_for(page, 1, "shorter")
    page.get_by_text("Another draft of this text is under way").wait_for(timeout=LOOK)
    apart(lambda: redraft(carols.pk))
    page.get_by_text("Another draft of this text is under way").wait_for(state="hidden", timeout=LOOK)
    work_once(page)
    expect(page.get_by_role("button", name="Undo")).to_be_visible(timeout=LOOK)
    assert wishes() == ["longer", "shorter"]
