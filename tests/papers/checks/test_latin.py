"""Words in Latin letters inside of other texts."""

from __future__ import annotations

import pytest

from papers.checks.latin import all_spellings, latin_words, names, spellings, without_code


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("SQL-PaLMとGPT-3.5を使う。", ["SQL-PaLM", "GPT-3.5"]),
        ("ViT-B/16、C++、model_size", ["ViT-B/16", "C++", "model_size"]),
        ("Défossezら、2023年、3つ", ["Défossez"]),
        ("MAmmoTH2-7B's性能", ["MAmmoTH2-7B", "s"]),
        ("https://example.org/a`pip x`と$a_b$と\\alphaと<br>とlr=0.1", []),
        ("me@example.orgへ", []),
        ("文の終わりGPT.次の文", ["GPT"]),
    ],
)
def test_words_are_whole_and_code_has_none(text: str, words: list[str]) -> None:
    assert [word.text for word in latin_words(text)] == words


def test_places_stay_what_they_were() -> None:
    text = "https://example.org/x にGPTがある"
    assert [text[word.start : word.end] for word in latin_words(text)] == ["GPT"]
    assert len(without_code(text)) == len(text)


def test_parts_of_a_compound_count_as_well() -> None:
    assert spellings("SQL-PaLM, PaLM") == {"SQL-PaLM": 1, "SQL": 1, "PaLM": 2}


def test_spellings_of_several_texts_add_up() -> None:
    assert all_spellings(["LoRA lora", "LoRA"]) == {"LoRA": 2, "lora": 1}


def test_names_are_told_by_their_shape() -> None:
    words = spellings("We use LoRA, xLSTM and PaLM-2 with Low-Rank updates of The Model, STAR and a star.")
    assert names(words) == {"LoRA", "xLSTM", "PaLM-2", "PaLM"}
