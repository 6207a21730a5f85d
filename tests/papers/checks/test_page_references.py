"""References to pages inside a text."""

from __future__ import annotations

import pytest

from papers.checks.page_references import page_references, without_page_references


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("(p.3)", ((3, 3),)),
        ("(p. 3)", ((3, 3),)),
        ("(pp. 2–4)", ((2, 4),)),
        ("（p.1,4-8）", ((1, 1), (4, 8))),
        ("[page 12]", ((12, 12),)),
        ("(Pages 1, 2 and 5)", ((1, 1), (2, 2), (5, 5))),
        ("(p.10, p.2)", ((10, 10), (2, 2))),
        ("(p.2, Figure 3)", ((2, 2),)),
        ("(p.2, 表4.1)", ((2, 2),)),
        ("（3ページ）", ((3, 3),)),
        ("(ページ3)", ((3, 3),)),
        ("(3–5쪽)", ((3, 5),)),
        ("(12페이지)", ((12, 12),)),
        ("(p3)", ((3, 3),)),
    ],
)
def test_a_reference_names_pages(text: str, ranges: tuple[tuple[int, int], ...]) -> None:
    (found,) = page_references(f"前{text}後")
    assert (found.text, found.ranges, found.span) == (text, ranges, (1, 1 + len(text)))


@pytest.mark.parametrize(
    "text", ["(3)", "(p < 0.05)", "(p)", "[3]", "(p-value)", "(page)", "3ページ", "(GPT-3)", "(PPO)", "p.3"]
)
def test_other_brackets_are_none(text: str) -> None:
    assert list(page_references(text)) == []


@pytest.mark.parametrize(
    ("text", "places"),
    [("(p.1)", 1), ("(p.1-2)", 2), ("(p.1-3)", 2), ("(p.1-5)", 3), ("(p.1,2)", 2), ("(p.1,2,3)", 3), ("(p.1,4-8)", 4)],
)
def test_a_range_counts_for_two_and_a_long_one_for_three(text: str, places: int) -> None:
    assert [found.places for found in page_references(text)] == [places]


def test_the_pages_of_several_places_come_once() -> None:
    (found,) = page_references("(p.1,4-8,1)")
    assert found.pages == (1, 4, 8)


@pytest.mark.parametrize(("text", "is_section"), [("(p.3.6)", True), ("(p.3)", False), ("(p.3-6)", False)])
def test_the_number_of_a_section_is_told_apart(text: str, is_section: bool) -> None:
    assert [found.is_section for found in page_references(text)] == [is_section]


def test_blanking_keeps_all_places() -> None:
    assert without_page_references("a(p.3)b") == "a     b"
