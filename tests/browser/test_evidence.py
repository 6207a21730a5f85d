"""Evidence in a real browser: beside the answer, at the width of an office screen, and back again."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from papers.files import keep_file
from papers.models import PaperPage, PaperSource
from tests.browser.conftest import Open
from tests.factories import make_paper, make_qa
from tests.servers import pdfs

pytestmark = pytest.mark.browser
SOON = 60_000  # milliseconds on a busy machine

TRUE = "The gain is 3.4 points over all of the tasks that we know"
OTHER = "The loss fell by half in all of the runs that we made."
FALSE = TRUE.replace("3.4", "3.5")
PAGES = (
    f"A Title\nThis paper is about <gains> & losses of all kinds.\n{TRUE}.\n{OTHER}",
    "All of the data is public and can be had from the authors.",
)


@pytest.fixture(autouse=True)
def _nothing_is_kept_yet(settings: Any) -> None:
    settings.STORAGES = {**settings.STORAGES}  # Django then makes all storages anew


def a_paper(*, text: bool = True, keep: bool = True) -> PaperPage:
    """Its first question has a quote that is in the paper, its second one that is not."""
    cited = ({"page": 1, "quote": TRUE, "verified": True}, {"page": 2, "quote": FALSE, "verified": False})
    paper = make_paper(qa=[make_qa(number, citations=[one]) for number, one in enumerate(cited, start=1)])
    if text:
        PaperSource.objects.create(key=paper.source_key, pages=[[n, page] for n, page in enumerate(PAGES, start=1)])
    if keep:
        keep_file(paper.source_key, pdfs.pdf(*PAGES))
    return paper


@pytest.fixture
def editor(log_in: Open) -> Callable[..., Page]:
    def open_editor(paper: PaperPage, **options: Any) -> Page:
        address = reverse("wagtailadmin_pages:edit", args=[paper.pk])
        page = log_in(address, **options)
        expect(page.locator(".digest-citation__tools")).to_have_count(2, timeout=SOON)
        return page

    return open_editor


def opener(page: Page, question: int = 1) -> Locator:
    return page.locator(".digest-citation__tools button").nth(question - 1)


def field(page: Page, name: str, question: int = 1) -> Locator:
    return page.locator(f'[name="qa-{question - 1}-value-citations-0-value-{name}"]')


def show(page: Page, question: int = 1) -> Locator:
    opener(page, question).click()
    panel = page.get_by_role("dialog", name=f"Question {question}, quote 1")
    expect(panel.locator("img, .digest-evidence__picture p")).not_to_have_text("Loading…", timeout=SOON)
    return panel


def test_quotes_that_are_not_in_the_paper_are_seen_at_once(editor: Callable[..., Page]) -> None:
    page = editor(a_paper())
    expect(page.locator(".digest-citation__tools strong")).to_have_text(
        ["Found in the paper", "Not found in the paper"]
    )
    expect(page.locator(".digest-citation-unverified")).to_have_count(1)


def test_the_text_and_the_picture_stand_beside_the_answer(editor: Callable[..., Page]) -> None:
    page = editor(a_paper())
    panel = show(page)
    expect(panel.locator("mark")).to_have_text(TRUE)
    expect(panel.get_by_role("img", name="Page 1 of the paper")).to_have_js_property("naturalWidth", 1100)
    answer, beside = page.locator('[name="qa-0-value-answer"]').bounding_box(), panel.bounding_box()
    assert answer["x"] + answer["width"] <= beside["x"]
    expect(page.locator('[name="qa-0-value-answer"]')).to_be_in_viewport()


def test_the_mark_is_in_sight_on_a_long_page(editor: Callable[..., Page]) -> None:
    paper = a_paper(keep=False)
    lines = "\n".join(f"Line {number} of very many that stand before it." for number in range(100))
    PaperSource.objects.update(pages=[[1, f"{lines}\n{TRUE}.\n{lines}"]])
    panel = show(editor(paper))
    expect(panel.locator("mark")).to_be_in_viewport(ratio=1)


def test_what_a_paper_says_is_text_and_nothing_else(editor: Callable[..., Page]) -> None:
    words = show(editor(a_paper())).get_by_role("region", name="Text of the page")
    expect(words).to_contain_text("about <gains> & losses")
    expect(words).to_have_attribute("lang", "en")


def test_escape_closes_and_focus_returns(editor: Callable[..., Page]) -> None:
    page = editor(a_paper())
    panel = show(page)
    expect(panel.get_by_role("heading")).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(opener(page)).to_be_focused()


def test_a_key_opens_the_evidence_of_the_question_at_hand(editor: Callable[..., Page]) -> None:
    page = editor(a_paper())
    page.locator('[name="qa-1-value-answer"]').focus()
    page.keyboard.press("Alt+q")
    expect(page.get_by_role("dialog", name="Question 2, quote 1")).to_be_visible()


def test_a_quote_that_is_not_there_shows_the_nearest_passage(editor: Callable[..., Page]) -> None:
    panel = show(editor(a_paper()), 2)
    expect(panel.get_by_role("status")).to_contain_text("Not found in the paper")
    expect(panel.locator("mark.is-near")).to_have_text(re.compile("3.4 points"))


def test_another_sentence_becomes_the_quote(editor: Callable[..., Page]) -> None:
    page = editor(a_paper())
    panel = show(page, 2)
    panel.get_by_text("Quote another sentence").click()
    panel.get_by_role("listitem").filter(has_text="The loss fell").get_by_role("button").click()
    expect(field(page, "quote", 2)).to_have_value(OTHER)
    expect(field(page, "page", 2)).to_have_value("1")
    expect(field(page, "verified", 2)).to_be_checked()
    expect(panel.locator("mark")).to_have_text(OTHER.rstrip("."), timeout=SOON)


def test_picking_can_be_undone(editor: Callable[..., Page]) -> None:
    page = editor(a_paper())
    panel = show(page, 2)
    panel.get_by_text("Quote another sentence").click()
    panel.get_by_role("button", name="Quote this").first.click()
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(field(page, "quote", 2)).to_have_value(FALSE)
    expect(page.locator(".digest-citation__tools strong").nth(1)).to_have_text("Not found in the paper")


def test_selected_words_become_the_quote(editor: Callable[..., Page]) -> None:
    page = editor(a_paper())
    panel = show(page)
    panel.locator("mark").select_text()
    panel.get_by_role("button", name="Quote the selected words").click()
    expect(page.get_by_text("The quote was replaced.").first).to_be_visible()
    expect(field(page, "quote")).to_have_value(TRUE)


def test_neighbouring_pages_can_be_turned_to(editor: Callable[..., Page]) -> None:
    panel = show(editor(a_paper()))
    expect(panel.get_by_role("button", name="Previous page")).to_be_disabled()
    panel.get_by_role("button", name="Next page").click()
    expect(panel.get_by_text("Page 2 of 2")).to_be_visible()
    expect(panel.get_by_role("region")).to_contain_text("All of the data is public")


def test_a_quote_changed_by_hand_is_searched_at_once(editor: Callable[..., Page]) -> None:
    page = editor(a_paper())
    field(page, "quote").fill(FALSE)
    field(page, "quote").blur()
    expect(page.locator(".digest-citation__tools strong").first).to_have_text("Not found in the paper")
    field(page, "quote").fill(TRUE)
    field(page, "quote").blur()
    expect(page.locator(".digest-citation__tools strong").first).to_have_text("Found in the paper", timeout=SOON)


def test_a_file_that_cannot_be_had_leaves_text_and_a_link(editor: Callable[..., Page]) -> None:
    panel = show(editor(a_paper(keep=False)))
    expect(panel.get_by_text("127.0.0.1 cannot be reached now")).to_be_visible(timeout=SOON)
    expect(panel.get_by_role("link", name="Open the PDF at this page")).to_have_attribute(
        "href", re.compile(r"/pdf/.+#page=1$")
    )
    expect(panel.locator("mark")).to_have_text(TRUE)


def test_a_paper_that_was_not_read_says_so(editor: Callable[..., Page]) -> None:
    panel = show(editor(a_paper(text=False)))
    expect(panel.get_by_text("The paper's text has not been read yet.")).to_be_visible()


def test_a_question_that_is_deleted_takes_its_evidence_along(editor: Callable[..., Page]) -> None:
    page = editor(a_paper())
    panel = show(page, 2)
    block = page.locator(".digest-qa").nth(1).locator("xpath=ancestor::*[@data-contentpath][1]")
    block.get_by_role("button", name="Delete").first.click()
    expect(panel).to_be_hidden(timeout=SOON)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_the_panel_overflows_nowhere(editor: Callable[..., Page], width: str, scheme: str) -> None:
    panel = show(editor(a_paper(), width=width, scheme=scheme), 2)
    widths = panel.evaluate("panel => [panel.scrollWidth, panel.clientWidth, innerWidth]")
    assert widths[0] <= widths[1] <= widths[2]
    expect(panel.get_by_role("heading")).to_be_in_viewport()
