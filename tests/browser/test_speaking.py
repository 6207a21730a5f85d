"""Readers report and comment in a real browser: with mouse, finger and keyboard, with scripts and without."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from papers.models import PaperPage
from tests.browser.conftest import Open, apart
from tests.browser.test_reading import FAINT
from tests.factories import make_comment, make_correction, make_paper, make_qa
from weekly.hearing.tokens import MIN_AGE
from weekly.models import Comment, Report

pytestmark = pytest.mark.browser

ANSWER = "鼠は検索の結果を取り込みます。"
# A reader drags over the first words of the first answer.
SELECT = """() => {
  const text = document.querySelector(".answer [data-place] p").firstChild;
  text.parentElement.scrollIntoView({ block: "center" });
  getSelection().setBaseAndExtent(text, 0, text, 4);
}"""
KINDS = ("comment", "report")
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def paper(transactional_db: None) -> PaperPage:
    """A paper with a thread and a correction."""
    page = make_paper(live=True, slug="read-me", qa=[make_qa(1, answer=ANSWER), make_qa(2)])
    thread = make_comment(page, state="approved", text="https://example.org/" + "long" * 40)
    make_comment(page, state="approved", parent=thread)
    make_correction(page, reason="x" * 200, thanks="Bob")
    return page


def wait_as_a_person_would(page: Page) -> None:
    page.wait_for_timeout(MIN_AGE * 1000 + 200)


def send(page: Page) -> None:
    wait_as_a_person_would(page)
    page.locator("form [type=submit]").click()


def write_report(page: Page) -> None:
    page.locator("[name=message]").fill("RATは動物ではありません。")
    page.locator("[name=wording]").fill("RATは")
    send(page)


def write_comment(page: Page, text: str = "なるほど。") -> None:
    page.locator("[name=text]").fill(text)
    page.locator("[name=name]").fill("みなと")
    send(page)


def the_report() -> Report:
    return apart(Report.objects.get)


# Reports


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_selected_words_are_reported_where_they_stand(open_page: Open, paper: PaperPage, width: str) -> None:
    page = open_page("/papers/read-me/", width, has_touch=width == "phone")
    page.evaluate(SELECT)
    offer = page.locator(".speak-offer")
    (offer.tap if width == "phone" else offer.click)()
    expect(page.locator("dialog .quoted")).to_have_text(ANSWER[:4])
    write_report(page)
    expect(page.locator("dialog h1")).to_be_focused()
    report = the_report()
    assert (report.place, report.quote, report.passage) == (f"qa.{make_qa(1)['id']}.answer", ANSWER[:4], ANSWER)
    assert report.wording == "RATは"


def test_a_phone_reports_by_the_passages_own_link(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/read-me/", "phone", has_touch=True)
    page.locator(".answer .report-link").first.tap()
    expect(page.locator("dialog .passage:visible").last).to_have_text(ANSWER)
    write_report(page)
    expect(page.locator("dialog h1")).to_be_focused()
    assert the_report().quote == ""


def test_a_report_goes_by_keyboard_alone(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/read-me/")
    page.evaluate(SELECT)
    page.locator(".answer .report-link").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("dialog [name=message]")).to_be_focused()
    page.keyboard.type("Wrong.")
    wait_as_a_person_would(page)
    for _field in ("wording", "name", "email", "thanks", "send"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("dialog h1")).to_be_focused()
    assert the_report().quote == ANSWER[:4]


def test_the_focus_comes_back_when_the_dialog_closes(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/read-me/")
    link = page.locator(".answer .report-link").first
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("dialog [name=message]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(link).to_be_focused()


def test_what_was_typed_is_still_there_after_closing_by_mistake(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/read-me/")
    link = page.locator(".answer .report-link").first
    link.click()
    page.locator("[name=message]").fill("A long thought")
    page.keyboard.press("Escape")
    link.click()
    expect(page.locator("[name=message]")).to_have_value("A long thought")


def test_a_report_works_without_scripts(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/read-me/", java_script_enabled=False)
    page.locator(".answer .report-link").first.click()
    expect(page.locator(".passage").last).to_have_text(ANSWER)
    write_report(page)
    page.wait_for_url("**/reports/thanks/*")
    assert the_report().passage == ANSWER


def test_nothing_is_offered_for_words_outside_the_passages(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/read-me/")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.digest-colophon p'))")
    page.wait_for_timeout(400)
    expect(page.locator(".speak-offer")).to_be_hidden()


# Comments


def test_a_comment_waits_in_its_writers_browser_and_shows_in_no_other(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/read-me/")
    page.locator("#comments .button").click()
    write_comment(page)
    expect(page.locator(".waiting .said")).to_have_text("なるほど。")
    expect(page.locator(".waiting")).to_be_focused()
    page.reload()
    expect(page.locator(".waiting .said")).to_have_text("なるほど。")
    assert open_page("/papers/read-me/").locator(".waiting").count() == 0


def test_a_sent_comment_is_announced(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/read-me/")
    page.locator("#comments .button").click()
    write_comment(page)
    expect(page.locator("[role=status]")).not_to_be_empty()


def test_an_answer_comes_below_its_thread(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/read-me/", "phone")
    page.locator(".threads .report-link").click()
    write_comment(page)
    expect(page.locator(".answers .waiting .said")).to_have_text("なるほど。")


def test_a_refused_comment_keeps_its_text_in_the_dialog(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/read-me/")
    page.locator("#comments .button").click()
    page.locator("[name=text]").fill("A long thought")
    send(page)
    expect(page.locator("dialog .problems")).to_be_focused()
    expect(page.locator("dialog [name=text]")).to_have_value("A long thought")
    write_comment(page, "A longer thought")
    expect(page.locator(".waiting .said")).to_have_text("A longer thought")


def test_a_comment_that_cannot_be_sent_stays_in_the_dialog(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/read-me/")
    page.locator("#comments .button").click()
    page.locator("[name=text]").fill("A long thought")
    page.context.set_offline(True)
    page.locator("form [type=submit]").click()
    expect(page.locator("dialog .failed")).to_be_visible()
    expect(page.locator("[name=text]")).to_have_value("A long thought")


def test_comments_work_without_scripts(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/read-me/", "phone", java_script_enabled=False)
    page.locator("#comments .button").click()
    page.locator("[name=text]").fill("A long thought")
    send(page)
    expect(page.locator("[name=text]")).to_have_value("A long thought")
    write_comment(page, "A long thought")
    expect(page.locator(".waiting .said")).to_have_text("A long thought")
    assert page.url.endswith(f"#comment-{apart(lambda: Comment.objects.latest('pk').pk)}")


# Looks


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_forms_and_voices_fit_the_window(open_page: Open, paper: PaperPage, width: str) -> None:
    page = open_page("/papers/read-me/", width)
    wide = []
    for address in ("/papers/read-me/", "/corrections/", *(f"/{kind}s/new/?page={paper.pk}" for kind in KINDS)):
        page.goto(address)
        wide += [address] * page.evaluate(SIDEWAYS)
    assert wide == []


@pytest.mark.parametrize("width", ["desktop", "phone"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_field_for_machines_covers_nothing(open_page: Open, paper: PaperPage, kind: str, width: str) -> None:
    page = open_page(f"/{kind}s/new/?page={paper.pk}", width)
    boxes = [part.bounding_box() for part in page.locator(".trap, .trap *").all()]
    assert all(box["x"] + box["width"] < 0 for box in boxes)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forms_and_voices_stand_out_from_their_ground(open_page: Open, paper: PaperPage, scheme: str) -> None:
    page = open_page("/papers/read-me/", scheme=scheme)
    assert page.evaluate(FAINT) == []
    for kind in KINDS:
        page.goto(f"/{kind}s/new/?page={paper.pk}")
        page.locator("form [type=submit]").click()
        expect(page.locator(".problems")).to_be_visible()
        assert page.evaluate(FAINT) == [], kind
