"""Style: registers, full stops, address, slips and markup."""

from __future__ import annotations

import pytest

from papers.checks.base import Finding, Item, Kind, Passage, Severity, Subject
from papers.checks.style import (
    ADDRESSED,
    FULL_STOP,
    GLUED_URLS,
    MARKUP,
    MIXED,
    OTHER_REGISTER,
    SLIP,
    Style,
)


def findings(text: str, language: str = "ja", *, source: str = "", kind: Kind = Kind.PROSE) -> list[Finding]:
    return list(Style().run(Subject(language, texts=(Passage("text", text, kind, source=source),))))


def told(text: str, language: str = "ja", *, source: str = "") -> list[tuple[str, str]]:
    return [(f.message.template, text[f.start : f.end]) for f in findings(text, language, source=source)]


def page(*answers: str, language: str = "ja") -> list[Finding]:
    items = tuple(
        Item(n, Passage("question", "何ですか?", Kind.QUESTION), Passage("answer", text, Kind.ANSWER, str(n)))
        for n, text in enumerate(answers)
    )
    return list(Style().run(Subject(language, items=items)))


@pytest.mark.parametrize(
    ("text", "language", "odd"),
    [
        ("速いです。小さくなります。しかし精度は低い。", "ja", "しかし精度は低い。"),
        ("手法を提案する。精度が上がった。効果があります。", "ja", "効果があります。"),
        ("手法を提案する(p.1)。精度が上がった(p.2)。効果があります(p.3)。", "ja", "効果があります(p.3)。"),
        ("手法を提案します.精度は高くない.効果があります.", "ja", "精度は高くない."),
        ("手法を提案します。精度が上がった(図2)。効果があります(表1)。", "ja", "精度が上がった(図2)。"),
        ("빠릅니다. 작습니다. 그러나 정확도는 낮다.", "ko", "그러나 정확도는 낮다."),
        ("방법을 제안한다. 정확도가 높아졌다. 효과가 있습니다.", "ko", "효과가 있습니다."),
    ],
)
def test_a_sentence_in_another_register_is_found(text: str, language: str, odd: str) -> None:
    assert (MIXED, odd) in told(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("速いです。精度も高まります。", "ja"),
        ("手法を提案する。精度が高い。新しい手法。", "ja"),
        ("手法の提案。実験と結果。", "ja"),
        ("彼は「速い。」と言います。結果は次の通りです。", "ja"),
        ("利点は次の通りです:\n- 速度\n- 精度の向上\n以上です。", "ja"),
        ("利点は次の通りです。\n- 速度が上がる\n- 精度が高まる\n以上です。", "ja"),
        ("(1)速度が上がる。(2)精度が高まる。以上の利点があります。", "ja"),
        ("빠릅니다. 정확도도 높습니다.", "ko"),
        ("방법을 제안한다. 정확도가 높다.", "ko"),
    ],
)
def test_one_register_throughout_is_right(text: str, language: str) -> None:
    assert told(text, language) == []


def test_questions_and_titles_have_no_register() -> None:
    assert (
        findings("何をする。何ですか。", kind=Kind.QUESTION) == findings("速くする。速いです。", kind=Kind.TITLE) == []
    )


@pytest.mark.parametrize(
    ("answers", "odd", "language"),
    [
        (("速いです。", "小さいです。", "精度が高い。"), ["2"], "ja"),
        (("速い。", "小さいです。", "精度が高い。", "安い。"), ["1"], "ja"),
        (("速いです。", "精度が高い。"), [], "ja"),
        (("速いです。", "小さいです。", "安い。", "高い。"), [], "ja"),
        (("빠릅니다.", "작습니다.", "정확도가 높다."), ["2"], "ko"),
    ],
)
def test_an_answer_in_another_register_than_most_is_found(
    answers: tuple[str, ...], odd: list[str], language: str
) -> None:
    found = page(*answers, language=language)
    assert [f.block for f in found if f.message.template == OTHER_REGISTER] == odd


def test_all_ascii_full_stops_of_a_text_are_mended_at_once() -> None:
    text = "精度は3.4です.速度はv1.5より速いです (図1).終わり..."
    (found,) = findings(text)
    assert (found.message.template, found.severity, found.message.params["count"]) == (FULL_STOP, Severity.INFO, 2)
    assert text[: found.start] + str(found.suggestion) + text[found.end :] == (
        "精度は3.4です。速度はv1.5より速いです (図1)。終わり..."
    )


def test_a_habit_is_told_once_for_each_field() -> None:
    found = page("速いです.", "小さいです.", "軽いです.", "安いです.")
    assert [(f.message.template, f.field, f.block) for f in found] == [(FULL_STOP, "answer", "0")]


def test_every_sentence_in_another_register_is_found() -> None:
    text = "速いです。小さい。軽いです。安い。良いです。"
    assert told(text) == [(MIXED, "小さい。"), (MIXED, "安い。")]


@pytest.mark.parametrize(("text", "language"), [("GPT-4. を使う。", "ja"), ("빠릅니다.", "ko"), ("It is fast.", "en")])
def test_other_full_stops_are_right(text: str, language: str) -> None:
    assert findings(text, language) == []


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("あなたの研究は何を示しますか?", "ja", "あなた"),
        ("貴社のモデルは速いですか?", "ja", "貴社"),
        ("당신의 연구는 무엇을 보입니까?", "ko", "당신"),
        ("What does your work show?", "en", "your"),
    ],
)
def test_an_address_is_found(text: str, language: str, words: str) -> None:
    assert told(text, language) == [(ADDRESSED, words)]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("プロンプトは「あなたは助手です」です。", ""),
        ("注意さえあればよいのです。", "Attention is all you need."),
        ("あなたに必要なのは注意です。", "Attention is all you need."),
    ],
)
def test_an_address_of_the_paper_or_in_a_quotation_may_stay(text: str, source: str) -> None:
    assert told(text, source=source) == []


@pytest.mark.parametrize(
    ("text", "words", "mended"),
    [
        ("モデルをを使います。", "をを", "を"),
        ("これががモデルです。", "がが", "が"),
        ("新機能を調査しまし た。", " ", ""),
        ("学習モデルのモデルを使います。", "モデルのモデル", "モデル"),
        ("モデルモデルを使います。", "モデルモデル", "モデル"),
        ("実験実験を行います。", "実験実験", "実験"),
    ],
)
def test_a_slip_is_found_and_mended(text: str, words: str, mended: str) -> None:
    assert [(f.message.template, text[f.start : f.end], f.suggestion) for f in findings(text)] == [
        (SLIP, words, mended)
    ]


@pytest.mark.parametrize(
    "text",
    ["AI モデル を使う。", "もののけの話です。", "人々と徐々に。", "はははと笑う。", "データモデルのモデル化です。"],
)
def test_ordinary_repetition_is_no_slip(text: str) -> None:
    assert findings(text) == []


@pytest.mark.parametrize(
    ("text", "words", "mended"),
    [
        (r"精度は\( \small 98.7\% \)です。", r"\( \small 98.7\% \)", "98.7%"),
        (r"大きさは\( \small P×P \)です。", r"\( \small P×P \)", "P×P"),
        ("[[123456]]今年の話です。", "[[123456]]", ""),
        ("一行目<br/>です。", "<br/>", ""),
        (r"値は\( \small x_v \)です。", r"\( \small x_v \)", r"\( x_v \)"),
    ],
)
def test_markup_is_found_and_taken_away(text: str, words: str, mended: str) -> None:
    assert [(f.message.template, text[f.start : f.end], f.suggestion) for f in findings(text)] == [
        (MARKUP, words, mended)
    ]


def test_a_formula_that_the_source_has_may_stay() -> None:
    assert told(r"$\rightarrow$です。", source=r"it $\rightarrow$ is") == []
    assert told("GPUは$5から$10です。") == []


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("https://a.org/https://b.org/など", "https://a.org/"),
        ("https://web.archive.org/web/2024/https://b.org/ など", None),
        ("https://a.org/?to=https://b.org/ など", None),
        ("https://a.org/ https://b.org/ など", None),
    ],
)
def test_addresses_that_run_together_are_found(text: str, marked: str | None) -> None:
    assert told(text) == ([(GLUED_URLS, marked)] if marked else [])


def test_a_language_that_nobody_described_is_only_read_for_markup() -> None:
    assert told("Vous êtes là. <br>Oui", "fr") == [(MARKUP, "<br>")]
