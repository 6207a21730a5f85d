"""Repeats: between answers, between questions, inside an answer, from the abstract."""

from __future__ import annotations

import pytest

from papers.checks.base import Finding, Item, Kind, Passage, Severity, Subject
from papers.checks.repeats import COPIED, SAME_ANSWER, SAME_ITEM, SAME_QUESTION, SAME_SENTENCE, Repeats

SPEED = "提案手法は、注意機構の計算を近似することで、学習に必要な時間を従来の三分の一に短縮します。"
SPEED_AGAIN = "この手法では、注意機構の計算を近似することにより、学習に必要な時間を従来の三分の一に短縮できます。"
SPEED_LESS = "注意機構の計算を近似することで、学習に必要な時間が短くなり、装置の数も費用も減らせます。"
DATA = "評価には医療画像と報告書からなる二十の公開データセットを用い、専門家が結果を確かめました。"
LIMITS = "著者らは、長い入力では記憶容量が足りなくなること、英語以外では試していないことを認めています。"
KO = "제안한 방법은 주의 기제의 계산을 근사하여 학습에 필요한 시간을 기존의 삼분의 일로 줄이며 메모리 사용량도 절반으로 낮추고 정확도는 그대로 유지합니다."
KO_AGAIN = "이 방법은 주의 기제의 계산을 근사하여 학습에 필요한 시간을 기존의 삼분의 일로 줄이며 메모리 사용량도 절반으로 낮추었습니다."
EN = (
    "The method approximates attention and cuts the time of training to a third of what it was, while the accuracy "
    "stays the same on all of the twenty tasks that were tried."
)
EN_AGAIN = (
    "It approximates attention and cuts the time of training to a third of what it was, while the accuracy stays "
    "the same on all of the twenty tasks that were tried by the authors."
)
EN_OTHER = (
    "The authors say that the method was tried on English only, that long inputs do not fit into memory, and that "
    "the code of the experiments will be released later in the year."
)


def subject(*answers: str, questions: tuple[str, ...] = (), abstract: str = "", language: str = "ja") -> Subject:
    asked = questions or tuple(f"問い{number}" for number in range(len(answers)))
    items = tuple(
        Item(n, Passage("question", q, Kind.QUESTION, f"b{n}"), Passage("answer", a, Kind.ANSWER, f"b{n}"))
        for n, (q, a) in enumerate(zip(asked, answers, strict=True), start=1)
    )
    texts = (Passage("abstract_translated", abstract),) if abstract else ()
    return Subject(language, texts=texts, items=items)


def findings(*answers: str, **rest: object) -> list[Finding]:
    return list(Repeats().run(subject(*answers, **rest)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "language", "severity"),
    [
        (SPEED, SPEED, "ja", Severity.ERROR),
        (SPEED, SPEED_AGAIN, "ja", Severity.ERROR),
        (SPEED, SPEED_LESS, "ja", Severity.WARNING),
        (SPEED, f"{SPEED}{DATA}{LIMITS}", "ja", Severity.ERROR),
        (SPEED, f"{SPEED}(p.1,4-8)", "ja", Severity.ERROR),
        (KO, KO_AGAIN, "ko", Severity.ERROR),
        (KO, KO, "ko", Severity.ERROR),
        (EN, EN_AGAIN, "en", Severity.ERROR),
    ],
)
def test_an_answer_that_repeats_another_is_found(one: str, other: str, language: str, severity: Severity) -> None:
    found = findings(one, other, language=language)
    assert [(f.message.template, f.block, f.severity) for f in found] == [(SAME_ANSWER, "b2", severity)]


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        (SPEED, DATA, "ja"),
        (DATA, LIMITS, "ja"),
        (EN, EN_OTHER, "en"),
        ("はい。", "はい。", "ja"),
        ("77.3%です。", "77.3%です。", "ja"),
        ("Thought Cloningです。", "Thought Cloningです。", "ja"),
        ("", "", "ja"),
    ],
)
def test_answers_that_differ_or_are_short_are_none(one: str, other: str, language: str) -> None:
    assert findings(one, other, language=language) == []


def test_the_likest_earlier_answer_is_named() -> None:
    (found,) = findings(SPEED_AGAIN, DATA, SPEED, f"{SPEED}", questions=("一", "二", "三", "四"))[1:]
    assert (found.block, found.message.params["number"]) == ("b4", 3)


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("このモデルの学習に使われたデータは何ですか。", "このモデルの学習に使われたデータは何でしょうか。", 1),
        ("このモデルの学習に使われたデータは何ですか。", "実験の結果、速度はどれほど上がりましたか。", 0),
        ("結果は何ですか。", "結果は何ですか。", 0),
    ],
)
def test_a_question_that_repeats_another_is_found(one: str, other: str, found: int) -> None:
    templates = [f.message.template for f in findings(DATA, LIMITS, questions=(one, other))]
    assert templates == [SAME_QUESTION] * found


@pytest.mark.parametrize(
    ("answer", "marked"),
    [
        (f"{SPEED}{DATA}{SPEED}", [SPEED]),
        (f"{SPEED}{DATA}また、{SPEED}", [f"また、{SPEED}"]),
        (f"{SPEED}{SPEED}{SPEED}", [SPEED, SPEED]),
        (f"{SPEED}(p.1){SPEED}", [SPEED]),
        (f"{SPEED}{DATA}{LIMITS}", []),
        ("はい、そうです。はい、そうです。", []),
    ],
)
def test_a_sentence_that_comes_twice_is_marked_where_it_comes_again(answer: str, marked: list[str]) -> None:
    found = [f for f in findings(answer) if f.message.template == SAME_SENTENCE]
    assert [answer[f.start : f.end] for f in found] == marked


@pytest.mark.parametrize(
    ("answer", "items"),
    [
        ("言語はJava、Scala、Rust、Scala、YAMLです。", ["Scala"]),
        ("対象はJava, C++, Go, C++ と続きます。", ["C++"]),
        ("画像、音声、動画、音声を扱います。", ["音声"]),
        ("言語はJava、Scala、Rust、YAMLです。", []),
        ("モデルの学習、評価、配布、学習データの管理です。", []),
        ("評価の学習、評価、配布、学習の順です。", []),
        ("JavaとJavaです。", []),
        ("また、これは、また、あれは、です。", []),
    ],
)
def test_a_list_that_names_something_twice_is_found(answer: str, items: list[str]) -> None:
    found = [f for f in findings(answer) if f.message.template == SAME_ITEM]
    assert [answer[f.start : f.end] for f in found] == items


@pytest.mark.parametrize(
    ("answer", "copied"), [(SPEED, 1), (f"{SPEED}{DATA}", 1), (LIMITS, 0), (f"{SPEED}{LIMITS}", 0)]
)
def test_an_answer_copied_from_the_abstract_is_only_told(answer: str, copied: int) -> None:
    found = findings(answer, abstract=f"本論文は新しい手法を提案します。{SPEED}{DATA}")
    assert [(f.message.template, f.severity) for f in found] == [(COPIED, Severity.INFO)] * copied


def test_a_judgement_is_void_when_the_other_answer_changes() -> None:
    (one,), (other,) = findings(SPEED, SPEED_AGAIN), findings(f"{SPEED}{LIMITS}", SPEED_AGAIN)
    assert one.judged != other.judged


def test_messages_can_be_written_out() -> None:
    assert str(findings(SPEED, SPEED)[0].message).endswith("(100 % of it).")
