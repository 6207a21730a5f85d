"""The review desk in a real browser: findings at their places, mended, dismissed, taught to the glossary; approvals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from papers.blocks import text_hash
from papers.models import Finding, GlossaryTerm, PaperPage
from tests.browser.conftest import Open, apart, rest
from tests.factories import make_paper, make_qa, make_week

pytestmark = pytest.mark.browser
SAVED = 60_000  # milliseconds for autosave and the answer of the desk

Editor = Callable[..., Page]


@pytest.fixture
def as_alice(log_in: Open) -> Editor:
    """Open a page's editor as one who has just logged in."""

    def open_editor(paper: Any, **options: Any) -> Page:
        address = reverse("wagtailadmin_pages:edit", args=[paper.pk])
        page = log_in(address, **options)
        expect(page.locator("[data-digest-counts] .digest-count").first).to_be_visible(timeout=SAVED)
        return page

    return open_editor


ABSTRACT = "The model has 34 billion parameters. We study agents. It beats all others on 12 tasks."
LEFT_OVER = "ここではscaling lawを調べました。"
FAULTY = "このモデルは3.4億個のパラメータを持ちます。エージェントを調べました。12のタスクで他を上回ります。"


def faulty_paper(**fields: Any) -> PaperPage:
    """A paper whose translated abstract has a wrong number, as a machine wrote it, and a question."""
    stamp = {"backend": "openai", "model": "tiny", "prompt": "p1", "hash": text_hash(FAULTY)}
    defaults: dict[str, Any] = {
        "abstract": ABSTRACT,
        "abstract_translated": FAULTY,
        "provenance": {"abstract_translated": stamp},
        "qa": [make_qa(1)],
    }
    return make_paper(**{**defaults, **fields})


@contextmanager
def saved_by_itself(page: Page, paper: Any) -> Iterator[None]:
    """What is done inside is saved by Wagtail, and the desk has its answer."""
    rest(page)
    with page.expect_response(lambda answer: answer.url.endswith(f"/{paper.pk}/desk/"), timeout=SAVED):
        yield


def block_of(page: Page, number: int) -> Any:
    return page.locator(".digest-qa").nth(number)


def finding(page: Page, words: str) -> Any:
    return page.locator(".digest-finding", has_text=words)


def text_of(page: Page, name: str = "abstract_translated") -> Any:
    return page.locator(f"textarea[name={name}]")


def newest(paper: PaperPage) -> PaperPage:
    return PaperPage.objects.get(pk=paper.pk).get_latest_revision_as_object()


def test_a_finding_stands_at_its_place_with_what_the_paper_says(as_alice: Editor) -> None:
    page = as_alice(faulty_paper())
    box = page.locator("[data-contentpath=abstract_translated]").locator(".digest-finding")
    expect(box.locator("mark")).to_have_text("3.4億個")
    expect(box.locator("q[lang=en]")).to_contain_text("34 billion parameters")


def test_one_click_applies_a_suggestion_and_one_takes_it_back(as_alice: Editor) -> None:
    page = as_alice(faulty_paper())
    page.get_by_role("button", name="Replace by “340億個”").click()
    expect(text_of(page)).to_have_value(FAULTY.replace("3.4億個", "340億個"))
    expect(finding(page, "power of ten")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(text_of(page)).to_have_value(FAULTY)
    expect(finding(page, "power of ten")).to_have_count(1)


def test_a_mended_text_is_checked_again_when_it_is_saved(as_alice: Editor) -> None:
    paper = faulty_paper()
    page = as_alice(paper)
    with saved_by_itself(page, paper):
        page.get_by_role("button", name="Replace by “340億個”").click()
    expect(page.locator(".digest-count--error")).to_have_text("Errors: 0")
    assert not apart(lambda: Finding.objects.standing().errors().exists())


def test_a_suggestion_finds_its_words_in_a_text_that_has_grown(as_alice: Editor) -> None:
    page = as_alice(faulty_paper())
    text_of(page).fill("𠮷新しい始まり。" + FAULTY)
    page.get_by_role("button", name="Replace by “340億個”").click()
    expect(text_of(page)).to_have_value("𠮷新しい始まり。" + FAULTY.replace("3.4億個", "340億個"))


def test_a_finding_is_dismissed_with_a_reason(as_alice: Editor) -> None:
    paper = faulty_paper()
    page = as_alice(paper)
    box = finding(page, "power of ten")
    box.get_by_role("button", name="Dismiss…").click()
    page.keyboard.type("The paper is wrong.")
    page.keyboard.press("Enter")
    expect(page.locator(".digest-count--error")).to_have_text("Errors: 0")
    kept = apart(lambda: Finding.objects.select_related("dismissed_by").get(rule="numbers"))
    assert (kept.dismissed_by.username, kept.reason) == ("alice", "The paper is wrong.")


def test_a_dismissal_without_a_reason_is_refused_beside_it(as_alice: Editor) -> None:
    page = as_alice(faulty_paper())
    finding(page, "power of ten").get_by_role("button", name="Dismiss…").click()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="Say why this is no fault.")).to_be_visible()


def test_a_dismissal_can_be_brought_back(as_alice: Editor) -> None:
    paper = faulty_paper()
    paper.findings.filter(rule="numbers").update(dismissed_at=timezone.now(), reason="A mistake.")
    page = as_alice(paper)
    page.get_by_text("Dismissed: 1").click()
    expect(page.get_by_text("A mistake.")).to_be_visible()
    page.get_by_role("button", name="Bring back").click()
    expect(page.locator(".digest-count--error")).to_have_text("Errors: 1")


def test_what_one_editor_dismisses_the_other_sees_after_the_next_save(as_alice: Editor) -> None:
    paper = faulty_paper()
    page = as_alice(paper)
    apart(lambda: paper.findings.filter(rule="numbers").update(dismissed_at=timezone.now(), reason="Carol: fine."))
    with saved_by_itself(page, paper):
        text_of(page, "summary").fill("新しい要約です。")
    expect(page.get_by_text("Dismissed: 1")).to_be_visible()
    expect(page.locator(".digest-count--error")).to_have_text("Errors: 0")


def test_a_term_is_added_to_the_glossary_from_its_finding(as_alice: Editor) -> None:
    page = as_alice(faulty_paper(summary=LEFT_OVER))
    finding(page, "was left").get_by_role("button", name="Add to the glossary…").click()
    expect(page.get_by_label("Term in the paper")).to_have_value("scaling law")
    page.get_by_label("Right rendering").fill("スケーリング則")
    page.get_by_role("button", name="Add to the glossary", exact=True).click()
    expect(page.get_by_text("“scaling law” is in the glossary.").first).to_be_visible()
    term = apart(lambda: GlossaryTerm.objects.get(source="scaling law"))
    assert (term.target, term.forbidden, term.language) == ("スケーリング則", "scaling law", "ja")


def test_a_wrong_number_is_no_term(as_alice: Editor) -> None:
    page = as_alice(faulty_paper(summary=LEFT_OVER))
    expect(finding(page, "was left").get_by_role("button", name="Add to the glossary…")).to_have_count(1)
    expect(finding(page, "power of ten").get_by_role("button", name="Add to the glossary…")).to_have_count(0)


def test_what_is_typed_into_a_findings_form_is_no_change_of_the_page(as_alice: Editor) -> None:
    paper = faulty_paper()
    page = as_alice(paper)
    before = apart(lambda: PaperPage.objects.get(pk=paper.pk).latest_revision.created_at)
    rest(page)
    finding(page, "power of ten").get_by_role("button", name="Dismiss…").click()
    page.keyboard.type("Still thinking")
    page.wait_for_timeout(2000)  # four times as long as autosave waits
    assert apart(lambda: PaperPage.objects.get(pk=paper.pk).latest_revision.created_at) == before


def test_keys_lead_from_finding_to_finding_and_back(as_alice: Editor) -> None:
    page = as_alice(faulty_paper(qa=[make_qa(1, answer="答えは…")]))
    said = []
    for key in ("Alt+KeyJ", "Alt+KeyJ", "Alt+KeyJ", "Alt+KeyK"):
        page.keyboard.press(key)
        said.append(page.evaluate("document.activeElement.dataset.finding"))
    assert len(set(said[:3])) == 3
    assert said[3] == said[1]


def test_the_buttons_do_what_the_keys_do(as_alice: Editor) -> None:
    page = as_alice(faulty_paper())
    page.get_by_role("button", name="Previous finding").click()
    expect(page.locator(".digest-finding:focus")).to_have_count(1)
    expect(page.get_by_role("button", name="Next finding")).to_have_attribute("aria-keyshortcuts", "Alt+J")


def severities(page: Page, press: Callable[[], None], times: int) -> list[str]:
    """Which severities have the focus after each press."""
    found = []
    for _press in range(times):
        press()
        found.append(page.evaluate("document.activeElement.className.match(/finding--(error|warning|info)/)[1]"))
    return found


def mixed_paper() -> PaperPage:
    """Its page has a warning, an error, a warning and an error, in this order."""
    return faulty_paper(summary=LEFT_OVER, qa=[make_qa(1, answer="答えはscaling lawの研究です。それは…")])


@pytest.mark.parametrize(("name", "severity"), [("Errors: ", "error"), ("Warnings: ", "warning")])
def test_a_counter_leads_through_the_findings_that_it_counts(as_alice: Editor, name: str, severity: str) -> None:
    page = as_alice(mixed_paper())
    counter = page.get_by_role("button", name=name)
    number = int(counter.get_attribute("data-count") or "")
    assert severities(page, counter.click, number + 1) == [severity] * (number + 1)
    assert number > 1


@pytest.mark.parametrize(("key", "severity"), [("Alt+Digit1", "error"), ("Alt+Digit2", "warning")])
def test_keys_lead_through_one_severity_and_round_again(as_alice: Editor, key: str, severity: str) -> None:
    page = as_alice(mixed_paper())
    seen = []
    for _press in range(page.locator(f".digest-finding--{severity}").count() + 1):
        assert severities(page, lambda: page.keyboard.press(key), 1) == [severity]
        seen.append(page.evaluate("document.activeElement.dataset.finding"))
    assert (seen[0], len(set(seen))) == (seen[-1], len(seen) - 1)


def test_next_goes_on_through_all_from_where_a_counter_led(as_alice: Editor) -> None:
    page = as_alice(mixed_paper())
    all_of_them = page.locator("[data-finding]").evaluate_all("all => all.map(one => one.dataset.finding)")
    page.get_by_role("button", name="Errors: ").click()
    here = all_of_them.index(page.evaluate("document.activeElement.dataset.finding"))
    page.keyboard.press("Alt+KeyJ")
    assert page.evaluate("document.activeElement.dataset.finding") == all_of_them[here + 1]


def test_a_counter_of_nothing_says_so_and_stays(as_alice: Editor) -> None:
    paper = faulty_paper()
    paper.findings.filter(severity="info").delete()
    page = as_alice(paper)
    hints = page.get_by_role("button", name="Hints: 0")
    hints.press("Enter")
    expect(page.get_by_text("No finding of this kind stands.")).to_have_count(1)
    expect(hints).to_be_focused()


def test_a_counter_keeps_the_focus_while_it_counts_anew(as_alice: Editor) -> None:
    page = as_alice(faulty_paper())
    counter = page.get_by_role("button", name="Hints: ")
    counter.focus()
    page.evaluate("window.digestDesk.findings.draw()")
    expect(counter).to_be_focused()
    expect(counter).to_have_attribute("aria-keyshortcuts", "Alt+3")


def test_the_counter_stays_in_sight(as_alice: Editor) -> None:
    page = as_alice(faulty_paper())
    page.get_by_role("button", name="Previous finding").click()
    expect(page.locator("[data-digest-counts]")).to_be_in_viewport()
    expect(page.locator(".digest-finding:focus")).to_be_in_viewport()


def test_a_finding_whose_place_is_gone_is_told_at_the_head(as_alice: Editor) -> None:
    paper = faulty_paper()
    message = {"template": "Left alone.", "params": {}}
    Finding.objects.create(page=paper, rule="style", severity="error", block="gone", field="answer", message=message)
    page = as_alice(paper)
    box = page.locator("[data-digest-lost] .digest-finding", has_text="Left alone.")
    expect(box).to_contain_text("The place of this finding is gone from the form.")
    expect(box.get_by_role("button", name="Replace")).to_have_count(0)


def test_a_deleted_question_takes_its_findings_to_the_head(as_alice: Editor) -> None:
    page = as_alice(faulty_paper(qa=[make_qa(1, answer="答えは…")]))
    expect(block_of(page, 0).locator(".digest-finding")).to_have_count(1)
    page.get_by_role("region", name="Questions and answers").get_by_role("button", name="Delete").first.click()
    expect(page.locator("[data-digest-lost]")).to_contain_text("cut off")


def test_a_text_is_a_machines_until_somebody_changes_it(as_alice: Editor) -> None:
    page = as_alice(faulty_paper())
    badge = page.locator("[data-contentpath=abstract_translated] .digest-state")
    expect(badge).to_have_text("machine")
    text_of(page).fill("人の文です。")
    expect(badge).to_have_text("edited")
    text_of(page).fill(FAULTY)
    expect(badge).to_have_text("machine")


def test_one_key_approves_and_goes_on_to_the_next(as_alice: Editor) -> None:
    paper = faulty_paper(qa=[make_qa(1), make_qa(2, approved=False)])
    page = as_alice(paper)
    text_of(page).focus()
    page.keyboard.press("Alt+KeyA")
    expect(block_of(page, 1).locator("[data-contentpath=answer] textarea")).to_be_focused()
    page.keyboard.press("Alt+KeyA")
    expect(page.locator(".digest-count--waiting")).to_contain_text("0 of")
    expect(page.locator(".digest-state[data-state=machine]")).to_have_count(0)


@pytest.mark.parametrize("key", ["Alt+KeyA", "Alt+KeyW"])
def test_keys_say_politely_that_nothing_stands_in_a_place(key: str, as_alice: Editor) -> None:
    page = as_alice(faulty_paper(summary=""))
    text_of(page, "summary").focus()
    page.keyboard.press(key)
    expect(page.locator(".digest-remark")).to_have_text("Nothing stands here yet that could be approved or compared.")
    page.keyboard.type("要約")
    expect(page.locator(".digest-remark")).to_have_count(0)


def test_approving_an_empty_text_does_not_move_on(as_alice: Editor) -> None:
    page = as_alice(faulty_paper(summary=""))
    text_of(page, "summary").focus()
    page.keyboard.press("Alt+KeyA")
    expect(text_of(page, "summary")).to_be_focused()
    expect(page.locator("[data-contentpath=summary] .digest-state")).to_have_text("empty")


def test_approvals_are_kept_by_the_next_save(as_alice: Editor) -> None:
    paper = faulty_paper(qa=[make_qa(2, approved=False)])
    page = as_alice(paper)
    with saved_by_itself(page, paper):
        page.get_by_role("button", name="Approve").first.click()
        page.get_by_role("button", name="Approve").first.click()
    states = apart(lambda: newest(paper).states())
    assert (states["abstract_translated"], states[f"qa.{paper.qa[0].id}"]) == ("approved", "approved")


def test_a_change_after_an_approval_takes_it_back(as_alice: Editor) -> None:
    paper = faulty_paper(qa=[make_qa(2, approved=False)])
    page = as_alice(paper)
    with saved_by_itself(page, paper):
        page.get_by_role("button", name="Approve").last.click()
    with saved_by_itself(page, paper):
        block_of(page, 0).locator("[data-contentpath=answer] textarea").fill("人の答えです。")
    expect(page.locator(".digest-state").last).to_have_text("edited")
    page.reload()
    expect(page.locator(".digest-state").last).to_have_text("edited", timeout=SAVED)


def test_a_week_has_the_desk_too(as_alice: Editor) -> None:
    page = as_alice(make_week(make_paper(), overview="この週は…"))
    box = page.locator("[data-contentpath=overview] .digest-finding")
    expect(box).to_contain_text("cut off")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_nothing_overflows_at_any_width(as_alice: Editor, width: str, scheme: str) -> None:
    page = as_alice(faulty_paper(summary=LEFT_OVER), width=width, scheme=scheme)
    finding(page, "was left").get_by_role("button", name="Add to the glossary…").click()
    wide = "[...document.querySelectorAll('[class^=digest]')].filter(one => one.getBoundingClientRect().right > innerWidth)"
    assert page.evaluate(f"{wide}.map(one => one.className)") == []
