"""The heart of the site, walked through: a reader reports, an editor takes it, everybody reads what was corrected."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import feedparser
import pytest
from django.core import mail
from django.urls import reverse
from playwright.sync_api import Page, expect

from papers.models import PaperPage
from tests.browser.conftest import Open, apart
from tests.browser.test_speaking import ANSWER, SELECT, send
from tests.factories import make_paper, make_qa
from weekly import letters

pytestmark = pytest.mark.browser

RIGHT = ANSWER.replace("鼠", "RAT")
WHY = "RATは手法の名前です。"
LOOK = 60_000


@pytest.fixture
def paper(transactional_db: None) -> PaperPage:
    return make_paper(live=True, slug="read-me", qa=[make_qa(1, answer=ANSWER), make_qa(2)])


def by_selection(page: Page) -> None:
    page.evaluate(SELECT.replace("4)", "1)"))
    page.locator(".speak-offer").click()
    expect(page.locator("dialog .quoted")).to_have_text("鼠")
    fill(page, "RAT")
    expect(page.locator("dialog h1")).to_be_focused()


def by_its_link_on_a_phone(page: Page) -> None:
    page.locator(".answer .report-link").first.click()
    fill(page, RIGHT)
    expect(page.locator("dialog h1")).to_be_focused()


def by_a_plain_form(page: Page) -> None:
    page.locator(".answer .report-link").first.click()
    fill(page, RIGHT)
    page.wait_for_url("**/reports/thanks/*")


def fill(page: Page, wording: str) -> None:
    words = {"message": "動物ではありません。", "wording": wording, "name": "みなと", "email": "minato@example.org"}
    for name, text in words.items():
        page.locator(f"[name={name}]").fill(text)
    page.locator("[name=thanks]").check()
    send(page)


def take(page: Page) -> None:
    """An editor finds it in the queue, looks it over and publishes."""
    page.get_by_role("link", name="Begin with the first").click()
    page.get_by_label("The whole passage as it shall stand").fill(RIGHT)
    page.get_by_label("Why (readers see it)").fill(WHY)
    page.get_by_role("button", name="Take and publish").click()
    expect(page.get_by_text("No report waits.")).to_be_visible(timeout=LOOK)


def feed_of(page: Page) -> Any:
    return feedparser.parse(page.request.get("/feeds/corrections.atom").body())


NO_SCRIPTS = {"java_script_enabled": False}
PHONE = {"width": "phone", "has_touch": True}
# The editor's window beside the reader's. Without scripts Wagtail's own sidebar covers a phone, so there it is wide.
WAYS = [
    ({}, {}, by_selection),
    (PHONE, PHONE, by_its_link_on_a_phone),
    (PHONE | NO_SCRIPTS, NO_SCRIPTS, by_a_plain_form),
    (NO_SCRIPTS, NO_SCRIPTS, by_a_plain_form),
]


@pytest.mark.parametrize(("reader", "editor", "report"), WAYS)
def test_an_error_is_reported_taken_and_corrected_in_public(
    open_page: Open, log_in: Open, paper: PaperPage, reader: Any, editor: Any, report: Callable[[Page], None]
) -> None:
    report(open_page("/papers/read-me/", **reader))
    take(log_in(reverse("weekly_admin:readers"), **editor))

    page = open_page("/papers/read-me/", **reader)
    expect(page.locator(".answer").first).to_contain_text(RIGHT)
    expect(page.locator("[id^=correction-] ins")).to_have_text("RAT")
    expect(page.locator("[id^=correction-]")).to_contain_text("みなと")
    page.goto("/corrections/")
    expect(page.locator("main")).to_contain_text(WHY)
    (entry,) = feed_of(page).entries
    assert "<del>鼠</del>" in entry.content[0].value

    apart(letters.send_due)
    (letter,) = mail.outbox
    assert letter.to == ["minato@example.org"]
