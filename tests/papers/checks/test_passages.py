"""The passage nearest to a quote, and how they differ."""

from __future__ import annotations

import pytest

from papers.checks.passages import difference, nearest_passage
from papers.paper import PageText

PAGES = (
    PageText(1, "We train a model with 34 billion para-\nmeters on filtered text. It is\nfast."),
    PageText(2, "It does not need labelled data. 本手法は精度を三割向上させる。"),
)


@pytest.mark.parametrize(
    ("quote", "page", "text"),
    [
        ("a model with 35 billion parameters", 1, "a model with 34 billion parameters"),
        ("odel with 34 billion paramete", 1, "model with 34 billion parameters"),
        ("IT DOES NEED LABELLED DATA", 2, "It does not need labelled data."),
        ("本手法は精度を二割向上させる", 2, "本手法は精度を三割向上させる"),
    ],
)
def test_the_papers_own_words_are_given(quote: str, page: int, text: str) -> None:
    found = nearest_passage(quote, PAGES)
    assert found is not None
    assert (found.page, found.text) == (page, text)


@pytest.mark.parametrize("quote", ["The code is released under a permissive licence", "zzzz yyyy xxxx wwww", ""])
def test_what_is_only_alike_by_chance_is_not_shown(quote: str) -> None:
    assert nearest_passage(quote, PAGES) is None


def test_the_expected_page_is_taken_where_pages_are_equally_near() -> None:
    pages = (PAGES[0], PageText(5, PAGES[0].text))
    found = [nearest_passage("a model with 35 billion parameters", pages, page) for page in (5, 1, None)]
    assert [near.page for near in found if near] == [5, 1, 1]


def test_there_is_nothing_near_where_there_is_nothing() -> None:
    assert nearest_passage("a model with 35 billion parameters", (PageText(1, ""),)) is None


@pytest.mark.parametrize(
    ("quote", "passage", "told"),
    [
        ("35 billion models", "34 billion models", "34 → 35"),
        ("it does need data", "it does not need data", "not → –"),
        ("it does not need data", "it does need data", "– → not"),
        ("one big and two", "a big and three", "a → one; three → two"),
        ("精度を二割上げる", "精度を三割上げる", "三 → 二"),
        ("“Same”  words", "same words,", "–"),
    ],
)
def test_only_what_differs_is_told(quote: str, passage: str, told: str) -> None:
    assert difference(quote, passage) == told
