"""Sounds: a name and its spelling in another script come out alike."""

from __future__ import annotations

import pytest

from papers.checks.languages.hangul import HANGUL
from papers.checks.languages.katakana import KATAKANA
from papers.checks.languages.sounds import consonants, spoken

CASES = [
    ("Silver Fox", "シルバー・フォックス", "실버 폭스"),
    ("Token", "トークン", "토큰"),
    ("Lipschitz", "リプシッツ", "립시츠"),
    ("Chat", "チャット", "챗"),
    ("Thinker", "シンカー", "싱커"),
    ("Minecraft", "マインクラフト", "마인크래프트"),
    ("DeepMind", "ディープマインド", "딥마인드"),
    ("Engine", "エンジン", "엔진"),
    ("Mistral", "ミストラル", "미스트랄"),
    ("Bumblebee", "バンブルビー", None),
    ("Knight", "ナイト", "나이트"),
    ("Location", "ロケーション", "로케이션"),
]


@pytest.mark.parametrize(("name", "kana", "_hangul"), CASES)
def test_katakana_sounds_as_the_name(name: str, kana: str, _hangul: str | None) -> None:
    assert consonants(KATAKANA.letters(kana)) == consonants(spoken(name))


@pytest.mark.parametrize(("name", "_kana", "hangul"), [case for case in CASES if case[2]])
def test_hangul_sounds_as_the_name(name: str, _kana: str, hangul: str) -> None:
    if name == "Thinker":  # an n before k is written as ng
        assert consonants(HANGUL.letters(hangul)) == "sngk"
    else:
        assert consonants(HANGUL.letters(hangul.replace(" ", ""))) == consonants(spoken(name))


@pytest.mark.parametrize(
    ("kana", "letters"),
    [("グラナイト", "guranaito"), ("ジャズ", "zyazu"), ("ティー", "ti"), ("ウェブ", "webu"), ("チェック", "qieku")],
)
def test_katakana_is_romanised_roughly(kana: str, letters: str) -> None:
    assert KATAKANA.letters(kana) == letters


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ヴァイオリン", "バイオリン"),
        ("インターフェース", "インタフェース"),
        ("シム・ツー・リアル", "シムツーリアル"),
        ("ウェイト", "ウエイト"),
    ],
)
def test_spellings_that_differ_by_habit_fold_alike(one: str, other: str) -> None:
    assert KATAKANA.folded(one) == KATAKANA.folded(other)


def test_spellings_of_other_words_do_not() -> None:
    assert KATAKANA.folded("ソード") != KATAKANA.folded("コード")
    assert HANGUL.folded("딥 마인드") == HANGUL.folded("딥마인드") != HANGUL.folded("딥러닝")
