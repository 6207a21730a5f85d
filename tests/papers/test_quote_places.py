"""Quotes on their pages: what is marked is what the search found, in the text as it is stored."""

from __future__ import annotations

import pytest

from papers.page_text import HIDDEN, with_apparatus_hidden, without_reference_marks, without_running_heads
from papers.paper import PageText
from papers.quote_places import Span, quote_spans
from papers.quotes import find_quote, normalise
from tests.papers.test_quotes import PAGES, REFERRING


def marked(quote: str, page: int, pages: tuple[PageText, ...] = PAGES) -> list[str]:
    """The stored texts that the spans name."""
    texts = {one.number: one.text for one in pages}
    return [texts[span.page][span.start : span.end] for span in quote_spans(quote, pages, page)]


@pytest.mark.parametrize(
    ("quote", "page", "stored"),
    [
        ("We train models with 34 billion parameters", 1, "We train mod-\nels with 34 billion parameters"),
        ('parameters on "clean" data', 1, "parameters on “clean” data"),
        ("The efficient state-of-the-art method", 1, "The eﬃcient state-of-the-\nart method"),
        ("A second page - with a dash - says", 2, "A second page — with a dash — says"),
        ("the loss fell by -0.5 points", 2, "the loss fell by −0.5 points"),
        ("or 12%, in 3-34 runs", 2, "or 12%, in 3–34 runs"),
        ("モデルは評価データで高い精度を示した。", 7, "モデルは評価データで\n高い精度を示した。"),
        ('"We train a smaller model as well."', 4, "We train a smaller model as well"),
    ],
)
def test_a_quote_is_marked_in_the_text_as_stored(quote: str, page: int, stored: str) -> None:
    assert marked(quote, page) == [stored]


def test_a_quote_across_a_page_break_is_marked_on_both_pages() -> None:
    assert marked("in 3-34 runs and then went up again", 2) == ["in 3–34 runs and then", "went up again"]


def test_a_word_broken_by_the_page_break_is_marked_on_both_pages() -> None:
    pages = (PageText(1, "the proposed genera-"), PageText(2, "tion speed is higher"))
    assert marked("proposed generation speed is", 1, pages) == ["proposed genera-", "tion speed is"]


def test_a_page_without_text_does_not_stand_in_between() -> None:
    pages = (PageText(1, "all of the runs"), PageText(2, " \n"), PageText(3, "went up again at once"))
    assert [span.page for span in quote_spans("of the runs went up again", pages, 1)] == [1, 3]


@pytest.mark.parametrize("page", [1, 2, 4, 99])
def test_a_quote_is_not_marked_on_another_page(page: int) -> None:
    assert quote_spans("モデルは評価データで高い精度を示した。", PAGES, page) == ()


def test_a_quote_that_stands_on_two_pages_is_marked_where_it_was_looked_for() -> None:
    quote = "The same words stand on two pages"
    assert [[span.page for span in quote_spans(quote, PAGES, page)] for page in (4, 7)] == [[4], [7]]


def test_the_place_inside_a_longer_number_is_passed_over() -> None:
    pages = (PageText(1, "With 34 billion parameters at first, and 4 billion parameters at last."),)
    assert quote_spans("4 billion parameters at", pages, 1) == (Span(1, 41, 64),)


@pytest.mark.parametrize("quote", ["", "…", "no such words stand here"])
def test_what_is_not_found_is_not_marked(quote: str) -> None:
    assert quote_spans(quote, PAGES, 1) == ()


def test_reference_marks_in_between_are_part_of_what_is_marked() -> None:
    assert marked("Models such as these are large", 1, REFERRING) == ["Models such as these [3, 5–7] are large"]


def test_running_heads_are_not_part_of_what_is_marked() -> None:
    assert marked("these are large and slow in the interval", 1, REFERRING) == [
        "these [3, 5–7] are large and",
        "slow in the interval",
    ]


def test_hiding_keeps_every_offset() -> None:
    for page, hidden in zip(REFERRING, with_apparatus_hidden(REFERRING), strict=True):
        pairs = list(zip(page.text, hidden.text, strict=True))
        assert all(new in (old, HIDDEN) for old, new in pairs)


def test_hidden_text_reads_as_if_it_were_left_out() -> None:
    left_out = without_reference_marks(without_running_heads(REFERRING))
    assert [normalise(page.text) for page in with_apparatus_hidden(REFERRING)] == [
        normalise(page.text) for page in left_out
    ]


def test_one_sentence_of_a_long_paper_is_marked_among_all_that_are_alike() -> None:
    pages = tuple(
        PageText(n, "".join(f"Line {n}.{i} of this long pa-\nper says so. " for i in range(120))) for n in range(1, 40)
    )
    assert marked("Line 20.60 of this long paper says so", 20, pages) == ["Line 20.60 of this long pa-\nper says so"]


@pytest.mark.parametrize(
    "quote", ["We train models with 34 billion parameters", "fell by -0.5 points, or 12%", "went up again. We train"]
)
def test_whatever_is_found_is_marked(quote: str) -> None:
    found = find_quote(quote, PAGES)
    assert found is not None
    assert quote_spans(quote, PAGES, found.page)
