"""Every button that sends a page's form waits for an autosave under way: nothing is lost, nothing is taken for stale."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from papers.models import PaperPage
from tests.browser.conftest import Open, apart, rest
from tests.factories import make_paper

pytestmark = pytest.mark.browser
LOOK = 60_000  # milliseconds
WORDS = "人の要約"

# The network is slow: the server has saved, and its answer comes three seconds later.
SLOW = """() => {
  const send = window.fetch;
  const late = (answer) => new Promise((done) => { setTimeout(() => done(answer), 3000); });
  window.fetch = async (...what) => {
    const isSave = String(what[0]).endsWith('/edit/');
    const answer = await send(...what);
    if (isSave) window.isSaved = true;
    return isSave ? late(answer) : answer;
  };
}"""


@pytest.fixture
def saving(log_in: Open) -> Any:
    """Open a paper's editor, type a summary, and come back while autosave is under way."""

    def open_and_type(paper: PaperPage) -> Page:
        page = log_in(reverse("wagtailadmin_pages:edit", args=[paper.pk]))
        page.evaluate(SLOW)
        rest(page)
        page.locator("textarea[name=summary]").fill(WORDS)
        page.wait_for_function("window.isSaved", timeout=LOOK)
        return page

    return open_and_type


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=name, exact=True).click()


def submitted() -> PaperPage:
    """A paper that waits for a moderator."""
    paper = make_paper()
    paper.get_workflow().start(paper, None)
    return PaperPage.objects.get(pk=paper.pk)


def saved(paper: PaperPage) -> Any:
    return apart(lambda: PaperPage.objects.get(pk=paper.pk).get_latest_revision_as_object().summary)


def test_save_draft_waits(saving: Any) -> None:
    paper = make_paper()
    page = saving(paper)
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("has been updated")).to_be_visible(timeout=LOOK)
    assert saved(paper) == WORDS


@pytest.mark.parametrize(
    ("button", "said"), [("Publish", "has been published"), ("Submit to Moderators approval", "has been submitted")]
)
def test_publish_and_submit_wait(button: str, said: str, saving: Any) -> None:
    paper = make_paper()
    page = saving(paper)
    press(page, button)
    expect(page.get_by_text(said)).to_be_visible(timeout=LOOK)
    assert saved(paper) == WORDS


@pytest.mark.parametrize("button", ["Approve and Publish", "Cancel workflow"])
def test_a_workflows_buttons_wait(button: str, saving: Any) -> None:
    paper = submitted()
    page = saving(paper)
    press(page, button)
    expect(page.locator(".messages li.success")).to_be_visible(timeout=LOOK)
    assert saved(paper) == WORDS


def test_an_approval_with_a_comment_waits(saving: Any) -> None:
    paper = submitted()
    page = saving(paper)
    press(page, "Approve with comment and Publish")
    page.locator(".modal textarea[name=comment]").fill("Well done.")
    page.locator(".modal [type=submit]").click()
    expect(page.locator(".messages li.success")).to_be_visible(timeout=LOOK)
    assert apart(lambda: PaperPage.objects.get(pk=paper.pk).summary) == WORDS
