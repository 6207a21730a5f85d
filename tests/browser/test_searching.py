"""Searching in a real browser: by keyboard, and page by page."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import Open
from tests.factories import make_paper

pytestmark = pytest.mark.browser


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
