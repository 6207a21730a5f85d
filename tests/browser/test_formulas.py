"""Formulas in a real browser: set as maths, selected and reported as they were written."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from papers.models import PaperPage
from tests.browser.conftest import Open
from tests.browser.test_reading import FAINT
from tests.browser.test_speaking import SIDEWAYS, the_report, write_report
from tests.factories import make_paper, make_qa

pytestmark = pytest.mark.browser

LONG = (
    r"$\mathcal{L} = \mathcal{L}_\text{task} + \lambda \mathrm{KL}(p \| q) + \mathbb{E}_{x \sim p}[f(x)] \leq \epsilon$"
)
WIDE = rf"$$\begin{{matrix}} {' & '.join('abcdefghijklmnopqrstuvwxyz' * 2)} \end{{matrix}}$$"
ANSWER = rf"計算量は $O(n^2)$ から $O(n \log n)$ に減り、{LONG}です。\$5 ではなく $6 です。"
# A reader drags from one place of the first answer to another.
DRAG = """([from, to]) => {
  const answer = document.querySelector(".answer [data-place]");
  answer.scrollIntoView({ block: "center" });
  const node = what => what === "text" ? answer.querySelector("p").firstChild : answer.querySelectorAll("math")[what].querySelector("mi").firstChild;
  getSelection().setBaseAndExtent(node(from), 0, node(to), 1);
}"""


@pytest.fixture
def paper(transactional_db: None) -> PaperPage:
    titles = {"title": r"On $\ell_2$ Norms", "title_translated": r"$\ell_2$ノルムについて"}
    qa = [make_qa(1, answer=ANSWER, question="$k$とは何ですか。"), make_qa(2, answer=f"{WIDE}\nです。")]
    return make_paper(live=True, slug="maths", qa=qa, abstract=ANSWER, abstract_translated=ANSWER, **titles)


def drag(page: Page, start: str | int, end: str | int) -> str:
    """What the report's dialog quotes of a selection; the numbers count formulas."""
    page.evaluate(DRAG, [start, end])
    page.locator(".speak-offer").click()
    quoted = page.locator("dialog .quoted")
    expect(quoted).to_be_visible()
    return quoted.text_content() or ""


def test_an_exponent_is_smaller_and_raised(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/maths/")
    size = "element => parseFloat(getComputedStyle(element).fontSize)"
    base, raised = (page.locator(f".answer msup {name}").first for name in ("mi", "mn"))
    assert raised.bounding_box()["y"] < base.bounding_box()["y"]
    assert raised.evaluate(size) < base.evaluate(size)


@pytest.mark.parametrize("width", ["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_formulas_fit_the_window_and_stand_out(open_page: Open, paper: PaperPage, width: str, scheme: str) -> None:
    page = open_page("/papers/maths/", width, scheme)
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    assert not page.evaluate(SIDEWAYS)
    assert page.evaluate(FAINT) == []


def test_a_long_formula_goes_on_in_the_next_line(open_page: Open, paper: PaperPage) -> None:
    parts = open_page("/papers/maths/", "phone").locator(".answer .tex:has(math + math)").first.locator("math")
    tops = {round(box["y"] / 20) for part in parts.all() if (box := part.bounding_box())}
    assert len(tops) > 1


def test_words_around_formulas_are_quoted_as_they_were_written(open_page: Open, paper: PaperPage) -> None:
    assert drag(open_page("/papers/maths/"), "text", 0) == "計算量は $O(n^2)$"


def test_a_part_of_a_formula_is_quoted_as_the_whole(open_page: Open, paper: PaperPage) -> None:
    assert drag(open_page("/papers/maths/"), 1, 1) == r"$O(n \log n)$"


def test_the_part_of_a_broken_formula_stands_for_all_of_it(open_page: Open, paper: PaperPage) -> None:
    assert drag(open_page("/papers/maths/"), 1, 3) == rf"$O(n \log n)$ に減り、{LONG}"


def test_a_whole_passage_is_quoted_as_editors_have_it(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/maths/")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.answer [data-place]'))")
    page.locator(".speak-offer").click()
    expect(page.locator("dialog .quoted")).to_have_text(ANSWER)


def test_a_title_with_a_formula_can_be_reported(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/maths/")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('h1'))")
    page.locator(".speak-offer").click()
    expect(page.locator("dialog .quoted")).to_have_text(r"$\ell_2$ノルムについて")


def test_a_reported_formula_stands_in_the_passage_that_was_read(open_page: Open, paper: PaperPage) -> None:
    page = open_page("/papers/maths/")
    drag(page, 0, 1)
    write_report(page)
    expect(page.locator("dialog h1")).to_be_focused()
    report = the_report()
    assert report.quote == r"$O(n^2)$ から $O(n \log n)$"
    assert report.quote in report.passage
