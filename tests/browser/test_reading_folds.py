"""Questions that fold, links that open what they lead to, contents that follow, and the page on paper."""

from __future__ import annotations

import re
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Locator, Page, expect

from papers.models import PaperPage
from tests.browser.conftest import Open
from tests.factories import make_comment, make_correction, make_paper, make_qa, make_week
from weekly.models import Correction

pytestmark = pytest.mark.browser

LINE = "長い答えの一行です。"
ADDRESS = "/papers/read-me/"


@pytest.fixture
def paper(transactional_db: None) -> PaperPage:
    """A paper of ten long answers with quotes, corrected and talked about, in a week."""
    quote = {"page": 3, "quote": "We measured it once.", "verified": True}
    answers = [make_qa(n, answer=f"答え{n}：" + LINE * (10 + n), citations=[quote]) for n in range(1, 11)]
    titles = {"title": "A paper to read", "title_translated": "読んでほしい論文"}
    page = make_paper(live=True, slug="read-me", qa=answers, **titles)
    make_week(page, live=True)
    make_comment(page, state="approved")
    for _number in range(5):
        make_correction(page)
    return page


def body(page: Page, number: int) -> Locator:
    return page.locator(f"#a-{number:08d}")


def fold(page: Page, number: int) -> Locator:
    return page.locator(f"#qa-{number:08d} > .fold")


def current(page: Page) -> Locator:
    return page.locator(".contents [aria-current]")


# Folds


def test_a_question_folds_and_opens_by_its_button(open_page: Open, paper: PaperPage) -> None:
    page = open_page(ADDRESS)
    fold(page, 2).click()
    expect(page.locator("#a-00000002 .prose")).not_to_be_in_viewport()
    expect(fold(page, 2)).to_have_attribute("aria-expanded", "false")
    fold(page, 2).press("Enter")
    assert body(page, 2).get_attribute("hidden") is None


def test_a_folded_question_opens_where_it_is_clicked(open_page: Open, paper: PaperPage) -> None:
    page = open_page(ADDRESS)
    fold(page, 2).click()
    page.locator("#qa-00000002 h3").click()
    expect(fold(page, 2)).to_have_attribute("aria-expanded", "true")
    page.locator("#qa-00000002 h3").click()
    expect(fold(page, 2)).to_have_attribute("aria-expanded", "true")


def test_all_questions_fold_at_once_and_open_again(open_page: Open, paper: PaperPage) -> None:
    page = open_page(ADDRESS)
    button, folded = page.locator(".fold-all"), page.locator(".qa-body[hidden]")
    words = button.inner_text()
    button.click()
    expect(folded).to_have_count(10)
    expect(button).not_to_have_text(words)
    button.click()
    expect(folded).to_have_count(0)
    expect(button).to_have_text(words)


@pytest.mark.parametrize("width", [1280, 1000])
def test_no_question_reaches_under_its_button(open_page: Open, paper: PaperPage, width: int) -> None:
    page = open_page(ADDRESS)
    page.set_viewport_size({"width": width, "height": 800})
    page.locator("#qa-00000002 h3 .translation").evaluate("words => { words.textContent = '長い質問'.repeat(20); }")
    words, button = page.locator("#qa-00000002 h3").bounding_box(), fold(page, 2).bounding_box()
    assert words["x"] + words["width"] <= button["x"] + button["width"] + 1
    assert (
        page.locator("#qa-00000002 h3").evaluate("h => parseFloat(getComputedStyle(h).paddingRight)") >= button["width"]
    )


def test_folded_questions_are_an_overview_on_a_phone(open_page: Open, paper: PaperPage) -> None:
    page = open_page(ADDRESS, "phone")
    tall = page.locator(".questions").bounding_box()["height"]
    page.locator(".fold-all").click()
    assert page.locator(".questions").bounding_box()["height"] < tall / 3


@pytest.mark.parametrize("folded", [False, True])
def test_a_questions_number_is_level_with_it(open_page: Open, paper: PaperPage, folded: bool) -> None:
    page = open_page(ADDRESS)
    if folded:
        page.locator(".fold-all").click()
    number, question = (page.locator(f"#qa-00000002 > {part}").bounding_box() for part in (".anchor", "h3"))
    assert abs(number["y"] + number["height"] / 2 - question["y"] - question["height"] / 2) < 4


def test_a_search_in_the_page_finds_what_is_folded(open_page: Open, paper: PaperPage) -> None:
    page = open_page(ADDRESS)
    page.locator(".fold-all").click()
    assert body(page, 7).get_attribute("hidden") == "until-found"
    body(page, 7).evaluate("body => body.dispatchEvent(new Event('beforematch'))")
    expect(fold(page, 7)).to_have_attribute("aria-expanded", "true")


def test_without_scripts_all_answers_stand_open(open_page: Open, paper: PaperPage) -> None:
    page = open_page(ADDRESS, java_script_enabled=False)
    assert page.locator(".answer .prose:visible").count() == 10


# Links


def test_a_link_to_a_folded_question_opens_it_and_goes_there(open_page: Open, paper: PaperPage) -> None:
    page = open_page(ADDRESS)
    page.locator(".fold-all").click()
    page.evaluate("location.hash = '#qa-00000009'")
    expect(fold(page, 9)).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#qa-00000009")).to_be_in_viewport()
    assert page.locator(".qa-body[hidden]").count() == 9


def test_a_link_that_was_followed_before_opens_its_question_again(open_page: Open, paper: PaperPage) -> None:
    page = open_page(f"{ADDRESS}#qa-00000003")
    fold(page, 3).click()
    page.locator("#qa-00000003 > .anchor").click()
    expect(fold(page, 3)).to_have_attribute("aria-expanded", "true")


def test_a_link_to_an_old_correction_opens_the_older_ones(open_page: Open, paper: PaperPage) -> None:
    oldest = Correction.objects.earliest("pk").anchor
    page = open_page(f"{ADDRESS}#{oldest}")
    expect(page.locator(f"#{oldest}")).to_be_in_viewport()


def test_a_broken_fragment_breaks_nothing(open_page: Open, paper: PaperPage) -> None:
    page = open_page(ADDRESS)
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.evaluate("location.hash = '#%E0%A4%A'")
    fold(page, 1).click()
    expect(fold(page, 1)).to_have_attribute("aria-expanded", "false")
    assert said == []


# Contents


def test_the_contents_stay_beside_the_text_and_name_what_is_read(open_page: Open, paper: PaperPage) -> None:
    page = open_page(ADDRESS)
    page.locator("#qa-00000008").evaluate("part => part.scrollIntoView()")
    expect(current(page)).to_have_attribute("href", "#qa-00000008")
    expect(current(page)).to_be_in_viewport()
    assert page.locator(".rail").bounding_box()["y"] == 0


def test_what_was_chosen_in_the_contents_is_the_current_part(open_page: Open, paper: PaperPage) -> None:
    page = open_page(ADDRESS)
    page.locator(".fold-all").click()
    page.locator(".contents a[href='#qa-00000004']").click()
    expect(current(page)).to_have_attribute("href", "#qa-00000004")


def test_one_part_is_the_current_one_all_the_way_down(open_page: Open, paper: PaperPage) -> None:
    page = open_page(ADDRESS)
    seen = []
    for part in ("#abstract", "#qa-00000001", "#corrections", "#comments"):
        page.locator(part).evaluate("part => part.scrollIntoView()")
        page.wait_for_timeout(200)
        seen.append([link.get_attribute("href") for link in current(page).all()])
    assert seen == [["#abstract"], ["#qa-00000001"], ["#corrections"], ["#comments"]]


def test_the_contents_never_cover_the_text(open_page: Open, paper: PaperPage) -> None:
    page = open_page(ADDRESS)
    rail, text = (page.locator(part).first.bounding_box() for part in (".rail", ".qa > .anchor"))
    assert rail["x"] + rail["width"] <= text["x"]
    assert page.locator(".rail").evaluate("rail => rail.scrollWidth <= rail.clientWidth")


def test_the_contents_are_folded_on_a_phone_without_a_move(open_page: Open, paper: PaperPage) -> None:
    page = open_page(ADDRESS, "phone")
    expect(page.locator(".contents nav")).to_be_hidden()
    page.locator(".contents summary").click()
    page.locator(".contents a[href='#qa-00000005']").click()
    expect(page.locator("#qa-00000005")).to_be_in_viewport()


def test_the_contents_are_a_plain_list_without_scripts(open_page: Open, paper: PaperPage) -> None:
    page = open_page(ADDRESS, "phone", java_script_enabled=False)
    assert page.locator(".contents ol a:visible").count() == 10


def test_the_contents_come_and_go_with_the_windows_width(open_page: Open, paper: PaperPage) -> None:
    page = open_page(ADDRESS)
    page.set_viewport_size({"width": 800, "height": 800})
    expect(page.locator(".contents nav")).to_be_hidden()
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.locator(".contents nav")).to_be_visible()


def test_a_weeks_contents_follow_its_papers(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/weeks/2024-05-06/")
    page.locator(".contents a[href='#paper-1']").click()
    page.set_viewport_size({"width": 1280, "height": 300})
    page.locator("#paper-1").evaluate("part => part.scrollIntoView()")
    expect(current(page)).to_have_attribute("href", "#paper-1")


# Paper


def printed(page: Page) -> list[str]:
    """The text of each sheet, without its spaces."""
    sheets: Any = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    return [re.sub(r"\s", "", sheet.get_textpage().get_text_bounded()) for sheet in sheets]


def test_on_paper_stands_all_text_and_where_it_comes_from(open_page: Open, paper: PaperPage) -> None:
    page = open_page(ADDRESS)
    page.locator(".fold-all").click()
    text = "".join(printed(page))
    assert [n for n in range(1, 11) if f"答え{n}：" not in text] == []
    assert text.count("Wemeasureditonce.") == 10
    assert f"arxiv.org/abs/{paper.arxiv_ref}>" in text
    assert ADDRESS in text


def test_without_scripts_paper_has_the_folded_texts_too(open_page: Open, paper: PaperPage) -> None:
    page = open_page(ADDRESS, java_script_enabled=False)
    assert "".join(printed(page)).count("Wemeasureditonce.") == 10


@pytest.mark.parametrize("scripts", [True, False])
def test_on_paper_stand_all_authors_and_an_address_once(open_page: Open, transactional_db: None, scripts: bool) -> None:
    source = {"arxiv_id": None, "source_url": "https://example.org/card.pdf"}
    make_paper(live=True, slug="read-me", authors="\n".join(f"Author{n}" for n in range(1, 13)), **source)
    text = "".join(printed(open_page(ADDRESS, java_script_enabled=scripts)))
    assert ",".join(f"Author{n}" for n in range(1, 13)) in text
    assert "ほか" not in text
    assert text.count("example.org/card.pdf") == 1


def test_nothing_that_can_only_be_clicked_is_printed(open_page: Open, paper: PaperPage) -> None:
    page = open_page(ADDRESS)
    page.emulate_media(media="print")
    for what in ("nav", "button", ".report-link", ".ways-in", "select", ".texts-choice"):
        assert page.locator(f"{what}:visible").count() == 0, what


def test_paper_is_white_whatever_the_reader_chose(open_page: Open, paper: PaperPage) -> None:
    page = open_page(ADDRESS, scheme="dark")
    page.locator("#digest-theme").select_option("dark")
    page.emulate_media(media="print", color_scheme="dark")
    ground, ink = (f"getComputedStyle(document.documentElement).{part}" for part in ("backgroundColor", "color"))
    assert (page.evaluate(ground), page.evaluate(ink)) == ("rgb(255, 255, 255)", "rgb(27, 36, 39)")


def test_a_question_is_never_the_last_line_of_a_sheet(open_page: Open, paper: PaperPage) -> None:
    sheets = printed(open_page(ADDRESS))
    assert len(sheets) > 1
    assert [sheet[-30:] for sheet in sheets if re.search(r"質問\d+は何ですか。$", sheet)] == []


def test_after_printing_the_folds_are_as_they_were(open_page: Open, paper: PaperPage) -> None:
    page = open_page(ADDRESS)
    page.locator(".evidence summary").first.click()
    for moment in ("beforeprint", "afterprint"):
        page.evaluate(f"dispatchEvent(new Event('{moment}'))")
    assert page.locator(".evidence details[open]").count() == 1
