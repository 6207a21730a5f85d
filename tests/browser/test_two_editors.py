"""Two editors in one page, or an editor and a machine: nothing is written over before somebody decides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect
from wagtail.admin.models import EditingSession

from papers.applying import Changes, apply_changes, base_hashes
from papers.models import DRAFTED_FIELDS, PaperPage
from tests.browser.conftest import Open, apart, rest, session_of
from tests.editing import in_english
from tests.factories import make_editor, make_home, make_paper, make_run

pytestmark = pytest.mark.browser
LOOK = 60_000  # milliseconds
REFUSED = "This page was changed since you opened it"
STAMP = {"backend": "openai", "model": "tiny", "prompt": "p1", "run": 1}

Editor = Callable[[str, PaperPage], Page]


@pytest.fixture
def as_editor(open_page: Open) -> Editor:
    """Open a paper's editor in a window of its own, as alice or carol."""
    make_home()
    sessions = {name: session_of(in_english(make_editor(name))) for name in ("alice", "carol")}

    def open_editor(name: str, paper: PaperPage) -> Page:
        return open_page(reverse("wagtailadmin_pages:edit", args=[paper.pk]), **sessions[name])

    return open_editor


def summary(page: Page) -> Locator:
    return page.locator("textarea[name=summary]")


def autosaved(page: Page, words: str) -> None:
    """Type a summary, and wait for the answer to its autosave, whichever it is."""
    with page.expect_response(lambda answer: answer.request.method == "POST" and "/edit/" in answer.url, timeout=LOOK):
        summary(page).fill(words)


def save(page: Page) -> None:
    """Save by hand, also where Wagtail asks first."""
    page.get_by_role("button", name="Save draft").click()
    dialog = page.get_by_role("dialog").get_by_role("button", name="Save draft")
    expect(dialog.or_(page.locator(".messages li")).first).to_be_visible(timeout=LOOK)
    if dialog.is_visible():
        dialog.click()


def newest(paper: PaperPage) -> str:
    return apart(lambda: PaperPage.objects.get(pk=paper.pk).get_latest_revision_as_object().summary)


def history(paper: PaperPage) -> list[str]:
    return apart(lambda: [one.as_object().summary for one in paper.revisions.order_by("pk")])


def a_refused_save(as_editor: Editor, paper: PaperPage) -> Page:
    """Alice saves by hand what she wrote before Carol saved."""
    alice, carol = as_editor("alice", paper), as_editor("carol", paper)
    rest(carol)
    autosaved(carol, "キャロルの要約")
    autosaved(alice, "アリスの要約")
    save(alice)
    expect(alice.get_by_text(REFUSED).first).to_be_visible(timeout=LOOK)
    return alice


def test_after_a_refused_save_autosave_waits_for_the_editor(as_editor: Editor) -> None:
    paper = make_paper()
    alice = a_refused_save(as_editor, paper)
    alice.wait_for_timeout(4000)  # eight times as long as autosave waits
    summary(alice).press("End")
    alice.keyboard.type("です")
    alice.wait_for_timeout(2000)
    expect(summary(alice)).to_have_value("アリスの要約です")
    assert newest(paper) == "キャロルの要約"


def test_saving_again_puts_the_text_over_and_keeps_the_other_in_the_history(as_editor: Editor) -> None:
    paper = make_paper()
    alice = a_refused_save(as_editor, paper)
    save(alice)
    expect(alice.get_by_text("has been updated")).to_be_visible(timeout=LOOK)
    assert history(paper) == ["一行の要約です。", "キャロルの要約", "アリスの要約"]


def test_once_decided_autosave_goes_on(as_editor: Editor) -> None:
    paper = make_paper()
    alice = a_refused_save(as_editor, paper)
    save(alice)
    expect(alice.get_by_text("has been updated")).to_be_visible(timeout=LOOK)
    rest(alice)
    autosaved(alice, "アリスの次の要約")
    assert newest(paper) == "アリスの次の要約"


def machine_writes(paper: PaperPage, text: str) -> Any:
    """A job that was started before Alice came; it does not see her."""
    EditingSession.objects.all().delete()
    run = make_run(paper, "abstract", base=base_hashes(paper, DRAFTED_FIELDS))
    return apply_changes(paper, Changes(texts={"title_translated": text}), run, STAMP)


def test_what_a_job_wrote_meanwhile_stands_until_the_editor_decides(as_editor: Editor) -> None:
    paper = make_paper(title_translated="")
    alice = as_editor("alice", paper)
    rest(alice)
    assert apart(lambda: machine_writes(paper, "機械の題")) == []
    autosaved(alice, "アリスの要約")
    save(alice)
    expect(alice.get_by_text(REFUSED).first).to_be_visible(timeout=LOOK)
    alice.wait_for_timeout(4000)
    assert newest(paper) == "一行の要約です。"
