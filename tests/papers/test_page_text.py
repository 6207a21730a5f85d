"""Running heads and reference marks."""

from __future__ import annotations

import pytest

from papers.page_text import without_reference_marks, without_running_heads
from papers.paper import PageText

WORDS = list(enumerate("abc", start=9))


def pages(*texts: str) -> tuple[PageText, ...]:
    return tuple(PageText(number, text) for number, text in enumerate(texts, start=1))


def texts(found: tuple[PageText, ...]) -> list[str]:
    return [page.text for page in found]


def test_lines_that_come_back_at_the_edges_go() -> None:
    found = without_running_heads(pages(*(f"A Short Title\nBody of {word} here.\nPreprint. {n}" for n, word in WORDS)))
    assert texts(found) == ["Body of a here.", "Body of b here.", "Body of c here."]


def test_page_numbers_are_the_same_line() -> None:
    found = without_running_heads(pages(*(f"Text of {word}\nmore {word}\n{n}" for n, word in WORDS)))
    assert texts(found)[0] == "Text of a\nmore a"


def test_left_and_right_heads_both_go() -> None:
    found = without_running_heads(
        pages(*(f"{'Doe et al.' if n % 2 else 'A Title'}\nUnique {'x' * n}" for n in range(6)))
    )
    assert texts(found)[:2] == ["Unique ", "Unique x"]


def test_what_stands_in_the_middle_stays() -> None:
    found = without_running_heads(pages(*(f"{n} one\n{n * 2} b\nrepeated\n{n} c\nlast {n}" for n in ("x", "y", "z"))))
    assert all("repeated" in text for text in texts(found))


def test_two_pages_are_too_few_to_tell() -> None:
    short = pages("Same line\na", "Same line\nb")
    assert without_running_heads(short) == short


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("as shown [3]. Then", "as shown. Then"),
        ("as shown [3, 5–7] and [12]", "as shown and"),
        ("as shown[3][4]", "as shown"),
        ("in the range [1, 5] of", "in the range [1, 5] of"),
        ("x ∈ [1, 2] holds", "x ∈ [1, 2] holds"),
        ("from [0, 1] on", "from [0, 1] on"),
        ("a list [a, b] and [2024]", "a list [a, b] and [2024]"),
    ],
)
def test_marks_go_and_intervals_stay(text: str, left: str) -> None:
    assert without_reference_marks(pages(text, "References\n[1] Someone."))[0].text == left


def test_the_heading_above_the_references_keeps_its_line() -> None:
    assert without_reference_marks(pages("References\n[1] Someone."))[0].text == "References\n Someone."


def test_marks_stay_in_a_paper_without_a_numbered_list() -> None:
    unnumbered = pages("as shown [3] here", "References\nSomeone (2020).")
    assert without_reference_marks(unnumbered) == unnumbered
