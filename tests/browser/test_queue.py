"""From the queue to the corrected page in a real browser: by keyboard, on a phone, and without scripts."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from papers.models import PaperPage
from tests.browser.conftest import Open, apart
from tests.factories import make_comment, make_paper, make_report
from weekly.admin.wanted import passage_url
from weekly.models import Comment, Report

pytestmark = pytest.mark.browser
QUEUE = reverse("weekly_admin:readers")
ABSTRACT, WRONG, RIGHT = (
    "RAT helps. It works.",
    "ネズミは役に立ちます。うまくいきます。",
    "RATは役に立ちます。うまくいきます。",
)
LOOK = 60_000


def reported(**fields: Any) -> PaperPage:
    """A paper in which two readers found the same fault, one of them with a wording."""
    paper = make_paper(live=True, title="RAT", abstract=ABSTRACT, abstract_translated=WRONG)
    make_report(paper, "abstract_translated", quote="ネズミ", wording="RAT", message="A name.", thanks=True, **fields)
    make_report(paper, "abstract_translated", quote="ネズミ", message="What rat?")
    return paper


def abstract_of(paper: PaperPage) -> str:
    return apart(lambda: PaperPage.objects.get(pk=paper.pk).abstract_translated)


def desk_of(paper: PaperPage) -> str:
    return passage_url(paper.pk, "abstract_translated")


def fits(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_a_report_goes_from_the_queue_to_the_corrected_page(log_in: Open, width: str) -> None:
    paper = reported()
    page = log_in(QUEUE, width=width)
    assert fits(page)
    page.get_by_role("link", name="Begin with the first").click()
    expect(page.locator(".readers-passage mark")).to_have_text("ネズミ")
    page.get_by_label("Why (readers see it)").fill("It is a method's name.")
    assert fits(page)
    page.get_by_role("button", name="Take and publish").click()
    expect(page.get_by_text("Corrected in public.")).to_be_visible(timeout=LOOK)
    expect(page.get_by_text("No report waits.")).to_be_visible()
    page.get_by_role("link", name="See the correction").click()
    expect(page.locator("main")).to_contain_text(RIGHT)
    assert abstract_of(paper) == RIGHT


def test_the_lesson_leads_from_the_correction_to_the_scan(log_in: Open) -> None:
    page = log_in(desk_of(reported()))
    page.get_by_role("button", name="Take and publish").click()
    page.get_by_role("link", name="Make a glossary term of it").click()
    expect(page.get_by_label("Term in the papers")).to_have_value("RAT")
    expect(page.get_by_label("Wrong rendering")).to_have_value("ネズミ")
    page.get_by_role("button", name="Save it and look on all pages").click()
    expect(page.locator("[data-scan]")).to_be_visible(timeout=LOOK)


def test_thanks_follow_the_ticks_until_an_editor_types_others(log_in: Open) -> None:
    page = log_in(desk_of(reported()))
    thanks, tick = page.get_by_label("Thanks to (readers see it)"), page.locator("[name=report]").first
    expect(thanks).to_have_value("Bob")
    tick.uncheck()
    expect(thanks).to_have_value("")
    thanks.fill("Carol")
    tick.check()
    expect(thanks).to_have_value("Carol")


def test_a_decision_by_keyboard_alone_leads_to_the_next_passage(log_in: Open) -> None:
    paper = reported()
    make_report(make_paper(live=True, title="Next"))
    page = log_in(desk_of(paper))
    page.get_by_label("Answer, or reason for declining").focus()
    page.keyboard.type("It is meant so.")
    for _key in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".readers-title")).to_contain_text("Next", timeout=LOOK)
    assert apart(lambda: list(Report.objects.order_by("pk").values_list("state", flat=True))) == ["declined"] * 2 + [
        "open"
    ]


def test_enter_in_a_field_decides_nothing(log_in: Open) -> None:
    paper = reported()
    page = log_in(desk_of(paper))
    page.get_by_label("Thanks to").press("Enter")
    expect(page.get_by_role("button", name="Take and publish")).to_be_visible(timeout=LOOK)
    assert abstract_of(paper) == WRONG


def test_what_is_typed_shows_as_a_change_at_once(log_in: Open) -> None:
    page = log_in(desk_of(reported()))
    text = page.get_by_label("The whole passage as it shall stand")
    text.fill("犬は役に立ちます。うまくいきます。")
    expect(page.locator(".readers-change ins")).to_have_text("犬", timeout=LOOK)
    page.get_by_role("button", name="Use this wording").click()
    expect(text).to_have_value(RIGHT)
    expect(page.locator(".readers-change ins")).to_have_text("RAT", timeout=LOOK)


def test_without_scripts_a_wording_is_used_and_taken(log_in: Open) -> None:
    paper = reported()
    page = log_in(desk_of(paper), java_script_enabled=False)
    page.get_by_label("The whole passage as it shall stand").fill("犬")
    page.get_by_role("button", name="Use this wording").click()
    expect(page.locator(".readers-change ins")).to_have_text("RAT")
    page.get_by_role("button", name="Take and publish").click()
    page.wait_for_url(f"**{QUEUE}")
    assert abstract_of(paper) == RIGHT


def test_all_comments_of_a_page_are_approved_in_two_clicks(log_in: Open) -> None:
    paper = make_paper(live=True)
    for _number in range(3):
        make_comment(paper)
    page = log_in(reverse("weekly_admin:comments"))
    page.get_by_label("All on this page").check()
    page.get_by_role("button", name="Approve").first.click()
    expect(page.get_by_text("3 were decided.")).to_be_visible(timeout=LOOK)
    assert apart(lambda: set(Comment.objects.values_list("state", flat=True))) == {"approved"}
