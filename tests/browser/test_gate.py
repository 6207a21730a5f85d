"""The gate in a real browser: the board shows what stands against publishing, a reason lets it through."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from papers.models import PaperPage
from tests.browser.conftest import rest
from tests.browser.test_editing import Desk, a_paper, apart, as_alice, desk_of  # noqa: F401
from tests.factories import make_qa, make_week
from tests.weekly.admin.test_report import a_week
from weekly.models import WeekPage

pytestmark = pytest.mark.browser
LOOK = 60_000
REASON = "Alice has read it twice"


def is_live(page: PaperPage | WeekPage) -> bool:
    return apart(lambda: type(page).objects.get(pk=page.pk).live)


def unread() -> PaperPage:
    return a_paper(title="Unread", qa=[make_qa(1, approved=False)])


def test_the_board_leads_to_the_first_finding(as_alice: Desk) -> None:  # noqa: F811
    week = make_week(a_paper(title="Broken off", abstract_translated="うまくいくと"), unread())
    page = as_alice(desk_of(week))
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name="First finding: Broken off"))
    expect(row).to_contain_text("not ready")
    page.get_by_role("link", name="First finding: Broken off").click()
    expect(page.locator("textarea[name=abstract_translated]")).to_be_in_viewport(timeout=LOOK)


def test_a_week_goes_out_with_a_reason_by_keyboard_alone(as_alice: Desk) -> None:  # noqa: F811
    week = make_week(unread())
    page = as_alice(reverse("weekly_admin:publish", args=[week.pk]))
    expect(page.get_by_text("1 error or unapproved text stands.")).to_be_visible()
    page.get_by_label("Reason").focus()
    page.keyboard.type(REASON)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The week and 1 paper are published.")).to_be_visible(timeout=LOOK)
    assert is_live(week)


def test_the_page_editor_asks_for_a_reason_and_takes_it(as_alice: Desk) -> None:  # noqa: F811
    paper = unread()
    page = as_alice(reverse("wagtailadmin_pages:edit", args=[paper.pk]))
    expect(page.locator("[name=override_reason]")).to_have_count(0)
    publish(page)
    expect(page.locator("[name=override_reason]")).to_be_visible(timeout=LOOK)
    page.locator("[name=override_reason]").fill(REASON)
    publish(page)
    expect(page.get_by_text("published.").first).to_be_visible(timeout=LOOK)
    assert is_live(paper)


def editing_a_new_summary(as_alice: Desk) -> tuple[Page, PaperPage]:  # noqa: F811
    paper = a_paper(title="Read")
    page = as_alice(reverse("wagtailadmin_pages:edit", args=[paper.pk]))
    rest(page)
    page.locator("[name=summary]").fill("人の要約")
    return page, paper


def test_a_save_after_an_autosave_is_not_taken_for_stale(as_alice: Desk) -> None:  # noqa: F811
    page, paper = editing_a_new_summary(as_alice)
    with page.expect_event("response", lambda response: response.request.method == "POST" and "/edit/" in response.url):
        pass
    page.wait_for_timeout(300)
    publish(page)
    expect(page.get_by_text("published.").first).to_be_visible(timeout=LOOK)
    assert apart(lambda: PaperPage.objects.get(pk=paper.pk).summary) == "人の要約"


def test_a_save_waits_for_an_autosave_that_is_under_way(as_alice: Desk) -> None:  # noqa: F811
    page, paper = editing_a_new_summary(as_alice)
    page.evaluate("document.addEventListener('w-autosave:save', () => { window.isSaving = true; })")
    page.wait_for_function("window.isSaving", timeout=LOOK)
    publish(page)
    expect(page.get_by_text("published.").first).to_be_visible(timeout=LOOK)
    assert apart(lambda: PaperPage.objects.get(pk=paper.pk).summary) == "人の要約"


def publish(page: Page) -> None:
    page.get_by_role("button", name="More actions").click()
    page.locator("button[name=action-publish]").click()


def test_the_report_fits_a_desktop_screen(as_alice: Desk) -> None:  # noqa: F811
    a_week(summary="機械が書いた要約")
    page = as_alice(reverse("weekly_admin:report"))
    expect(page.get_by_role("img", name="Share of text that editors changed, by prompt and model")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
