"""Text of a model becomes plain text, and loses nothing that papers say."""

from __future__ import annotations

import pytest

from papers.drafting.plain import answer_text, joined, line, plain


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("<b>bold</b> and <a href='https://evil.example'>link</a>", "bold and link"),
        ("<script>alert(1)</script>fine", "fine"),
        ("before <img src=x onerror=alert(1)> after", "before after"),
        ("<svg/onload=alert(1)>x", "x"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;fine", "fine"),
        ("&amp;lt;b&amp;gt;twice&amp;lt;/b&amp;gt;", "twice"),
        ("<!-- hidden -->shown<!DOCTYPE html>", "shown"),
        ("one<br/>two", "onetwo"),
        ("the <script> tag is <i>old</i>", "the tag is old"),
        ("<iframe src=x>in</iframe>", "in"),
        ("<IMG SRC=x>", ""),
    ],
)
def test_markup_goes(said: str, left: str) -> None:
    assert plain(said) == left


@pytest.mark.parametrize(
    "said",
    [
        "a < b and c > d",
        "p<0.05, n<10<b",
        "the model writes <think> and </think> first",
        "<answer>42</answer>",
        "starts with <s> and ends with </s>",
        "$x_1 < \\frac{1}{2}$",
        "AT&T's R&D",
        "if x<y then y>x",
    ],
)
def test_mathematics_and_tokens_stay(said: str) -> None:
    assert plain(said) == said


@pytest.mark.parametrize("bad", ["\x00", "\x07", "\x1b", "\x9f", "\u202e", "\u2066", "\ufeff", "\ud800"])
def test_characters_that_show_nothing_go(bad: str) -> None:
    assert plain(f"a{bad}b") == "ab"
    plain(f"a{bad}b").encode()


def test_paragraphs_stay_and_spaces_fold() -> None:
    assert plain("one  two\r\n\n\n\nthree\n") == "one two\n\nthree"
    assert line("one\n two") == "one two"


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("答えです（p.1,4-8）。", "答えです。"),
        ("It does (p. 3).", "It does."),
        ("It does (pages 3–5) so.", "It does so."),
        ("改善します（3ページ）。", "改善します（3ページ）。"),
        ("改善します（ページ3）。", "改善します。"),
        ("as in [3, 5] here", "as in here"),
        ("in [0, 1] only", "in [0, 1] only"),
    ],
)
def test_page_references_and_marks_are_not_the_models_to_write(said: str, left: str) -> None:
    assert answer_text(said) == left


@pytest.mark.parametrize(
    ("language", "text"), [("ja", "一。二。"), ("zh-Hant", "一。二。"), ("ko", "一。 二。"), ("en", "一。 二。")]
)
def test_sentences_are_joined_as_the_language_does(language: str, text: str) -> None:
    assert joined(["一。", "二。"], language) == text
