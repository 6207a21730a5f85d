"""Two texts side by side, with what differs marked."""

from __future__ import annotations

import random

import pytest

from papers.comparing import Comparison, _aligned

CASES = {
    "a word": ("The old text.", "The new text.", "The <del>old</del> text.", "The <ins>new</ins> text."),
    "a character": ("34億です。", "34兆です。", "34<del>億</del>です。", "34<ins>兆</ins>です。"),
    "a number as a whole": ("340 papers", "34 papers", "<del>340</del> papers", "<ins>34</ins> papers"),
    "a Korean word": ("새 방법을 제안", "새 모델을 제안", "새 <del>방법을</del> 제안", "새 <ins>모델을</ins> 제안"),
    "nothing there yet": ("", "新しい", "", "<ins>新しい</ins>"),
    "the same": ("同じ", "同じ", "同じ", "同じ"),
}


@pytest.mark.parametrize("case", CASES)
def test_what_differs_is_marked_on_both_sides(case: str) -> None:
    present, offered, old, new = CASES[case]
    comparison = Comparison("summary", present, offered)
    assert (comparison.present_html, comparison.offered_html) == (old, new)


def test_markup_in_a_text_is_shown_and_not_obeyed() -> None:
    comparison = Comparison("summary", "<b>bold</b>", "<script>x</script>")
    assert "<b>" not in comparison.present_html
    assert "<script>" not in comparison.offered_html


def test_both_texts_can_be_read_as_one() -> None:
    merged = Comparison("summary", "34億です。", "34兆です！").merged
    assert merged == [("", "34"), ("del", "億"), ("ins", "兆"), ("", "です"), ("del", "。"), ("ins", "！")]


@pytest.mark.parametrize("length", [0, 10, 5_000])
def test_a_text_read_as_one_holds_both_whole(length: int) -> None:
    old, new = "これは文です。" * length, "これは別の文です。" * length + "末"
    merged = Comparison("summary", old, new).merged
    assert "".join(text for mark, text in merged if mark != "ins") == old
    assert "".join(text for mark, text in merged if mark != "del") == new


def test_texts_that_were_compared_once_are_not_compared_again() -> None:
    numbers = random.Random(1)
    old, new = ("".join(numbers.choices("数学的推論。", k=3_900)) for _text in range(2))
    before = _aligned.cache_info().misses
    for ask in (lambda one: one.present_html, lambda one: one.offered_html, lambda one: one.merged):
        ask(Comparison("summary", old, new))
    assert _aligned.cache_info().misses == before + 1
