"""Figures of answers against the pages of the paper."""

from __future__ import annotations

import pytest

from papers.checks.answer_numbers import AnswerNumbers
from papers.checks.base import Finding, Item, Kind, Passage, Severity, Subject
from papers.paper import PageText

PAGES = (
    PageText(1, "We train a 34B model on 1.5 trillion tokens. It needs 6,144 chips; accuracy is 0.425 (Table 2)."),
    PageText(2, "Params (M)\nBase 182.3\nThe gain is 36.7 points in 2023. It has 5,012,345 rows and is .5 faster."),
)


def findings(answer: str, pages: tuple[PageText, ...] = PAGES, language: str = "ja") -> list[Finding]:
    item = Item(1, Passage("question", "何?", Kind.QUESTION), Passage("answer", answer, Kind.ANSWER, block="a1"))
    return list(AnswerNumbers().run(Subject(language, items=(item,), pages=pages)))


@pytest.mark.parametrize(
    "answer",
    [
        "340億パラメータ",
        "34Bのモデル",
        "1兆5000億トークン",
        "6144個のチップ",
        "精度は42.5%である",
        "精度は0.425である",
        "36.7ポイント",
        "2023年",
        "約500万行",
        "1億8230万パラメータ",
        "3つの理由があります(p.7)。表9と[41]を参照。",
        "GPT-4よりも優れる",
        "50%高速",
    ],
)
def test_a_figure_of_the_paper_is_left_alone_in_whatever_unit(answer: str) -> None:
    assert findings(answer) == []


@pytest.mark.parametrize(
    ("answer", "language", "wrong"),
    [
        ("34億パラメータです。", "ja", "34億"),
        ("36.8ポイント向上します。", "ja", "36.8ポイント"),
        ("6145個のチップです。", "ja", "6145個"),
        ("約700万行です。", "ja", "700万"),
        ("2021年です。", "ja", "2021年"),
        ("34억 개의 매개변수입니다.", "ko", "34억 개"),
    ],
)
def test_a_figure_that_is_nowhere_is_an_error(answer: str, language: str, wrong: str) -> None:
    (found,) = findings(answer, language=language)
    assert (answer[found.start : found.end], found.severity, found.block) == (wrong, Severity.ERROR, "a1")


def test_without_pages_there_is_nothing_to_say() -> None:
    assert findings("999億パラメータ", pages=()) == []


def test_pages_in_another_language_are_read_with_its_words() -> None:
    pages = (PageText(1, "340億のパラメータを持つ。"),)
    item = Item(1, Passage("question", "?"), Passage("answer", "It has 34 billion parameters, not 35 billion."))
    found = AnswerNumbers().run(Subject("en", items=(item,), pages=pages, source_language="ja"))
    assert [finding.message.params for finding in found] == [{"found": "35 billion"}]
