"""Figures that cannot be meant as they stand."""

from __future__ import annotations

import pytest

from papers.checks.base import Finding, Item, Kind, Passage, Severity, Subject
from papers.checks.number_sense import APART, BEATEN, COUNT, FEWER, FRACTION, PARAMETERS, RANGE, NumberSense


def findings(text: str, language: str = "ja", source: str = "") -> list[Finding]:
    return list(NumberSense().run(Subject(language, (Passage("text", text, source=source),))))


def asked(question: str, answer: str, language: str = "ja") -> list[Finding]:
    item = Item(1, Passage("question", question, Kind.QUESTION), Passage("answer", answer, Kind.ANSWER))
    return list(NumberSense().run(Subject(language, items=(item,))))


@pytest.mark.parametrize(
    ("text", "language", "template", "place"),
    [
        ("パラメータは3から34億である。", "ja", RANGE, "3から34億"),
        ("3〜34億のパラメータ", "ja", RANGE, "3〜34億"),
        ("5.72百万パラメータ", "ja", FRACTION, "5.72百万"),
        ("7兆パラメータのモデル", "ja", PARAMETERS, "7兆パラメータ"),
        ("最大4倍の削減を実現", "ja", FEWER, "4倍の削減"),
        ("2〜5倍程度少ない", "ja", FEWER, "5倍程度少な"),
        ("6倍のメモリ消費を削減", "ja", FEWER, "6倍のメモリ消費を削減"),
        ("95.4%の精度を達成し、98.7%に比べても優れた結果", "ja", BEATEN, "98.7%に比べても優れ"),
        ("C、Go、Java、およびRubyなど、3の言語", "ja", COUNT, "3"),
        ("5つの言語(C、Go、Java、Ruby)", "ja", COUNT, "5つ"),
        ("매개변수는 3에서 34억 개이다.", "ko", RANGE, "3에서 34억 개"),
        ("5.72백만 매개변수", "ko", FRACTION, "5.72백만"),
        ("7조 개의 매개변수", "ko", PARAMETERS, "7조 개의 매개변수"),
        ("메모리가 3배 적은 모델", "ko", FEWER, "3배 적은"),
        ("95.4%를 달성해 98.7%보다 우수하다", "ko", BEATEN, "98.7%보다 우수"),
    ],
)
def test_it_doubts_what_cannot_be_meant(text: str, language: str, template: str, place: str) -> None:
    (found,) = findings(text, language)
    assert (found.message.template, text[found.start : found.end]) == (template, place)
    assert found.severity == Severity.WARNING


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("30億から340億のパラメータ", "ja"),
        ("1〜3億のパラメータ", "ja"),
        ("3、13、65億のパラメータ", "ja"),
        ("数百万のパラメータ、5千万のトークン", "ja"),
        ("15兆トークンで訓練した70億パラメータのモデル", "ja"),
        ("推論時間をほぼ2倍遅くする", "ja"),
        ("11倍のメモリ効率", "ja"),
        ("2倍に高速化し、メモリを削減する", "ja"),
        ("4分の1に削減する", "ja"),
        ("82.1%の率を達成し、以前の71.7%を上回る", "ja"),
        ("誤り率は5.1%で、以前の7.3%より良好である", "ja"),
        ("5%を達成した。98.7%より高い例もある。", "ja"),
        ("C、Go、Java、およびRubyなど、4の言語", "ja"),
        ("C、Go、Java、およびRubyなど、15の言語", "ja"),
        ("4つの言語(C、Go、Java、Ruby)", "ja"),
        ("1つの視覚タスク、2つの言語タスク、2つの混合タスクを含む、5つのタスク", "ja"),
        ("처리량이 3배 증가하고 비용이 준다", "ko"),
        ("30억에서 340억 개의 매개변수", "ko"),
    ],
)
def test_it_does_not_doubt_what_can(text: str, language: str) -> None:
    assert findings(text, language) == []


def test_an_unusual_figure_is_offered_in_the_usual_form() -> None:
    assert findings("5.72百万パラメータ")[0].suggestion == "572万"
    assert findings("5.72백만 매개변수", "ko")[0].suggestion == "572만"


def test_a_source_at_hand_decides_on_trillions_of_parameters() -> None:
    assert findings("1兆パラメータのモデル", source="a model of 1 trillion parameters") == []


@pytest.mark.parametrize(
    ("question", "answer", "wrong"),
    [
        ("340億パラメータのモデルはどう訓練されますか。", "34億パラメータのモデルは2段階で訓練されます。", "34億"),
        ("42.5%の節約はなぜ可能ですか。", "4.25%の節約は圧縮によります。", "4.25%"),
    ],
)
def test_a_question_and_its_answer_a_power_of_ten_apart_are_told(question: str, answer: str, wrong: str) -> None:
    (found,) = asked(question, answer)
    assert (found.message.template, answer[found.start : found.end]) == (APART, wrong)
    assert found.field == "answer"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("10の例は何を示しますか。", "100の例と比べます。"),
        ("340億パラメータのモデルは何ですか。", "340億パラメータのモデルは、34億のものより大きいです。"),
        ("GPT-3は何ですか。", "300のタスクを解きます。"),
    ],
)
def test_other_figures_in_an_answer_are_left_alone(question: str, answer: str) -> None:
    assert asked(question, answer) == []
