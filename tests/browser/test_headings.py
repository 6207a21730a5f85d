"""A long draft at a glance: what each section's heading tells, folded or not, and how long an undo is offered."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.factories import make_paper, make_qa

pytestmark = pytest.mark.browser
PAUSE = 60_000  # milliseconds
FAULTY = "このモデルは3.4億個のパラメータを持ちます。エージェントを調べました。"


def open_paper(log_in: Open, **options: Any) -> Page:
    """The editor of a paper with a wrong number in its abstract and in its second answer."""
    qa = [make_qa(1), make_qa(2, answer="3から34億個のパラメータを持ちます。")]
    paper = make_paper(
        abstract="The model has 34 billion parameters. We study agents.", abstract_translated=FAULTY, qa=qa
    )
    page = log_in(reverse("wagtailadmin_pages:edit", args=[paper.pk]), **options)
    expect(page.locator("[data-finding]").first).to_be_attached(timeout=PAUSE)
    return page


def heading(page: Page, words: str) -> Any:
    return page.locator("[data-panel-heading]", has_text=words)


def test_a_sections_heading_counts_what_is_found_in_it(log_in: Open) -> None:
    page = open_paper(log_in)
    tally = heading(page, "Abstract").locator(".digest-tally")
    expect(tally.locator(".digest-tally__count--error")).to_have_text("Errors: 1")


def test_a_section_without_findings_says_nothing(log_in: Open) -> None:
    page = open_paper(log_in)
    expect(heading(page, "Abstract").locator(".digest-tally")).to_have_count(1)
    expect(heading(page, "Title in the readers").locator(".digest-tally")).to_have_count(0)


def test_a_dismissed_finding_is_not_counted_in_its_heading(log_in: Open) -> None:
    page = open_paper(log_in)
    error = page.locator(".digest-finding--error", has_text="power of ten").first
    error.get_by_role("button", name="Dismiss…").click()
    page.keyboard.type("So the authors wrote.")
    page.keyboard.press("Enter")
    expect(heading(page, "Abstract").locator(".digest-tally__count--error")).to_have_count(0)


def test_questions_are_numbered_as_findings_name_them(log_in: Open) -> None:
    page = open_paper(log_in)
    expect(page.locator(".c-sf-block__type", has_text="Question")).to_have_text(["Question 1", "Question 2"])


def test_the_numbers_follow_a_move(log_in: Open) -> None:
    page = open_paper(log_in)
    expect(heading(page, "Question 2")).to_be_visible()
    page.get_by_role("button", name="Move down").first.click()
    expect(page.locator(".c-sf-block__type", has_text="Question")).to_have_text(["Question 1", "Question 2"])
    expect(page.locator(".digest-qa textarea[name$=question]").first).to_have_value("質問2は何ですか。")


def test_the_next_finding_is_shown_though_all_is_folded(log_in: Open) -> None:
    page = open_paper(log_in)
    page.get_by_role("button", name="Collapse all").click()
    expect(page.locator("[data-finding]").last).not_to_be_visible()
    page.keyboard.press("Alt+K")
    expect(page.locator("[data-finding]").last).to_be_focused()


def test_an_undo_is_offered_until_somebody_types(log_in: Open) -> None:
    page = open_paper(log_in)
    page.get_by_role("button", name="Replace by “340億個”").click()
    expect(page.locator(".digest-undo")).to_be_visible()
    page.locator("textarea[name=summary]").press_sequentially("あ")
    expect(page.locator(".digest-undo")).not_to_be_visible()
