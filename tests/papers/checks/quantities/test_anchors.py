"""Figures that changed places."""

from __future__ import annotations

import pytest

from papers.checks.quantities.anchors import swapped
from papers.checks.quantities.matching import matching


def pairs(source: str, target: str, language: str = "ja") -> list[set[float]]:
    matched = matching(source, "en", target, language)
    found = swapped(source, "en", target, language, matched)
    return [{float(one.value), float(other.value)} for one, other in found]


@pytest.mark.parametrize(
    ("source", "target", "language", "expected"),
    [
        ("GSM8K 5.9% and MATH 36%", "GSM8Kは36%、MATHは5.9%", "ja", {5.9, 36}),
        ("11% on MATH and 36% on GSM8K", "MATHで36%、GSM8Kで11%", "ja", {11, 36}),
        ("GPT-4 solves 67% and PaLM solves 48% of it", "GPT-4は48%、PaLMは67%を解く", "ja", {48, 67}),
        ("20 datasets for 15 tasks", "15のデータセット、20のタスク", "ja", {15, 20}),
        ("24 layers, 16 heads", "16層、24ヘッド", "ja", {16, 24}),
        ("1.9% (95M) and 6.6% (330M)", "6.6%(95M)と1.9%(330M)", "ja", {1.9, 6.6}),
        ("60 fps on 48GB", "60GBで48fps", "ja", {48, 60}),
        ("11% on MATH and 36% on GSM8K", "MATH에서 36%, GSM8K에서 11%", "ko", {11, 36}),
        ("20 datasets for 15 tasks", "데이터셋 수: 15개 데이터셋, 20개 과제", "ko", {15, 20}),
    ],
)
def test_figures_at_each_others_names_or_nouns_are_found(
    source: str, target: str, language: str, expected: set[float]
) -> None:
    assert pairs(source, target, language) == [expected]


@pytest.mark.parametrize(
    ("source", "target", "language"),
    [
        ("11% on MATH and 36% on GSM8K", "GSM8Kで36%、MATHで11%", "ja"),
        ("GPT-4 scores 86.4%, compared with PaLM's 70.7%", "PaLMの70.7%に対し、GPT-4は86.4%", "ja"),
        ("On HumanEval and MBPP it has 48.8 and 55.6, respectively.", "HumanEvalで48.8、MBPPで55.6", "ja"),
        ("11 datasets from 5 domains against 9 baselines", "5つのドメインの11のデータセット、9つのベースライン", "ja"),
        ("MATH grows by 5%. GSM8K grows by 9%.", "GSM8Kは9%伸びる。MATHは5%伸びる。", "ja"),
        ("It saves 42.5% and 93.3%.", "93.3%と42.5%を節約する。", "ja"),
        ("11% on MATH and 36% on GSM8K", "GSM8K에서 36%, MATH에서 11%", "ko"),
    ],
)
def test_another_order_of_words_is_no_exchange(source: str, target: str, language: str) -> None:
    assert pairs(source, target, language) == []
