"""Lines of a picture, where each character is one wide."""

from __future__ import annotations

import pytest

from weekly.sharing.wrapping import pieces, shorten, wrap


def broken(text: str, width: int) -> list[str]:
    return wrap(text, width, len)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 5, []),
        ("   ", 5, []),
        ("one two", 10, ["one two"]),
        ("one two", 5, ["one", "two"]),
        ("one\n two", 20, ["one two"]),
        ("日本語の文", 3, ["日本語", "の文"]),
        ("대규모 언어 모델", 4, ["대규모", "언어", "모델"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("ab cdefgh", 3, ["ab", "cde", "fgh"]),
        ("RAGの使い方", 4, ["RAGの", "使い方"]),
    ],
)
def test_lines_break_as_the_language_would(text: str, width: int, lines: list[str]) -> None:
    assert broken(text, width) == lines


@pytest.mark.parametrize(("text", "lines"), [("日本語。文", ["日本", "語。文"]), ("日本「語」", ["日本", "「語」"])])
def test_marks_stay_with_what_they_belong_to(text: str, lines: list[str]) -> None:
    assert broken(text, 3) == lines


@pytest.mark.parametrize("text", ["x" * 500, "漢" * 500, "。" * 500, "「" * 500, "a b " * 200, "\u200b" * 50])
def test_no_line_is_wider_than_the_picture_and_nothing_is_lost(text: str) -> None:
    lines = broken(text, 7)
    assert max(map(len, lines)) <= 7
    assert "".join(lines).replace(" ", "") == "".join(text.split())


def test_even_a_letter_that_is_too_wide_is_written() -> None:
    assert wrap("ab", 0, len) == ["a", "b"]


def test_pieces_keep_words_whole() -> None:
    assert pieces("GPT-4 を使う") == ["GPT-4", " を", "使", "う"]


def test_what_does_not_fit_ends_with_an_ellipsis() -> None:
    assert shorten(["one", "two,", "six"], 2, 4, len) == ["one", "two…"]
    assert shorten(["one"], 2, 4, len) == ["one"]
