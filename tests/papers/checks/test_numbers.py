"""Numbers against the source."""

from __future__ import annotations

import pytest

from papers.checks.base import Finding, Item, Kind, Passage, Severity, Subject
from papers.checks.numbers import MISSING, NOWHERE, OTHER, SCALE, SWAPPED, UNKNOWN, Numbers
from papers.paper import PageText, Paper


def findings(source: str, text: str, language: str = "ja", *, translates: bool = True) -> list[Finding]:
    passage = Passage("text", text, source=source, translates=translates)
    return list(Numbers().run(Subject(language, (passage,))))


def told(source: str, text: str, language: str = "ja", *, translates: bool = True) -> list[tuple[str, str]]:
    return [
        (f.message.template, text[f.start : f.end]) for f in findings(source, text, language, translates=translates)
    ]


@pytest.mark.parametrize(
    ("source", "text", "language", "wrong", "suggestion"),
    [
        ("34 billion parameters", "34億パラメータ", "ja", "34億", "340億"),
        ("3 to 34 billion", "3億から34億", "ja", "3億から34億", "30億から340億"),
        ("7, 13 and 65 billion", "7、13、65兆", "ja", "7、13、65兆", "70億、130億、650億"),
        ("10 million samples", "1,000億の標本", "ja", "1,000億", "1000万"),
        ("236B parameters", "23.6Bのパラメータ", "ja", "23.6B", "236B"),
        ("a gain of 42.5%", "425%の向上", "ja", "425%", "42.5%"),
        ("5.76 times", "57.6倍", "ja", "57.6倍", "5.76倍"),
        ("6,144 chips", "61,440個のチップ", "ja", "61,440個", "6,144個"),
        ("34 billion parameters", "34억 개의 매개변수", "ko", "34억 개", "340억 개"),
        ("1.5 trillion tokens", "1500억 토큰", "ko", "1500억", "1조 5000억"),
    ],
)
def test_another_power_of_ten_is_an_error_with_a_suggestion(
    source: str, text: str, language: str, wrong: str, suggestion: str
) -> None:
    (found,) = findings(source, text, language)
    assert (found.message.template, text[found.start : found.end]) == (SCALE, wrong)
    assert (found.suggestion, found.severity) == (suggestion, Severity.ERROR)


@pytest.mark.parametrize(
    ("source", "text", "language", "expected"),
    [
        ("It gains 5.9%.", "5.7%向上する。", "ja", [(OTHER, "5.7%")]),
        ("It is 5.76 times faster.", "5.76%高速である。", "ja", [(OTHER, "5.76%")]),
        ("It was 2019.", "2018年である。", "ja", [(OTHER, "2018年")]),
        ("We use three tasks.", "4つのタスクを用いる。", "ja", [(OTHER, "4つ")]),
        ("It was March 2023.", "2023年5月である。", "ja", [(OTHER, "5月")]),
        ("Seven of the eight tasks", "8つのタスクのうち8つ", "ja", [(OTHER, "8つ")]),
        ("large-scale and small-scale", "中規模と大規模", "ja", [(OTHER, "中規模")]),
        ("a small-scale study", "대규모 연구", "ko", [(OTHER, "대규모")]),
        ("We use 14 tasks.", "タスクを用いる。", "ja", [(MISSING, "")]),
        ("We use tasks.", "14のタスクを用いる。", "ja", [(UNKNOWN, "14")]),
        ("5% of A, 10% of B", "Aの5%、Bの5%", "ja", [(MISSING, "")]),
        ("5% of A, 5% of B, 10% of C", "Aの5%、Bの10%、Cの10%", "ja", [(OTHER, "10%")]),
        ("2.4x to 3.4x faster", "高速である", "ja", [(MISSING, "")]),
        ("DeepSeek 67B is beaten.", "DeepSeek 76Bを上回る。", "ja", [(OTHER, "76B")]),
        ("GPT-3.5 is beaten.", "GPT-35を上回る。", "ja", [(OTHER, "35")]),
        ("from 11% to 36%", "36%から11%", "ja", [(SWAPPED, "36%から11%")]),
        ("70%/10%/20%", "70%/20%/10%", "ja", [(SWAPPED, "70%/20%/10%")]),
        ("billions of tokens", "数億のトークン", "ja", [(SCALE, "数億")]),
        ("It gains 5.9%.", "5.7% 향상된다.", "ko", [(OTHER, "5.7%")]),
        ("We use three tasks.", "네 가지 과제를 쓴다.", "ko", [(OTHER, "네 가지")]),
        ("We use 14 tasks.", "과제를 쓴다.", "ko", [(MISSING, "")]),
    ],
)
def test_a_wrong_figure_is_told(source: str, text: str, language: str, expected: list[tuple[str, str]]) -> None:
    assert told(source, text, language) == expected


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("It has two stages; one is short.", "段階は2つである。"),
        ("We propose a method.", "1つの手法を提案する。3月に10回試した。"),
        ("See Table 3 [12].", "表4を参照。"),
        ("It gains 5% everywhere.", "どこでも5%向上する。つまり5%である。"),
        ("Zelikman et al. (2022) did it.", "Zelikmanらが行った。"),
        ("It runs ZeRO-3 and GPT-4.", "ZeRO-3とGPT-4を動かす。"),
        ("It beats GPT-4.", "GPT-4を上回る。"),
        ("It needs half the data.", "データは半分で足りる。"),
        ("9 out of 10 datasets", "10のデータセットのうち9つ"),
        ("a million images", "画像100万枚"),
        ("large language models", "大規模言語モデル"),
        ("a small-scale study of large models", "大規模モデルの小規模な研究"),
        ("It is 1/10 of it, a quarter of it at most.", "その10分の1、多くても4分の1である。"),
        ("Batch size 256, 100k steps", "バッチサイズ256、10万ステップ"),
        ("Both tasks and two more", "2つのタスクと、さらに2つ"),
    ],
)
def test_a_faithful_text_is_left_alone(source: str, text: str) -> None:
    assert told(source, text) == []


def test_figures_at_each_others_names_are_only_a_warning() -> None:
    (found,) = findings("GSM8K 5.9% and MATH 36%", "GSM8Kは36%、MATHは5.9%")
    assert (found.message.template, found.severity) == (SWAPPED, Severity.WARNING)
    assert found.message.params == {"found": "36%、MATHは5.9%", "said": "5.9% … 36%"}


def test_one_of_something_cannot_become_several_of_it() -> None:
    assert told("It runs on one GPU.", "3台のGPUで動く。") == [(OTHER, "3台")]
    assert told("One can use it on a GPU.", "3台のGPUで使える。") == []


def test_what_only_draws_on_its_source_may_leave_out_figures_but_not_add_them() -> None:
    source = "We train 14 models on 300 billion tokens."
    assert told(source, "14のモデルを訓練する。", translates=False) == []
    assert told(source, "15のモデルを訓練する。", translates=False) == [(OTHER, "15")]


def test_without_a_source_nothing_is_said() -> None:
    assert told("", "340億の14倍") == []


def test_a_finding_shows_the_sentence_of_the_source() -> None:
    (found,) = findings("We like it. It has 34 billion parameters. It is fast.", "パラメータは34億である。")
    assert found.source == "It has 34 billion parameters."
    assert str(found.message) == "“34億” is off by a power of ten: the source has “34 billion”."


def test_a_replacement_is_offered_only_where_there_is_one_candidate() -> None:
    assert findings("5.9% here", "5.7%である")[0].suggestion == "5.9%"
    assert findings("5.9% here, 12.1% there", "7.3%である")[0].suggestion is None


def test_a_source_in_another_language_than_english_is_read_too() -> None:
    passage = Passage("text", "It has 3.4 billion parameters.", source="340億のパラメータを持つ。", translates=True)
    (found,) = Numbers().run(Subject("en", (passage,), source_language="ja"))
    assert found.message.params == {"found": "3.4 billion", "said": "340億"}


def test_a_table_pasted_into_a_field_does_not_hold_up_the_save() -> None:
    assert findings("1," * 20_000, "1," * 20_000) == []


# A summary, which may have its figures from anywhere in the paper

ABSTRACT = "We train a fast model with 34 billion parameters. It wins by 5%."
PAGES = (
    PageText(1, "The model has 34B parameters. It reaches 88.4% on GSM8K and needs 96 GPUs."),
    PageText(2, "Params (M)\nBase 182.3\nAccuracy is 0.425. The gain is 50% on one task and 2.4x elsewhere."),
)


def summarised(text: str, pages: tuple[PageText, ...] = PAGES, *, translates: bool = False) -> list[Finding]:
    passage = Passage("summary", text, Kind.LINE, source=ABSTRACT, translates=translates)
    return list(Numbers().run(Subject("ja", (passage,), pages=pages)))


@pytest.mark.parametrize(
    "text",
    [
        "GSM8Kで88.4%に達する。",
        "96台のGPUで学ぶ。",
        "2.4倍速い。",
        "1億8230万パラメータのモデル。",
        "精度は42.5%である。",
        "340億パラメータのモデル。",
    ],
)
def test_a_summary_may_have_a_figure_of_the_papers_body(text: str) -> None:
    assert summarised(text) == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("GSM8Kで88.5%に達する。", "88.5%"),
        ("97台のGPUで学ぶ。", "97台"),
        ("96%の正解率である。", "96%"),
        ("2.4%速い。", "2.4%"),
        ("34億パラメータのモデル。", "34億"),
    ],
)
def test_a_summary_may_not_have_what_the_paper_says_of_nothing(text: str, wrong: str) -> None:
    (found,) = summarised(text)
    assert (found.severity, text[found.start : found.end]) == (Severity.ERROR, wrong)


def test_without_pages_a_figure_that_the_abstract_lacks_is_an_error() -> None:
    assert [found.severity for found in summarised("88.4%に達する。", ())] == [Severity.ERROR]


def test_the_same_digits_with_another_power_of_ten_in_the_abstract_are_doubted_all_the_same() -> None:
    (found,) = summarised("50%向上する。")
    assert (found.message.template, found.severity) == (SCALE, Severity.WARNING)


def test_a_range_is_one_finding_though_the_body_has_its_first_figure_without_the_scale() -> None:
    passage = Passage(
        "summary", "3から34億パラメータのモデル。", Kind.LINE, source="It has 3 to 34 billion parameters."
    )
    (found,) = Numbers().run(Subject("ja", (passage,), pages=(PageText(1, "We list 3 tasks."),)))
    assert (found.severity, found.message.params["found"]) == (Severity.ERROR, "3から34億")
    assert found.suggestion == "30億から340億"


def test_a_figure_that_the_body_has_stays_out_of_a_range_whose_other_end_is_wrong() -> None:
    passage = Passage("summary", "5から34億。", Kind.LINE, source="It has 34 billion parameters.")
    (found,) = Numbers().run(Subject("ja", (passage,), pages=(PageText(1, "We list 5 tasks."),)))
    assert (found.message.params["found"], found.suggestion) == ("34億", "340億")


def test_a_figure_of_the_abstract_in_another_unit_is_an_error_whatever_the_body_says() -> None:
    (found,) = summarised("5倍の精度である。", (PageText(1, "It is 5 times as fast."),))
    assert found.severity == Severity.ERROR


def test_a_translation_keeps_to_its_source_whatever_the_body_says() -> None:
    text = "340億パラメータの速いモデルを訓練し、88.4%上回る。"
    assert (OTHER, Severity.ERROR) in [(f.message.template, f.severity) for f in summarised(text, translates=True)]


def test_an_answer_keeps_to_its_original_whatever_the_pages_say() -> None:
    question, answer = (
        Passage("question", "?", Kind.QUESTION),
        Passage("answer", "96台。", Kind.ANSWER, source="98 GPUs."),
    )
    found = Numbers().run(Subject("ja", items=(Item(1, question, answer),), pages=PAGES))
    assert [one.severity for one in found] == [Severity.ERROR]


# A week, which draws on several papers

LISTED = (
    Paper("SmallLM", abstract="A 3B model, trained on 1.5 trillion tokens."),
    Paper("Bench", abstract="It has 57 tasks."),
)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("30億パラメータのモデルと57のタスク。", []),
        ("1.5兆トークンで学ぶ。", []),
        ("2本の論文が2025年までを見通す。", []),
        ("正解率は71.2%に上がる。", []),
        ("9本の論文がある。", []),
        ("300億パラメータのモデル。", ["300億"]),
        ("58のタスクと57%。", ["58", "57%"]),
        ("71.3%に上がる。", ["71.3%"]),
    ],
)
def test_a_weeks_figures_are_looked_up_in_all_its_papers(text: str, wrong: list[str]) -> None:
    subject = Subject("ja", (Passage("overview", text),), listed=LISTED, told="正解率が71.2%に上がる。")
    found = list(Numbers().run(subject))
    assert [text[one.start : one.end] for one in found] == wrong
    assert {(one.message.template, one.severity) for one in found} <= {(NOWHERE, Severity.WARNING)}
