"""Reading quantities: what texts say and what is read."""

from __future__ import annotations

from fractions import Fraction

import pytest

from papers.checks.languages.counting import Bound
from papers.checks.quantities import Kind, Quantity, quantities


def read(text: str, language: str) -> list[Quantity]:
    return [figure for figure in quantities(text, language) if figure.kind != Kind.NAME]


def values(text: str, language: str) -> list[float]:
    return [float(figure.value) for figure in read(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("34 billion parameters", "en", [34e9]),
        ("a 34-billion-parameter model", "en", [34e9]),
        ("1.5M images and 2K users", "en", [1.5e6, 2e3]),
        ("7, 13, 33 and 65 billion", "en", [7e9, 13e9, 33e9, 65e9]),
        ("3 to 34 billion", "en", [3e9, 34e9]),
        ("2-5× faster", "en", [2, 5]),
        ("twenty-five of two hundred thousand", "en", [25, 200_000]),
        ("1,234,567 tokens", "en", [1_234_567]),
        ("6.02 × 10^23 atoms", "en", [6.02e23]),
        ("half of a million", "en", [0.5, 1e6]),
        ("1/10 of it, a quarter of that, in March 2023", "en", [0.1, 0.25, 3, 2023]),
        ("size 256, 100k steps", "en", [256, 1e5]),
        ("two-thirds and one quarter", "en", [2 / 3, 0.25]),
        ("by a factor of 4, twice", "en", [4, 2]),
        ("340億、5,400 億、１２３万", "ja", [340e8, 5400e8, 123e4]),
        ("1兆7600億と3億5000万", "ja", [1.76e12, 3.5e8]),
        ("5千万、三十万、二千億", "ja", [5e7, 3e5, 2e11]),
        ("7、13、33、65億", "ja", [7e8, 13e8, 33e8, 65e8]),
        ("3から34億", "ja", [3e8, 34e8]),
        ("3〜34億", "ja", [3e8, 34e8]),
        ("4分の1、2〜5分の1", "ja", [0.25, 0.5, 0.2]),
        ("8.1Tトークン、21Bパラメータ", "ja", [8.1e12, 21e9]),
        ("二つと三回", "ja", [2, 3]),
        ("340억, 1조 7600억, 3억 5천만", "ko", [340e8, 1.76e12, 3.5e8]),
        ("10만 개, 두 배, 세 가지", "ko", [1e5, 2, 3]),
        ("3분의 2와 절반", "ko", [2 / 3, 0.5]),
        ("30억~340억", "ko", [30e8, 340e8]),
        ("How Much Memory Do 3 to 34 Billion Parameters Need?", "en", [3e9, 34e9]),
        ("Small Models Rival 34 Billion Parameters", "en", [34e9]),
        ("Small Models Rival 3 to 34 Billion Parameters", "en", [3e9, 34e9]),
        ("Why Are 70 Languages Enough, and What Does 5 Cost?", "en", [70, 5]),
        ("Training Over 5,000 Pages With 12 Experts", "en", [5000, 12]),
        ("5,000ページの文書、12,000頁", "ja", [5000, 12000]),
        ("5,000페이지 분량", "ko", [5000]),
    ],
)
def test_it_reads_values(text: str, language: str, expected: list[float]) -> None:
    assert values(text, language) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("see https://example.org/2024/12 and arXiv:2405.03548v2", "en"),
        ("Table 3, Figures 4 and 5, Section 2.1, p. 7 and [12, 15-17]", "en"),
        ("GPT-3.5, CodeLLaMA-7b, Llama 2, ResNet-50, CIFAR-10 and Qwen2.5-72B-Instruct", "en"),
        ("3D scenes and 2.5D maps, version 1.2.3 of 2024-06-04", "en"),
        ("1) costs, 2) gains", "en"),
        ("図3、表 4、第2章、(p.3)、[12]、5ページ", "ja"),
        ("What Codex 12B and Llama 2 Need From DeepSeek 67B", "en"),
        ("on page 5,000 and pages 1,200–1,300", "en"),
        ("5,000ページ目と12ページ目、ページ5,000、1,200行目", "ja"),
        ("5,000번째 페이지, 5,000페이지째, 페이지 5,000", "ko"),
        ("gpt-4 と CodeLLaMA-7b、Llama 2、DeepSeek 67B", "ja"),
        ("一般に十分な千差万別の方法", "ja"),
        ("그림 3, 표 4, 5쪽, [12], GPT-4", "ko"),
        ("한국의 배경 이미지", "ko"),
    ],
)
def test_it_leaves_out_what_only_looks_like_a_number(text: str, language: str) -> None:
    assert values(text, language) == []


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        ("57.8%", "en", Kind.PERCENT),
        ("57.8 percent", "en", Kind.PERCENT),
        ("57.8\\%", "en", Kind.PERCENT),
        ("3.2 points", "en", Kind.POINTS),
        ("5.76 times", "en", Kind.TIMES),
        ("2.4x", "en", Kind.TIMES),
        ("10-fold", "en", Kind.TIMES),
        ("by a factor of 3", "en", Kind.TIMES),
        ("2017", "en", Kind.YEAR),
        ("2048", "en", Kind.NUMBER),
        ("57.8パーセント", "ja", Kind.PERCENT),
        ("５７．８％", "ja", Kind.PERCENT),
        ("3.2ポイント", "ja", Kind.POINTS),
        ("5.76倍", "ja", Kind.TIMES),
        ("数十億", "ja", Kind.SEVERAL),
        ("57.8퍼센트", "ko", Kind.PERCENT),
        ("5.76배", "ko", Kind.TIMES),
        ("수십억", "ko", Kind.SEVERAL),
        ("10배치", "ko", Kind.NUMBER),
    ],
)
def test_it_tells_what_a_figure_counts(text: str, language: str, kind: Kind) -> None:
    assert [figure.kind for figure in read(text, language)] == [kind]


@pytest.mark.parametrize(
    ("text", "language", "bound"),
    [
        ("more than one token", "en", Bound.OVER),
        ("spanning over 15 modalities", "en", Bound.OVER),
        ("averaged over 15 runs", "en", Bound.OVER),
        ("at least 15", "en", Bound.LEAST),
        ("15 or more", "en", Bound.LEAST),
        ("under $20", "en", Bound.UNDER),
        ("up to 4x", "en", Bound.MOST),
        ("roughly 600K", "en", Bound.ABOUT),
        ("≥ 15", "en", Bound.LEAST),
        ("15", "en", Bound.NONE),
        ("15種類以上の", "ja", Bound.LEAST),
        ("20ドル未満", "ja", Bound.UNDER),
        ("最大4倍", "ja", Bound.MOST),
        ("約60万", "ja", Bound.ABOUT),
        ("100Kトークン/秒を超え", "ja", Bound.OVER),
        ("最大スループットを5倍に", "ja", Bound.NONE),
        ("15개 이상", "ko", Bound.LEAST),
        ("600달러 미만", "ko", Bound.UNDER),
        ("최대 4배", "ko", Bound.MOST),
        ("10만 토큰을 넘는다", "ko", Bound.OVER),
        ("500달러도 안 되는", "ko", Bound.UNDER),
        ("24時間足らず", "ja", Bound.UNDER),
    ],
)
def test_it_reads_bounds(text: str, language: str, bound: Bound) -> None:
    assert [figure.bound for figure in read(text, language)] == [bound]


@pytest.mark.parametrize(("text", "verb"), [("of over 15 tasks", False), ("averaged over 15 runs", True)])
def test_a_bound_that_may_be_another_word_is_marked(text: str, verb: bool) -> None:
    assert [figure.verb for figure in read(text, "en")] == [verb]


@pytest.mark.parametrize(
    ("text", "language", "firm"),
    [
        ("one", "en", False),
        ("two tasks", "en", False),
        ("5 tasks", "en", True),
        ("two million", "en", True),
        ("a million", "en", False),
        ("1つ", "ja", False),
        ("10回", "ja", False),
        ("3月", "ja", False),
        ("14の", "ja", True),
        ("600種類", "ja", True),
        ("0.8秒", "ja", True),
        ("세 가지", "ko", False),
        ("3개", "ko", False),
        ("873개", "ko", True),
    ],
)
def test_only_what_a_translation_must_keep_is_firm(text: str, language: str, firm: bool) -> None:
    assert [figure.firm for figure in read(text, language)] == [firm]


def test_numbers_in_names_are_kept_apart_with_their_names() -> None:
    (figure,) = quantities("Qwen-72B wins", "en")
    assert (figure.kind, figure.stem, figure.value) == (Kind.NAME, "Qwen", Fraction(72 * 10**9))


@pytest.mark.parametrize(
    ("text", "language", "stretch"),
    [
        ("costs 5.76 times more", "en", "5.76 times"),
        ("全部で５，４００億個", "ja", "５，４００億個"),
        ("総 1조 7600억 개", "ko", "1조 7600억 개"),
    ],
)
def test_places_are_those_of_the_text_as_it_stands(text: str, language: str, stretch: str) -> None:
    (figure,) = quantities(text, language)
    assert text[figure.start : figure.end] == stretch


def test_a_language_that_nobody_described_still_has_its_digits() -> None:
    assert values("34 milliards, 57.8%", "fr") == [34, 57.8]
