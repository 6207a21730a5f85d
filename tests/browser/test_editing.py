"""Editing in a real browser: from a pasted list to a published week."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, expect

from papers.actions import draft_paper
from papers.models import DraftRun, PaperPage, Scope, Status
from tests.browser.conftest import Open, apart
from tests.factories import make_paper, make_qa, make_run, make_week
from tests.weekly.admin.conftest import table
from weekly.models import WeekPage

pytestmark = pytest.mark.browser
LOOK = 60_000  # milliseconds for the desk to notice: it looks every two seconds

Desk = Callable[..., Page]


@pytest.fixture
def as_alice(log_in: Open) -> Desk:
    return log_in


def desk_of(week: WeekPage) -> str:
    return reverse("weekly_admin:desk", args=[week.pk])


def a_paper(**fields: Any) -> PaperPage:
    """A paper that can be drafted without any network: it has an abstract and no more."""
    return make_paper(arxiv_id=None, arxiv_version=None, **fields)


def test_a_pasted_list_becomes_a_week_of_drafts(as_alice: Desk) -> None:
    page = as_alice(reverse("weekly_admin:import"))
    page.get_by_label("Pasted text").check()
    page.get_by_label("The list's text").fill(table("First", "Second"))
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_text("arXiv gave no metadata")).to_have_count(1)
    page.get_by_role("button", name="Import as drafts").click()
    expect(page.get_by_role("link", name="First", exact=True).first).to_be_visible()
    assert page.url.endswith(desk_of(apart(WeekPage.objects.get)))


def test_only_the_chosen_way_in_is_shown(as_alice: Desk) -> None:
    page = as_alice(reverse("weekly_admin:import"))
    expect(page.get_by_label("Address of a reading list")).to_be_hidden()
    page.get_by_label("An address").check()
    expect(page.get_by_label("Address of a reading list")).to_be_visible()


def test_what_was_typed_is_still_there_after_a_mistake(as_alice: Desk) -> None:
    page = as_alice(reverse("weekly_admin:import"))
    page.get_by_label("Pasted text").check()
    page.get_by_label("The list's text").fill("# No weeks here")
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_text("No week was found in pasted text.")).to_be_visible()
    expect(page.get_by_label("The list's text")).to_have_value("# No weeks here")


def test_the_desk_watches_drafts_come_in(as_alice: Desk) -> None:
    week = make_week(a_paper(title_translated="", summary="", abstract_translated=""))
    page = as_alice(desk_of(week))
    page.get_by_role("button", name="Draft all anew").dblclick()
    expect(page.get_by_role("strong")).to_have_text("0 of 3 done")
    apart(lambda: draft_paper(DraftRun.objects.get(scope=Scope.QA).pk))
    expect(page.locator("[data-desk-live]")).to_have_text("1 of 3 done", timeout=LOOK)
    expect(page.locator("progress")).to_have_js_property("value", 1)


def test_the_desk_goes_quiet_when_all_has_ended(as_alice: Desk) -> None:
    paper = a_paper()
    week = make_week(paper)
    run = make_run(paper, group=week.run_group)
    page = as_alice(desk_of(week))
    apart(lambda: DraftRun.objects.filter(pk=run.pk).update(status=Status.FAILED))
    expect(page.get_by_role("button", name="Retry: questions and answers")).to_be_visible(timeout=LOOK)
    expect(page.locator("[data-active='0']")).to_have_count(1)


def test_the_desk_works_without_scripts(as_alice: Desk) -> None:
    week = make_week(a_paper())
    page = as_alice(desk_of(week), java_script_enabled=False)
    page.get_by_role("button", name="Draft what is missing").click()
    expect(page.get_by_role("strong")).to_have_text("0 of 3 done")


def test_a_gap_leads_to_the_place_where_it_can_be_mended(as_alice: Desk) -> None:
    paper = a_paper(qa=[*(make_qa(n) for n in range(1, 9)), make_qa(9, answer="")])
    page = as_alice(reverse("weekly_admin:publish", args=[make_week(paper).pk]))
    page.get_by_role("link", name="Answer 9 is empty.").click()
    answer = page.locator('textarea[name="qa-8-value-answer"]')
    expect(answer).to_be_focused(timeout=LOOK)
    expect(answer).to_be_in_viewport()


def test_a_week_is_published_from_the_desk(as_alice: Desk) -> None:
    week = make_week(a_paper(), a_paper())
    page = as_alice(desk_of(week))
    page.get_by_role("link", name="Publish week…").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("The week and 2 papers are published.")).to_be_visible()
    assert apart(lambda: WeekPage.objects.get(pk=week.pk).live)


def editor_of(paper: PaperPage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[paper.pk])


def test_questions_carry_labels_for_what_needs_a_look(as_alice: Desk) -> None:
    doubtful = {"page": 4, "quote": "We measured it twice.", "verified": False}
    page = as_alice(editor_of(a_paper(qa=[make_qa(1, answer=""), make_qa(2, citations=[doubtful])])))
    labels = page.locator(".digest-label")
    expect(labels).to_have_text(["empty answer", "quotes not found in the paper: 1"])
    page.locator('textarea[name="qa-0-value-answer"]').fill("答えです。")
    expect(labels).to_have_text(["quotes not found in the paper: 1"])


def test_questions_and_originals_stand_side_by_side_in_their_languages(as_alice: Desk) -> None:
    extract = make_qa(1, answer="", answer_original="We measured it.")
    page = as_alice(editor_of(a_paper(qa=[extract])))
    answer = page.locator('textarea[name="qa-0-value-answer"]')
    original = page.locator('textarea[name="qa-0-value-answer_original"]')
    expect(answer).to_have_attribute("lang", "ja")
    expect(original).to_have_attribute("lang", "en")
    assert original.bounding_box()["x"] > answer.bounding_box()["x"] + answer.bounding_box()["width"]


def crowded_week() -> WeekPage:
    paper, long = a_paper(title="A title " * 12, summary=""), a_paper(title="Averylongword" * 12)
    week = make_week(paper, long)
    make_run(paper, group=week.run_group, status=Status.FAILED, prompt_tokens=123_456, completion_tokens=98_765)
    return week


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_nothing_overflows_at_any_width(as_alice: Desk, width: str, scheme: str) -> None:
    week = crowded_week()
    page = as_alice(desk_of(week), width=width, scheme=scheme)
    for name, args in [("desk", [week.pk]), ("publish", [week.pk]), ("import", [])]:
        page.goto(reverse(f"weekly_admin:{name}", args=args))
        widths = page.evaluate(
            "[document.querySelector('main').scrollWidth, document.querySelector('main').clientWidth]"
        )
        assert widths[0] <= widths[1], name


def test_the_sites_language_does_not_keep_the_desk_from_english(as_alice: Desk) -> None:
    assert settings.LANGUAGE_CODE == "ja"
    expect(as_alice(reverse("digest_weeks:index")).get_by_role("heading", name="Weeks")).to_have_count(1)
