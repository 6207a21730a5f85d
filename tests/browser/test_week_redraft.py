"""A week's theme and overview drafted anew in a real browser, beside rows that stay as they are."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from papers.models import DraftRun, Status
from tests.browser.conftest import Open, apart
from tests.browser.test_redraft import LOOK, ask_for
from tests.factories import make_paper, make_week
from weekly.models import WeekPage
from weekly.redrafting import redraft

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("model")]
THEME = "言語モデル, 評価, データ, 効率化"


@pytest.fixture
def week() -> WeekPage:
    return make_week(make_paper(), make_paper())


def opened(log_in: Open, week: WeekPage, **options: str) -> Page:
    page = log_in(reverse("wagtailadmin_pages:edit", args=[week.pk]), **options)
    expect(page.get_by_role("button", name="Redraft…")).to_have_count(2, timeout=LOOK)
    return page


def work_once(page: Page) -> None:
    """The worker takes up what the desk has just asked for."""
    page.get_by_text("Drafting: waiting").first.wait_for(timeout=LOOK)
    run = apart(lambda: DraftRun.objects.get(status=Status.QUEUED).pk)
    apart(lambda: redraft(run))


def standing(page: Page) -> tuple[str, str]:
    theme, overview = (page.locator(f"textarea[name={name}]") for name in WeekPage.drafted)
    return theme.input_value(), overview.input_value()


def test_a_theme_drafted_anew_lands_in_the_form_and_can_be_undone(log_in: Open, week: WeekPage) -> None:
    page = opened(log_in, week)
    ask_for(page, 0, "shorter")
    work_once(page)
    expect(page.locator("textarea[name=theme]")).to_have_value(THEME, timeout=LOOK)
    assert standing(page)[1] == week.overview
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("textarea[name=theme]")).to_have_value(week.theme)


def test_an_overview_drafted_anew_leaves_theme_and_rows_alone(log_in: Open, week: WeekPage) -> None:
    page = opened(log_in, week)
    rows = page.locator("[name^=entries-][name$=-title]")
    before = [row.input_value() for row in rows.all()]
    ask_for(page, 1)
    work_once(page)
    expect(page.locator("textarea[name=overview]")).to_have_value(
        "1番の論文は今週の流れを示しています。\n\n2番の論文は今週の流れを示しています。", timeout=LOOK
    )
    assert (standing(page)[0], [row.input_value() for row in rows.all()]) == (week.theme, before)


def test_an_overview_that_was_changed_meanwhile_is_not_replaced(log_in: Open, week: WeekPage) -> None:
    page = opened(log_in, week)
    ask_for(page, 1)
    page.get_by_text("Drafting: waiting").first.wait_for(timeout=LOOK)
    page.locator("textarea[name=overview]").fill("人の概観です。")
    work_once(page)
    expect(page.get_by_role("button", name="Take", exact=True)).to_be_visible(timeout=LOOK)
    assert standing(page)[1] == "人の概観です。"


def test_the_texts_say_in_which_language_they_are(log_in: Open, week: WeekPage) -> None:
    page = opened(log_in, week)
    for name in (*WeekPage.drafted, "introduction"):
        expect(page.locator(f"textarea[name={name}]")).to_have_attribute("lang", "ja")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_nothing_overflows_at_any_width(log_in: Open, week: WeekPage, width: str, scheme: str) -> None:
    page = opened(log_in, week, width=width, scheme=scheme)
    ask_for(page, 0, "shorter")
    page.get_by_text("Drafting: waiting").first.wait_for(timeout=LOOK)
    wide = "[...document.querySelectorAll('[class^=digest]')].filter(one => one.getBoundingClientRect().right > innerWidth)"
    assert page.evaluate(f"{wide}.map(one => one.className)") == []
