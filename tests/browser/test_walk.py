"""A draft's way through the desk: from its first finding to the published page, by keyboard and mouse."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from papers.models import PaperPage
from tests.browser.test_gate import publish
from tests.browser.test_review import (
    Editor,
    apart,
    as_alice,  # noqa: F401
    block_of,
    faulty_paper,
    finding,
    saved_by_itself,
    text_of,
)
from tests.factories import make_qa

pytestmark = pytest.mark.browser
CUT = "答えは途中で..."


def test_a_draft_goes_from_its_first_finding_to_the_published_page(as_alice: Editor) -> None:  # noqa: F811
    paper = faulty_paper(qa=[make_qa(1, answer=CUT, approved=False)])
    page = as_alice(paper)
    with saved_by_itself(page, paper):
        mend(page)
    expect(page.locator(".digest-finding--error")).to_have_count(0)
    approve_all(page)
    publish(page)
    expect(page.get_by_text("published.").first).to_be_visible(timeout=60_000)
    live = apart(lambda: PaperPage.objects.get(pk=paper.pk))
    assert (live.live, "340億" in live.abstract_translated) == (True, True)


def mend(page: Page) -> None:
    """The wrong number by the keyboard alone, the answer that was cut off by typing."""
    page.keyboard.press("Alt+KeyJ")
    expect(page.locator(".digest-finding:focus-within")).to_have_count(1)
    finding(page, "power of ten").get_by_role("button", name="Replace by").focus()
    page.keyboard.press("Enter")
    block_of(page, 0).locator("[data-contentpath=answer] textarea").fill("答えは3つです。")


def approve_all(page: Page) -> None:
    text_of(page).focus()
    page.keyboard.press("Alt+KeyA")
    expect(page.locator(".digest-count--waiting")).to_contain_text("0 of")
