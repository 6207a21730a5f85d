"""Where sentences begin and end."""

from __future__ import annotations

import pytest

from papers.checks.languages import language_of
from papers.checks.sentences import ends_as_sentence, is_whole_clause, sentences


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        (" \n ", []),
        ("一つ目です。二つ目です。", ["一つ目です。", "二つ目です。"]),
        ("一つ目です.二つ目です.", ["一つ目です.", "二つ目です."]),
        ("一つ目です.BERTも同じです.", ["一つ目です.", "BERTも同じです."]),
        ("一つ目です。 高", ["一つ目です。", "高"]),
        ("精度は3.5%です。GPT-3.5より高い。", ["精度は3.5%です。", "GPT-3.5より高い。"]),
        ("「はい。」と答えた。次です。", ["「はい。」", "と答えた。", "次です。"]),
        ("本当ですか?はい!", ["本当ですか?", "はい!"]),
        ("一つ目です。(p.3) 二つ目です。", ["一つ目です。(p.3)", "二つ目です。"]),
        ("一つ目です。(p.3)(p.4)\n二つ目です。", ["一つ目です。(p.3)(p.4)", "二つ目です。"]),
        ("One ends here. Two begins.", ["One ends here.", "Two begins."]),
        ("See Smith et al. 2020 and Fig. 3 for it. Two.", ["See Smith et al. 2020 and Fig. 3 for it.", "Two."]),
        ("J. Smith wrote it. Two.", ["J. Smith wrote it.", "Two."]),
        ("1. 一つ目です。\n2. 二つ目です。", ["1. 一つ目です。", "2. 二つ目です。"]),
        ("첫째입니다. 둘째입니다.", ["첫째입니다.", "둘째입니다."]),
        ("見出し\n本文です。", ["見出し", "本文です。"]),
    ],
)
def test_sentences_are_parted(text: str, parts: list[str]) -> None:
    found = sentences(text)
    assert [sentence.text for sentence in found] == parts
    assert [text[sentence.start : sentence.end] for sentence in found] == parts


@pytest.mark.parametrize(
    ("text", "language", "ends"),
    [
        ("終わりです。", "ja", True),
        ("終わりです.", "ja", True),
        ("「終わりです。」", "ja", True),
        ("終わりです。(p.3)", "ja", True),
        ("終わりです。(図2)", "ja", True),
        ("終わりです", "ja", False),
        ("図(p.3)", "ja", False),
        ("끝입니다.", "ko", True),
        ("The end.", "en", True),
        ("The end", "en", False),
        ("C'est fini.", "fr", True),
        ("", "ja", False),
    ],
)
def test_a_full_stop_may_stand_before_brackets_and_references(text: str, language: str, ends: bool) -> None:
    assert ends_as_sentence(text, language_of(language)) is ends


@pytest.mark.parametrize(
    ("text", "language", "whole"),
    [
        ("精度が向上します", "ja", True),
        ("精度が向上した", "ja", True),
        ("精度が高い", "ja", True),
        (r"精度は72%です(RGBでは\( 71\% \))", "ja", True),
        ("精度を向上させるために", "ja", False),
        ("精度が向上し", "ja", False),
        ("精度の向上", "ja", False),
        ("정확도가 높습니다", "ko", True),
        ("정확도를 높이기 위해", "ko", False),
        ("It is better", "en", False),
    ],
)
def test_a_clause_could_be_a_sentence(text: str, language: str, whole: bool) -> None:
    assert is_whole_clause(text, language_of(language)) is whole
