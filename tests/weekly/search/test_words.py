"""What becomes of a text on its way into the index."""

from __future__ import annotations

import pytest

from weekly.search.words import MAX_TOKEN, characters_of, fold, stem, tokens_of


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＧＰＴ－４", "gpt-4"),
        ("ﾓﾃﾞﾙ", "モデル"),
        ("か\u3099", "が"),
        ("Pokémon", "pokemon"),
        ("Schölkopf", "scholkopf"),
        ("STRASSE ß", "strasse ss"),
        ("Łódź", "łodz"),
        ("é", "e"),
        ("①", "1"),
        ("각", "각"),
        ("\x00", "\x00"),
        ("", ""),
    ],
)
def test_spellings_of_one_word_are_one(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("letters", ["が", "ガ", "각", "й", "ё"])
def test_marks_that_make_another_letter_stay(letters: str) -> None:
    assert fold(letters) == letters


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("自然言語", ["自然", "然言", "言語"]),
        ("語", ["語"]),
        ("自然。言語", ["自然", "言語"]),
        ("GPTモデルは", ["gpt", "モデ", "デル", "ルは"]),
        ("서울 대학", ["서울", "대학"]),
        ("サーバー", ["サー", "ーバ", "バー"]),
        ("時々", ["時々"]),
        ("chain-of-thought", ["chain", "of", "thought"]),
        ("it's_2.5 %", ["it", "s", "2", "5"]),
        ("\x00\ud800😀!", []),
        ("𠮷野家", ["𠮷野", "野家"]),
    ],
)
def test_words_and_pairs(text: str, tokens: list[str]) -> None:
    assert tokens_of(text) == tokens


@pytest.mark.parametrize(
    ("word", "stemmed"),
    [
        ("agents", "agent"),
        ("memories", "memory"),
        ("models", "model"),
        ("gas", "gas"),
        ("loss", "loss"),
        ("corpus", "corpus"),
        ("analysis", "analysis"),
        ("series", "sery"),
        ("llms", "llm"),
        ("gpt4s", "gpt4s"),
        ("été", "été"),
        ("", ""),
    ],
)
def test_a_plural_is_found_as_its_singular(word: str, stemmed: str) -> None:
    assert stem(word) == stemmed


def test_a_word_without_end_is_cut() -> None:
    assert tokens_of("a" * 10_000) == ["a" * MAX_TOKEN]


def test_single_characters_are_kept_of_scripts_without_spaces() -> None:
    assert characters_of("猫とcat、고양이") == set("猫と고양이")
