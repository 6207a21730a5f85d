"""Figures of answers against the pages of the paper."""

from __future__ import annotations

import pytest

from papers.checks.answer_numbers import ABSENT, SCALE, AnswerNumbers
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


# The right digits at another power of ten

SCALED = (
    PageText(1, "Small models have 7.25 layers of 12 heads. Their sizes go from 3 to 34\nbillion parameters in all."),
    PageText(2, "We see 1.5 trillion tokens and 57.8% in 2023 with GPT-350. Training takes 5 of 100 hours."),
)


@pytest.mark.parametrize(
    ("answer", "wrong", "said", "suggestion"),
    [
        ("34億パラメータです。", "34億", "34 billion", "340億"),
        ("3.4億パラメータです。", "3.4億", "34 billion", "340億"),
        ("3から34億パラメータです。", "3から34億", "3 to 34 billion", "30億から340億"),
        ("300億から3400億パラメータです。", "300億から3400億", "3 to 34 billion", "30億から340億"),
        ("15兆トークンです。", "15兆", "1.5 trillion", "1兆5000億"),
        ("5.78%です。", "5.78%", "57.8%", "57.8%"),
        ("72.5層です。", "72.5層", "7.25", "7.25層"),
    ],
)
def test_the_papers_digits_at_another_power_of_ten_are_told_with_the_right_form(
    answer: str, wrong: str, said: str, suggestion: str
) -> None:
    (found,) = findings(answer, SCALED)
    assert (found.message.template, answer[found.start : found.end], found.severity) == (SCALE, wrong, Severity.ERROR)
    assert (found.message.params["said"], found.suggestion) == (said, suggestion)


@pytest.mark.parametrize("answer", ["30億から340億パラメータです。", "30億パラメータです。", "3〜340億です。"])
def test_a_figure_that_shares_its_scale_in_the_paper_stands_there(answer: str) -> None:
    assert findings(answer, SCALED) == []


@pytest.mark.parametrize("answer", ["500時間です。", "1200個です。", "2030年です。", "3.5倍です。", "78.5%です。"])
def test_digits_that_are_alike_by_chance_suggest_nothing(answer: str) -> None:
    (found,) = findings(answer, SCALED)
    assert (found.message.template, found.suggestion, found.source) == (ABSENT, None, "")


def test_only_the_nearest_power_of_ten_is_suggested() -> None:
    pages = (PageText(1, "It has 34 million rows. It has 34 billion parameters."),)
    (found,) = findings("34兆です。", pages)
    assert (found.message.params["said"], found.suggestion) == ("34 billion", "340億")


def test_figures_of_several_places_are_told_one_beside_the_other() -> None:
    pages = (PageText(1, "One has 7 billion parameters."), PageText(2, "Another has 65 billion."))
    (found,) = findings("7億から65億です。", pages)
    assert (found.message.params["said"], found.suggestion) == ("7 billion … 65 billion", "70億から650億")


def test_of_a_range_only_what_is_wrong_is_told() -> None:
    (found,) = findings("30億から34億です。", SCALED)
    assert (found.message.params["found"], found.suggestion) == ("34億", "340億")


def test_the_sentence_of_the_page_is_shown_without_its_line_ends() -> None:
    (found,) = findings("34億パラメータです。", SCALED)
    assert found.source == "Their sizes go from 3 to 34 billion parameters in all."


def test_of_a_long_table_only_what_stands_around_is_shown() -> None:
    row = "base tiny small " * 40
    (found,) = findings("34億です。", (PageText(1, f"{row}34B {row}"),))
    assert "34B" in found.source
    assert len(found.source) < 220
