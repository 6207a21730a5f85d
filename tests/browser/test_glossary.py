"""The glossary in a real browser: from a saved term to a mended, published page."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from papers.models import GlossaryTerm, PaperPage, TermScan
from papers.rescanning import begin, scan_term
from tests.browser.test_editing import LOOK, Desk, apart, as_alice
from tests.papers.admin.conftest import faulty_paper
from tests.papers.test_mending import RIGHT
from tests.papers.test_rescanning import WRONG, make_broken, make_term

pytestmark = pytest.mark.browser
__all__ = ["as_alice"]


def test_a_saved_term_is_tried_on_all_pages_and_taken(as_alice: Desk) -> None:
    paper = make_broken(live=True)
    page = as_alice(reverse(GlossaryTerm.snippet_viewset.get_url_name("add")))
    fill_term(page, source="attention head", target="注意ヘッド", forbidden="注意の頭", language="ja")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("progress")).to_be_visible()
    apart(lambda: scan_term(TermScan.objects.get().pk))
    expect(page.locator(".glossary-change ins")).to_have_text("ヘッド", timeout=LOOK)
    page.get_by_label("Publish at once").check()
    page.get_by_role("button", name="Take", exact=True).press("Enter")
    expect(page.locator(".glossary-change .glossary-tag").last).to_have_text("taken")
    assert apart(lambda: PaperPage.objects.get(pk=paper.pk).abstract_translated) == RIGHT


def test_a_taken_change_is_undone_from_the_keyboard(as_alice: Desk) -> None:
    paper = make_broken()
    scan = scan_term(begin(make_term()).pk)
    page = as_alice(reverse("papers_admin:scan", args=[scan.pk]))
    page.get_by_role("button", name="Take the 1 open change").press("Enter")
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.locator(".glossary-change .glossary-tag")).to_have_text("undone")
    draft = apart(lambda: PaperPage.objects.get(pk=paper.pk).get_latest_revision_as_object())
    assert draft.abstract_translated == WRONG


def test_enter_on_the_checkbox_takes_nothing(as_alice: Desk) -> None:
    make_broken()
    scan = scan_term(begin(make_term()).pk)
    page = as_alice(reverse("papers_admin:scan", args=[scan.pk]))
    page.get_by_label("Publish at once").press("Enter")
    expect(page.get_by_role("button", name="Take", exact=True)).to_be_visible()


def test_a_term_that_reaches_everywhere_is_asked_about_first(as_alice: Desk) -> None:
    make_broken()
    page = as_alice(reverse("papers_admin:scan_term", args=[make_term(source="we").pk]))
    expect(page.get_by_text("occurs in 1 of 1 papers")).to_be_visible()
    page.get_by_role("button", name="Yes, try it on all pages").click()
    expect(page.locator("progress")).to_be_visible()


def fill_term(page: Page, **texts: str) -> None:
    for name, text in texts.items():
        page.locator(f"#id_{name}").fill(text)


def test_a_term_that_matches_everything_is_answered_with_its_count_and_keeps_what_was_typed(as_alice: Desk) -> None:
    make_broken()
    page = as_alice(reverse(GlossaryTerm.snippet_viewset.get_url_name("add")))
    fill_term(page, source="we", target="私たち", note="By hand", language="ja")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("occurs in 1 of 1 papers")).to_be_visible()
    expect(page.locator("#id_note")).to_have_value("By hand")
    page.get_by_role("checkbox", name="Save it all the same").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("progress")).to_be_visible()


def test_the_editors_quick_way_into_the_glossary_asks_first_too(as_alice: Desk) -> None:
    paper = faulty_paper(summary="Furthermore、うまくいきます。")
    page = as_alice(reverse("wagtailadmin_pages:edit", args=[paper.pk]))
    page.get_by_role("button", name="Add to the glossary…").first.click()
    page.get_by_label("Term in the paper").fill("We")
    page.get_by_label("Right rendering").fill("私たち")
    page.get_by_role("button", name="Add to the glossary", exact=True).click()
    expect(page.get_by_role("alert").get_by_text("occurs in 1 of 1 papers")).to_be_visible()
    page.get_by_label("Add it all the same").check()
    page.get_by_role("button", name="Add to the glossary", exact=True).click()
    expect(page.get_by_text("“We” is in the glossary.").first).to_be_visible()


def test_imported_terms_are_tried_together_and_lead_to_what_they_propose(as_alice: Desk) -> None:
    make_broken()
    page = as_alice(reverse("papers_admin:glossary_import"))
    rows = "source,target,forbidden\nattention head,注意ヘッド,注意の頭\nagent,エージェント,\n"
    page.get_by_label("Glossary file").set_input_files(
        {"name": "terms.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    )
    page.get_by_role("button", name="Look at it").click()
    page.get_by_role("button", name="Import these terms and try them on all pages").click()
    expect(page.locator("progress")).to_be_visible()
    apart(lambda: scan_term(TermScan.objects.first().pk))
    page.get_by_role("link", name="attention head").click(timeout=LOOK)
    expect(page.locator(".glossary-change ins")).to_have_text("ヘッド")


def test_a_glossary_file_is_looked_at_and_imported(as_alice: Desk) -> None:
    page = as_alice(reverse("papers_admin:glossary_import"))
    rows = "source,target\nattention head,注意ヘッド\n,x\n"
    page.get_by_label("Glossary file").set_input_files(
        {"name": "terms.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    )
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_text("Line 3: The term is empty.")).to_be_visible()
    page.get_by_role("button", name="Only import these terms").click()
    expect(page.get_by_role("link", name="attention head")).to_be_visible()
