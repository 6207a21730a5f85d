"""Names in the readers' script, found by their sound."""

from __future__ import annotations

import pytest

from papers.checks.borrowed import Sounds, mixed, name_phrases, renderings
from papers.checks.languages.hangul import HANGUL
from papers.checks.languages.katakana import KATAKANA


def spelt(text: str, *names: str) -> list[tuple[str, str]]:
    borrowing = HANGUL if any("가" <= letter <= "힣" for letter in text) else KATAKANA
    return [(found.text, found.name) for found in renderings(text, Sounds.of(names, borrowing))]


@pytest.mark.parametrize(
    ("text", "name", "written"),
    [
        ("シルバー・フォックスは速い", "Silver Fox", "シルバー・フォックス"),
        ("シルバーフォックスモデル", "Silver Fox", "シルバーフォックス"),
        ("最新のシルバー・フォックス・モデル", "Silver Fox", "シルバー・フォックス"),
        ("オープン・シルバー・フォックス", "Silver Fox", "シルバー・フォックス"),
        ("ブライトクローゼットです", "Bright Cloning", None),
        ("ブライトクローンです", "Bright Cloning", "ブライトクローン"),
        ("ヤコビ行列とジャコビ法", "Jacobi", "ヤコビ"),
        ("ジャコビアンではない", "Jacobi", "ジャコビ"),
        ("새로운 실버 폭스 모델은", "Silver Fox", "실버 폭스"),
        ("실버폭스는", "Silver Fox", "실버폭스"),
    ],
)
def test_a_name_is_found_where_a_word_begins(text: str, name: str, written: str | None) -> None:
    assert [found[0] for found in spelt(text, name)][:1] == ([written] if written else [])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("スピード", "Spider"),
        ("コード", "Coda"),
        ("モデル", "Medal"),
        ("トランスクリプト", "Transformer"),
        ("データベース", "Debate"),
        ("속도", "Soda"),
    ],
)
def test_words_with_few_or_other_consonants_are_not_the_name(text: str, name: str) -> None:
    assert spelt(text, name) == []


def test_the_longest_name_that_sounds_exactly_so_is_taken() -> None:
    names = "Silver Fox", "Silver Fox Bench", "Silver Fox Family"
    assert spelt("シルバーフォックス・ベンチ", *names) == [("シルバーフォックス・ベンチ", "Silver Fox Bench")]


def test_a_span_ends_before_a_dot_and_after_a_length_mark() -> None:
    (found,) = renderings("シルバー・フォックス・ベンチ", Sounds.of(["Silver Fox"], KATAKANA))
    assert (found.start, found.end, found.text) == (0, 10, "シルバー・フォックス")
    assert spelt("ペッパーボトラー", "Pepper Bottler") == [("ペッパーボトラー", "Pepper Bottler")]


@pytest.mark.parametrize(
    ("text", "names", "found"),
    [
        ("チャットGPTです", ["ChatGPT", "GPT"], [("チャットGPT", "ChatGPT")]),
        ("シルバーLMです", ["SilverLM"], [("シルバーLM", "SilverLM")]),
        ("최신 챗GPT는", ["ChatGPT"], [("챗GPT", "ChatGPT")]),
        ("モデルGPTです", ["ChatGPT"], []),
        ("ベースGPTです", ["GPT"], []),
    ],
)
def test_a_name_in_both_scripts_is_found(text: str, names: list[str], found: list[tuple[str, str]]) -> None:
    borrowing = HANGUL if "최" in text else KATAKANA
    assert [(rendering.text, rendering.name) for rendering in mixed(text, names, borrowing)] == found


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("Silver Foxモデル", ["Silver Fox"]),
        ("Jacobi法とJacobi, Silver", ["Jacobi", "Jacobi", "Silver"]),
        ("Silver Fox Models", ["Silver Fox", "Silver Fox Models"]),
        ("a silver fox and GPT", []),
    ],
)
def test_name_phrases_are_capitalised_words_side_by_side(text: str, phrases: list[str]) -> None:
    assert list(name_phrases(text)) == phrases
