"""Bounds against the source."""

from __future__ import annotations

import pytest

from papers.checks.base import Passage, Severity, Subject
from papers.checks.number_bounds import ADDED, DROPPED, OTHER, NumberBounds


def told(source: str, text: str, language: str = "ja", *, translates: bool = True) -> list[tuple[str, str]]:
    passage = Passage("text", text, source=source, translates=translates)
    found = NumberBounds().run(Subject(language, (passage,)))
    return [(finding.message.template, text[finding.start : finding.end]) for finding in found]


@pytest.mark.parametrize(
    ("source", "text", "language", "expected"),
    [
        ("spanning over 15 modalities", "15種類のモダリティ", "ja", (DROPPED, "15種")),
        ("at least 5 heads", "5ヘッド", "ja", (DROPPED, "5")),
        ("up to 30B parameters", "300億パラメータ", "ja", (DROPPED, "300億")),
        ("for under $20", "20ドルで", "ja", (DROPPED, "20")),
        ("more than one token", "1つ以上のトークン", "ja", (OTHER, "1つ以上")),
        ("more than 100 tasks", "100以下のタスク", "ja", (OTHER, "100以下")),
        ("at most 5 tokens", "少なくとも5トークン", "ja", (OTHER, "少なくとも5")),
        ("15 modalities", "15以上のモダリティ", "ja", (ADDED, "15以上")),
        ("over 100 languages", "언어 100개", "ko", (DROPPED, "100개")),
        ("more than one token", "한 개 이상의 토큰", "ko", (OTHER, "한 개 이상")),
        ("15 modalities", "15개 이상의 모달리티", "ko", (ADDED, "15개 이상")),
    ],
)
def test_a_bound_that_differs_is_told(source: str, text: str, language: str, expected: tuple[str, str]) -> None:
    assert told(source, text, language) == [expected]


@pytest.mark.parametrize(
    ("source", "text", "language"),
    [
        ("over 15 modalities", "15以上のモダリティ", "ja"),
        ("at least one token", "1つ以上のトークン", "ja"),
        ("more than one token in one step", "1回のステップで1つより多くのトークン", "ja"),
        ("It exceeds 100K tokens.", "100Kトークンを超える。", "ja"),
        ("It outperforms the prior 71.7%.", "以前の71.7%を上回る。", "ja"),
        ("averaged over 2048 runs", "2048回の平均", "ja"),
        ("roughly 15% faster", "15%高速", "ja"),
        ("5M pairs", "約500万組", "ja"),
        ("less than $600", "600ドル以下", "ja"),
        ("at least 90% of the tokens", "少なくともトークンの90%", "ja"),
        ("up to 3.5 times", "최대 3.5배", "ko"),
        ("over 100 languages", "100개 이상의 언어", "ko"),
        ("a score of 14", "13以上", "ja"),
        ("3 languages more than double it", "3개에서 오류가 이상하다", "ko"),
        ("those below 1B", "10億未満のもの", "ja"),
    ],
)
def test_a_bound_that_says_the_same_is_left_alone(source: str, text: str, language: str) -> None:
    assert told(source, text, language) == []


def test_what_only_draws_on_its_source_may_drop_a_bound_but_not_turn_it() -> None:
    assert told("over 15 modalities", "15のモダリティ", translates=False) == []
    assert told("over 15 modalities", "15以下のモダリティ", translates=False) == [(OTHER, "15以下")]


def test_it_is_a_warning_that_shows_both_texts() -> None:
    passage = Passage("text", "1つ以上のトークン", source="seldom more than one token", translates=True)
    (found,) = NumberBounds().run(Subject("ja", (passage,)))
    assert (found.severity, found.source) == (Severity.WARNING, "more than one")
    assert str(found.message) == "“1つ以上” bounds the figure in another way than the source: “more than one”."
