"""Searching in a real browser: by keyboard, at both widths, in both schemes."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Open
from tests.factories import make_paper

pytestmark = pytest.mark.browser

ASKED = ["", "?q=猫 model", "?q=犬", "?q=猫&tag=none&week=soon&category=x", "?q=%22%3F%22", "?q=" + "model+" * 300]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def make_papers() -> None:
    for _number in range(21):
        make_paper(
            live=True,
            title="A model of cats",
            title_translated="猫のモデル",
            summary="猫の話です。",
            tags=["cats"],
        )


def test_a_reader_finds_a_paper_by_keyboard(transactional_db: Any, open_page: Open) -> None:
    make_papers()
    page = open_page("/")
    page.get_by_role("link", name="検索").press("Enter")
    page.wait_for_url("**/search/")
    page.keyboard.type("猫 model")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=*")
    assert page.locator(".found > li").count() == 20
    assert page.locator(".found li").first.locator("h2 mark").all_text_contents() == ["猫", "model"]


def test_the_next_page_has_the_rest(transactional_db: Any, open_page: Open) -> None:
    make_papers()
    page = open_page("/search/?q=猫&tag=cats", width="phone")
    page.locator(".pager .next").click()
    page.wait_for_url("**after=*")
    assert page.locator(".found > li").count() == 1
    assert page.locator("input[name=tag]").input_value() == "cats"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_everyone_can_read_and_use_it(transactional_db: Any, open_page: Open, width: str, scheme: str) -> None:
    make_papers()
    page = open_page("/search/", width=width, scheme=scheme)
    for asked in ASKED:
        page.goto(f"/search/{asked}")
        assert Axe().run(page, options=RULES).response["violations"] == [], asked
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), asked
