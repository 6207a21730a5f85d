"""Cut-off: text that ends too soon."""

from __future__ import annotations

import pytest

from papers.checks.base import Finding, Kind, Passage, Severity, Subject
from papers.checks.cut_off import (
    BRACKET,
    ELLIPSIS,
    FORMULA,
    NO_END,
    NO_STOP,
    OPEN_BRACKET,
    RUN_TOGETHER,
    CutOff,
    open_bracket,
    open_formula,
)


def findings(text: str, language: str = "ja", kind: Kind = Kind.PROSE) -> list[Finding]:
    return list(CutOff().run(Subject(language, texts=(Passage("summary", text, kind),))))


@pytest.mark.parametrize(
    ("text", "language", "template"),
    [
        ("精度を示しています.高", "ja", NO_END),
        ("精度を示しています。さらに、", "ja", NO_END),
        ("精度を向上させるために", "ja", NO_END),
        ("精度を向上させるために[2]", "ja", NO_END),
        ("以下のとおりです:", "ja", NO_END),
        ("モデルを提案し、", "ja", NO_END),
        ("정확도를 높이기 위해", "ko", NO_END),
        ("The model is better than the", "en", NO_END),
        ("世界を革新しました...", "ja", ELLIPSIS),
        ("世界を革新しました…", "ja", ELLIPSIS),
        ("世界を革新し・・・", "ja", ELLIPSIS),
        ("「世界を革新しました...」", "ja", ELLIPSIS),
        ("세상을 바꾸었습니다...", "ko", ELLIPSIS),
        ("The world was changed. . .", "en", ELLIPSIS),
        ("センターで(以下、「研", "ja", BRACKET),
        ("モデル(BERTと", "ja", BRACKET),
        ("「優れた", "ja", BRACKET),
        (r"損失は\( L = \sum_i", "ja", FORMULA),
        (r"損失は\[ L", "ja", FORMULA),
        (r"損失は $L = \frac{1}{2}", "ja", FORMULA),
        (r"損失は $x_i", "ja", FORMULA),
        (r"損失は \begin{align} x = 1 \end", "ja", FORMULA),
        (r"The loss is \text{the sum", "en", FORMULA),
    ],
)
def test_what_breaks_off_is_an_error(text: str, language: str, template: str) -> None:
    found = findings(text, language)
    assert [(f.message.template, f.severity) for f in found] == [(template, Severity.ERROR)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("精度が向上します。", "ja"),
        ("精度が向上します.", "ja"),
        ("精度が向上します！", "ja"),
        ("精度が向上します。(p.3)", "ja"),
        ("精度が向上します。(表7)", "ja"),
        ("精度の向上が必要です。[2]", "ja"),
        ("精度の向上が必要です。(p.3)[1, 3-5][7]", "ja"),
        ("精度の向上が必要です。［２］", "ja"),
        ("（精度の向上が必要です。[2]）", "ja"),
        ("정확도가 높습니다.[2]", "ko"),
        ("It is better.²", "en"),
        ("彼は「向上します。」", "ja"),
        (r"精度は\( 98.7\% \)です。", "ja"),
        ("損失は次の式で表せます。\n\n$$L = -\\log p$$", "ja"),
        ("損失は次の式で表せます。\n\\[L = [a, b]\\]\n", "ja"),
        ("次の三点です。\n1. 速度\n2. 精度", "ja"),
        ("次の三点です。\n・速度", "ja"),
        ("1)速度、2)精度があります。", "ja"),
        ("区間[0, 1)の値です。", "ja"),
        ("（全角と半角)の括弧です。", "ja"),
        ("費用は$5です。", "ja"),
        ("費用は$5から$10です。", "ja"),
        ("정확도가 높습니다.", "ko"),
        ("It is better.", "en"),
        ("ภาษาไทยไม่มีจุด", "th"),
        ("", "ja"),
        (" \n", "ja"),
    ],
)
def test_what_ends_well_is_none(text: str, language: str) -> None:
    assert findings(text, language) == []


@pytest.mark.parametrize(("text", "language"), [("精度が向上します", "ja"), ("정확도가 높습니다", "ko")])
def test_a_whole_sentence_without_its_stop_is_mended_with_one_click(text: str, language: str) -> None:
    (found,) = findings(text, language)
    assert (found.message.template, found.severity) == (NO_STOP, Severity.WARNING)
    assert text[: found.start] + str(found.suggestion) + text[found.end :] == text + ("。" if language == "ja" else ".")


@pytest.mark.parametrize(
    ("text", "mended"),
    [("向上が必要です[2]", "向上が必要です[2]。"), ("向上が必要です (p.3)[12]", "向上が必要です (p.3)[12]。")],
)
def test_a_stop_that_is_missing_before_a_reference_mark_is_all_that_is_missing(text: str, mended: str) -> None:
    (found,) = findings(text)
    assert found.message.template == NO_STOP
    assert text[: found.start] + str(found.suggestion) + text[found.end :] == mended


@pytest.mark.parametrize("kind", [Kind.TITLE, Kind.LINE])
@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("大規模モデルの調査", 0),
        ("調査、評価、学習など", 0),
        ("大規模モデルの...", 1),
        ("「大規模モデルの", 1),
        ("RLHF(強化学習)", 0),
    ],
)
def test_titles_and_lines_need_no_stop(text: str, wrong: int, kind: Kind) -> None:
    assert len(findings(text, kind=kind)) == wrong


@pytest.mark.parametrize("kind", [Kind.ANSWER, Kind.PROSE])
def test_answers_and_prose_need_one(kind: Kind) -> None:
    assert len(findings("モデルを提案し", kind=kind)) == 1


def test_a_question_may_end_without_a_stop() -> None:
    assert findings("モデルの名前は", kind=Kind.QUESTION) == []


@pytest.mark.parametrize(
    ("text", "language", "mended"),
    [
        ("確率を予測します言語モデルは新しいです。", "ja", "確率を予測します。言語モデルは新しいです。"),
        ("操作が可能です数年前から使われました。", "ja", "操作が可能です。数年前から使われました。"),
        ("모델을 제안합니다 그리고 빠릅니다.", "ko", "모델을 제안합니다. 그리고 빠릅니다."),
    ],
)
def test_sentences_that_run_together_are_parted_with_one_click(text: str, language: str, mended: str) -> None:
    (found,) = findings(text, language)
    assert found.message.template == RUN_TOGETHER
    assert text[: found.start] + str(found.suggestion) + text[found.end :] == mended


@pytest.mark.parametrize(
    "text", ["ますます重要です。", "です・ます調で書きます。", "高いですが、遅いです。", "使いますので速いです。"]
)
def test_what_only_looks_like_a_sentences_end_stays(text: str) -> None:
    assert findings(text) == []


def test_a_bracket_left_open_before_further_sentences_is_a_warning() -> None:
    found = findings("モデル(BERTを使います。精度が向上します。")
    assert [(f.message.template, f.severity) for f in found] == [(OPEN_BRACKET, Severity.WARNING)]


def test_a_finding_shows_where_the_text_breaks_off() -> None:
    text = "精度を示しています。さらに高"
    (found,) = findings(text)
    assert text[found.start : found.end] == "さらに高"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a(b)c", None),
        ("a(b", 1),
        ("a(b(c)", 1),
        ("a)b", None),
        ("「a", 0),
        ("「a」(b", 3),
        ("[0, 1)", None),
        ("(a]", None),
    ],
)
def test_the_first_open_bracket_is_found(text: str, place: int | None) -> None:
    assert open_bracket(text) == place


@pytest.mark.parametrize(
    ("text", "span"), [(r"a \(b\)", None), (r"a \(b", (2, 5)), ("$a_1$", None), ("a $b_1", (2, 6)), (r"\$5", None)]
)
def test_an_open_formula_is_found(text: str, span: tuple[int, int] | None) -> None:
    assert open_formula(text) == span
