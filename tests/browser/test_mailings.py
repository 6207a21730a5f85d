"""Mail in a real browser: the letter itself, light and dark, and the editor's pages about it, by keyboard too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from wagtail.models import Site

from tests.browser.conftest import WIDTHS, Open, apart
from tests.browser.test_accessibility import ALL, SIDEWAYS
from tests.factories import make_mailing, make_paper, make_subscriber, make_week
from weekly.mailings.composing import issue_of
from weekly.models import Delivery, Mailing, Subscriber

pytestmark = pytest.mark.browser
LOOK = 60_000
LIST, SUBSCRIBERS = reverse("weekly_admin:mail"), reverse("weekly_admin:subscribers")
IN_MAIN = "options => axe.run('main', options)"
# Texts that have a line for every other letter.
SQUEEZED = """all => all.filter(one => one.textContent.trim().length > 6 && one.offsetWidth > 1 && one.offsetWidth < 40)
  .map(one => one.outerHTML)"""


def due() -> Mailing:
    paper = make_paper(live=True, title="On Things " * 8, title_translated="物事について" * 8)
    withdrawn = make_paper(live=True, title="Taken back", withdrawn=True)
    week = make_week(paper, withdrawn, make_paper(title="No page"), live=True, introduction="始めに。")
    return make_mailing(week)


def address(mailing: Mailing) -> str:
    return reverse("weekly_admin:mailing", args=[mailing.pk])


def sent() -> Mailing:
    """A mailing of which not all arrived."""
    mailing = due()
    Mailing.objects.filter(pk=mailing.pk).update(status="sent", started_at=timezone.now(), ended_at=timezone.now())
    for number, state in enumerate(["sent", "failed", "unsure"]):
        reader = make_subscriber(f"{'long-' * 10}{number}", ended_at=timezone.now() if number == 1 else None)
        Delivery.objects.create(mailing=mailing, subscriber=reader, state=state, error="550 " + "refused" * 30)
    return mailing


PAGES: dict[str, Callable[[], str]] = {
    "empty": lambda: LIST,
    "list": lambda: sent() and LIST,
    "due": lambda: address(due()),
    "asked": lambda: f"{address(due())}?ask=send",
    "sent": lambda: address(sent()),
    "nobody": lambda: SUBSCRIBERS,
    "subscribers": lambda: sent() and SUBSCRIBERS,
    "week": lambda: reverse("weekly_admin:week_letter", args=[due().week_id]),
}


def faults(page: Page, script: str = "options => axe.run(document, options)") -> list[str]:
    page.evaluate(Axe().axe_script)
    found = page.evaluate(script, ALL)["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:200]}" for rule in found]


# The letter


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_letter_can_be_read_by_everybody(open_page: Open, width: str, scheme: str) -> None:
    _text, html = issue_of(due()).bodies(make_subscriber())
    page = open_page("about:blank", width=width, scheme=scheme)
    page.set_content(html)
    assert [fault for fault in faults(page) if not fault.startswith(("landmark-one-main", "region"))] == []
    assert not page.evaluate(SIDEWAYS)


def test_the_letter_asks_no_server_for_anything(open_page: Open) -> None:
    _text, html = issue_of(due()).bodies(make_subscriber())
    page = open_page("about:blank")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(html, wait_until="networkidle")
    assert asked == []


@pytest.mark.parametrize(("scheme", "ground"), [("light", "rgb(251, 252, 251)"), ("dark", "rgb(18, 25, 28)")])
def test_the_letter_follows_the_readers_screen(open_page: Open, scheme: str, ground: str) -> None:
    _text, html = issue_of(due()).bodies()
    page = open_page("about:blank", scheme=scheme)
    page.set_content(html)
    expect(page.locator("body")).to_have_css("background-color", ground)


# The editor's pages


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_on_the_pages_about_mail(log_in: Open, name: str, scheme: str) -> None:
    page = log_in(PAGES[name](), scheme=scheme)
    page.wait_for_timeout(300)  # Wagtail's header moves in
    assert faults(page, IN_MAIN) == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_the_pages_about_mail_fit(log_in: Open, name: str, width: str) -> None:
    page = log_in(PAGES[name](), width=width)
    assert not page.evaluate(SIDEWAYS)
    assert page.locator("main :is(p, label, caption, tbody td, dd, h2, h3)").evaluate_all(SQUEEZED) == []


def test_a_mailing_is_held_by_keyboard(log_in: Open) -> None:
    mailing = due()
    page = log_in(address(mailing))
    page.get_by_role("button", name="Hold").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("It is held")).to_be_visible(timeout=LOOK)
    assert apart(lambda: Mailing.objects.get(pk=mailing.pk).status) == "held"


def test_a_mailing_is_sent_only_after_a_second_look(log_in: Open) -> None:
    make_subscriber()
    page = log_in(address(due()))
    page.get_by_role("link", name="Send now…").press("Enter")
    expect(page.get_by_text("cannot be called back")).to_be_visible(timeout=LOOK)
    page.get_by_role("button", name="Send now, to 1 reader").press("Enter")
    expect(page.get_by_text("It goes out now.")).to_be_visible(timeout=LOOK)


def test_the_letter_in_its_frame_opens_its_links_elsewhere(log_in: Open, live_server: Any) -> None:
    Site.objects.update(port=live_server.thread.port)
    Site.clear_site_root_paths_cache()
    page = log_in(address(due()))
    with page.expect_popup() as opened:
        page.frame_locator("iframe").get_by_role("link", name="物事について").click()
    expect(opened.value.locator("h1")).to_contain_text("物事について", timeout=LOOK)
    assert "/mail/" in page.url


def test_all_subscribers_of_a_page_are_ended_in_two_clicks(log_in: Open) -> None:
    for number in range(3):
        make_subscriber(f"reader-{number}")
    page = log_in(SUBSCRIBERS)
    page.get_by_label("All on this page").check()
    page.get_by_role("button", name="End their mail").click()
    expect(page.get_by_text("3 get no more mail.")).to_be_visible(timeout=LOOK)
    assert apart(lambda: Subscriber.objects.active().count()) == 0


def test_enter_in_the_field_searches_and_ends_nobodys_mail(log_in: Open) -> None:
    make_subscriber("bob")
    make_subscriber("carol")
    page = log_in(SUBSCRIBERS)
    page.get_by_label("Address", exact=True).fill("car")
    page.get_by_label("Address", exact=True).press("Enter")
    expect(page.get_by_text("carol@example.org")).to_be_visible(timeout=LOOK)
    expect(page.get_by_text("bob@example.org")).to_have_count(0)
