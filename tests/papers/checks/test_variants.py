"""One thing written in two ways."""

from __future__ import annotations

import pytest

from papers.checks.languages.hangul import HANGUL
from papers.checks.languages.katakana import KATAKANA
from papers.checks.variants import expansions, variants


def pairs(*texts: str) -> list[tuple[str, str, bool]]:
    return [(wrong, right, sure) for _, _, wrong, right, sure in variants(texts, KATAKANA)]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (("バリデーション、ヴァリデーション、バリデーション",), [("ヴァリデーション", "バリデーション", True)]),
        (
            ("ヴァリデーションセット、ヴァリデーション", "バリデーション"),
            [("バリデーション", "ヴァリデーション", True)],
        ),
        (("マルチモーダル、マルチモーダル、マルチモダル",), [("マルチモダル", "マルチモーダル", False)]),
        (("フィード・バック、フィードバック、フィードバック",), [("フィード・バック", "フィードバック", False)]),
        (("シム・ツー・リアル", "シムツーリアル"), [("シムツーリアル", "シム・ツー・リアル", False)]),
        (("シムツーリアル", "シム・ツー・リアル"), [("シム・ツー・リアル", "シムツーリアル", False)]),
        (("フィードバックとフィード・バック",), [("フィード・バック", "フィードバック", False)]),
        (("エンコーダーとエンコーダ",), []),
        (("マルチモーダルとマルチモダルモデル",), []),
        (("コートとコトとゴート",), []),
        (("ダイナミックとダイナミクス",), []),
    ],
)
def test_spellings_are_compared_by_what_habit_leaves(
    texts: tuple[str, ...], found: list[tuple[str, str, bool]]
) -> None:
    assert pairs(*texts) == found


def test_the_rarer_spelling_is_told_where_it_stands_first() -> None:
    texts = ["バリデーションとバリデーション", "次にヴァリデーションとヴァリデーションとバリデーション"]
    ((text, start, wrong, _, _),) = variants(texts, KATAKANA)
    assert (text, start, wrong) == (1, 2, "ヴァリデーション")


def test_a_spelling_is_told_once_whatever_it_is_compared_with() -> None:
    found = pairs("インタープリタ、インタープリタ、インタープリタ、インタプリタ、インタプリタ、インター・プリタ")
    assert len(found) == len({wrong for wrong, _, _ in found})


def test_korean_spellings_may_differ_in_spaces() -> None:
    ((_, _, wrong, right, sure),) = variants(["딥마인드랩스, 딥마인드랩스, 딥 마인드랩스."], HANGUL)
    assert (wrong, right, sure) == ("딥 마인드랩스", "딥마인드랩스", False)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("大規模言語モデル(LLM)です", [("LLM", "大規模言語モデル", 0)]),
        ("これは検索拡張生成（RAG）です", [("RAG", "検索拡張生成", 3)]),
        ("大規模言語モデル(LLMs)です", [("LLM", "大規模言語モデル", 0)]),
        ("フィードバックによる強化学習(RLHF)", []),
        ("人間のフィードバック(RLHF)", []),
        ("Large Language Model(LLM)", []),
        ("図(a)と表(Table)", []),
    ],
)
def test_what_stands_before_an_acronym_in_brackets_spells_it_out(text: str, found: list[tuple[str, str, int]]) -> None:
    assert list(expansions(text)) == found
