"""Echo: answers that do not answer."""

from __future__ import annotations

import pytest

from papers.checks.base import Finding, Item, Kind, Passage, Severity, Subject
from papers.checks.echo import ADDS_NOTHING, ASKS, BEGINS_WITH_QUESTION, EMPTY, NO_NUMBER, Echo, content_words


def findings(question: str, answer: str, language: str = "ja", original: str = "") -> list[Finding]:
    asked, answered = Passage("question", question, Kind.QUESTION), Passage("answer", answer, Kind.ANSWER)
    item = Item(1, asked, answered, answer_original=original)
    return list(Echo().run(Subject(language, items=(item,))))


@pytest.mark.parametrize(
    ("question", "answer", "language"),
    [
        ("この手法は推論をどのように高速化しますか。", "この手法は推論を高速化します。", "ja"),
        ("データセットの収集方法は何ですか。", "データセットの収集は、その方法によります。", "ja"),
        ("이 방법은 추론을 어떻게 빠르게 합니까?", "이 방법은 추론을 빠르게 합니다.", "ko"),
        ("How does the method improve generation speed?", "The method improves the generation speed.", "en"),
    ],
)
def test_an_answer_that_only_repeats_its_question_is_found(question: str, answer: str, language: str) -> None:
    found = findings(question, answer, language)
    assert [(f.message.template, f.severity) for f in found] == [(ADDS_NOTHING, Severity.WARNING)]


@pytest.mark.parametrize(
    ("question", "answer", "language"),
    [
        ("この手法は推論をどのように高速化しますか。", "注意の計算を近似します。", "ja"),
        ("モデルの名前は何ですか。", "モデルの名前はBERTです。", "ja"),
        ("コードは公開されていますか。", "はい、公開されています。", "ja"),
        ("이 방법은 추론을 어떻게 빠르게 합니까?", "주의 계산을 근사합니다.", "ko"),
        ("How does it improve speed?", "Attention is approximated.", "en"),
    ],
)
def test_an_answer_that_adds_something_is_none(question: str, answer: str, language: str) -> None:
    assert findings(question, answer, language) == []


def test_an_answer_that_begins_with_its_question_is_only_told() -> None:
    answer = "推論の速度は、この手法で改善されます。注意の計算を線形時間で近似するためです。"
    (found,) = findings("この手法で推論の速度はどのように改善されますか。", answer)
    assert (found.message.template, found.severity) == (BEGINS_WITH_QUESTION, Severity.INFO)
    assert answer[found.start : found.end] == "推論の速度は、この手法で改善されます。"


@pytest.mark.parametrize(
    ("question", "first", "language"),
    [
        ("グラナイト・コードは推論をどのように速くしますか。", "Granite Codeは推論を速くします。", "ja"),
        ("ワッサーシュタイン距離で偏差をどのように測りますか。", "ワッサシュタイン距離を用い、偏差を測ります。", "ja"),
        ("計画において記憶装置はどのような役割を果たしますか。", "メモリは計画において重要な役割を果たします。", "ja"),
        ("생성에서 기억은 어떤 역할을 합니까?", "생성에서 기억은 중요한 역할을 담당합니다.", "ko"),
        ("What role does memory play in planning?", "Memory plays an important role in planning.", "en"),
    ],
)
def test_a_repetition_in_other_letters_or_with_mere_praise_is_one(question: str, first: str, language: str) -> None:
    (found,) = findings(question, f"{first} 注意の計算を線形時間で近似するためです。", language)
    assert (found.message.template, found.end) == (BEGINS_WITH_QUESTION, len(first))


@pytest.mark.parametrize(
    ("question", "answer", "language"),
    [
        ("この手法で推論はどのように速くなりますか。", "この手法で推論は2.4倍速くなります。近似のためです。", "ja"),
        (
            "この手法で推論はどのように速くなりますか。",
            "この手法で推論はキャッシュにより速くなります。近似のためです。",
            "ja",
        ),
        (
            "この手法で推論はどのように速くなりますか。",
            "この手法で推論は速くなります。近似のためです。実験で示しました。",
            "ja",
        ),
        ("この手法の訓練は公開の計算機で行えますか。", "この手法の訓練は公開の計算機で可能です。", "ja"),
        ("記憶はどのような役割を果たしますか。", "記憶は計画の各段の状態を保つ重要な役割を果たします。", "ja"),
        ("どのような利点がありますか。", "多くの利点があり、その一つは速さが3倍になることです。安くもなります。", "ja"),
        ("이 방법에는 어떤 이점이 있습니까?", "계산량이 크게 줄어듭니다. 기억도 아낍니다.", "ko"),
        ("What role does memory play in planning?", "It keeps the state of each step. Nothing else does.", "en"),
    ],
)
def test_a_first_sentence_with_a_figure_or_another_word_answers(question: str, answer: str, language: str) -> None:
    assert findings(question, answer, language) == []


@pytest.mark.parametrize(
    ("answer", "language", "marked"),
    [
        ("偏差はどのように測定しましたか?距離を使いました。", "ja", ["偏差はどのように測定しましたか?"]),
        ("距離を使いました。なぜそうするのでしょうか。", "ja", ["なぜそうするのでしょうか。"]),
        ("有効かどうかを調べました。確かな結果です。", "ja", []),
        ("速いか遅いかは条件によります。", "ja", []),
        ("왜 그럴까요? 거리를 사용합니다.", "ko", ["왜 그럴까요?"]),
        ("거리를 사용합니다.", "ko", []),
        ("Why so? A distance was used.", "en", ["Why so?"]),
    ],
)
def test_a_question_inside_an_answer_is_marked(answer: str, language: str, marked: list[str]) -> None:
    found = [f for f in findings("…", answer, language) if f.message.template == ASKS]
    assert [answer[f.start : f.end] for f in found] == marked


@pytest.mark.parametrize(
    ("question", "answer", "language", "missing"),
    [
        ("精度は何%向上しましたか。", "大きく向上しました。", "ja", True),
        ("精度は何%向上しましたか。", "3.4%向上しました。", "ja", False),
        ("何個のデータセットを使いましたか。", "多くの画像を使いました。", "ja", True),
        ("何個のデータセットを使いましたか。", "二十個です。", "ja", False),
        ("何個のデータセットを使いましたか。", "GPT-4とT5で選びました。", "ja", True),
        ("どのくらいの頻度で更新されますか。", "定期的に更新されます。(p.3)", "ja", True),
        ("どのくらいの頻度で更新されますか。", "毎週更新されます。", "ja", False),
        ("学習時間はどれくらい短くなりますか。", "半分になります。", "ja", False),
        ("どれほど重要な結果ですか。", "実用に欠かせません。", "ja", False),
        ("이 결과는 얼마나 중요합니까?", "실용에 꼭 필요합니다.", "ko", False),
        ("何か問題はありますか。", "記憶容量が足りません。", "ja", False),
        ("このモデルは何ですか。", "言語モデルです。", "ja", False),
        ("몇 개의 데이터셋을 사용했습니까?", "많은 이미지를 사용했습니다.", "ko", True),
        ("몇 개의 데이터셋을 사용했습니까?", "20개입니다.", "ko", False),
        ("몇 개의 데이터셋을 사용했습니까?", "두 개입니다.", "ko", False),
        ("How many data sets are used?", "Several public ones.", "en", True),
        ("How many data sets are used?", "Twenty-two public ones, 12 of them new.", "en", False),
        ("How large language models learn?", "From text.", "en", False),
        ("How few-shot prompts help?", "They show the form.", "en", False),
        ("Wie viele Daten?", "Viele.", "de", False),
    ],
)
def test_a_number_that_is_asked_for_has_to_be_given(question: str, answer: str, language: str, missing: bool) -> None:
    templates = [f.message.template for f in findings(question, answer, language)]
    assert (NO_NUMBER in templates) is missing


@pytest.mark.parametrize(
    ("question", "answer", "original", "empty"),
    [
        ("何ですか。", "", "", True),
        ("何ですか。", " \n", "", True),
        ("何ですか。", "", "The paper's own words.", False),
        ("", "", "", False),
    ],
)
def test_an_empty_answer_is_found_unless_the_papers_own_words_stand_there(
    question: str, answer: str, original: str, empty: bool
) -> None:
    assert [f.message.template for f in findings(question, answer, original=original)] == [EMPTY] * empty


def test_a_judgement_is_void_when_the_question_changes() -> None:
    one, other = findings("精度は何%ですか。", "高いです。"), findings("精度は何倍ですか。", "高いです。")
    assert one[0].judged != other[0].judged


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("精度が高い", {"精", "度", "高"}),
        ("モデルのコード", {"モデル", "コード"}),
        ("the improved and improving GPT-4", {"impro", "4"}),
        ("방법은 방법을", {"방법"}),
        ("(p.3)", set()),
        ("コード・モデル", {"コード", "モデル"}),
    ],
)
def test_content_words_are_crude_stems(text: str, words: set[str]) -> None:
    assert content_words(text) == words
