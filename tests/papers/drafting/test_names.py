"""Names that keep their spelling, and lower-cased names that get it back."""

from __future__ import annotations

import pytest

from papers.drafting.names import keep_words, restore_names


@pytest.mark.parametrize(
    "name", ["LoRA", "GPT-4", "xLSTM", "DeepSeek-V2", "RAG", "RAG+", "3D", "LLaMA-7B", "C4", "CoT"]
)
def test_names_and_acronyms_are_kept(name: str) -> None:
    assert keep_words(f"we use {name} here", 5) == [name]


@pytest.mark.parametrize("word", ["Transformer", "We", "A", "state-of-the-art", "2024", "i"])
def test_ordinary_words_are_not(word: str) -> None:
    assert keep_words(f"so {word} here", 5) == []


def test_a_heading_in_capitals_is_no_acronym() -> None:
    assert keep_words("INTRODUCTION The introduction to RLHF", 5) == ["RLHF"]


def test_a_plural_is_the_same_name() -> None:
    assert keep_words("LLMs are LLM and LLMs", 5) == ["LLM"]


def test_the_most_frequent_names_come_first() -> None:
    assert keep_words("MMLU GSM8K GSM8K MATH", 2) == ["GSM8K", "MMLU"]
    assert keep_words("MMLU GSM8K GSM8K", 5, at_least=2) == ["GSM8K"]


@pytest.mark.parametrize(
    ("text", "title", "restored"),
    [
        ("rat synergizes with rag", "RAT: Retrieval Augmented Thoughts and RAG", "RAT synergizes with RAG"),
        ("sima follows instructions", "SIMA", "SIMA follows instructions"),
        ("deepseek-v2 is strong", "DeepSeek-V2: a Model", "DeepSeek-V2 is strong"),
        ("a rat in the lab, unlike RAT", "RAT: Thoughts", "a rat in the lab, unlike RAT"),
        ("separate rates and rat-like", "RAT", "separate rates and rat-like"),
        ("attention is all", "ATTENTION IS ALL YOU NEED", "attention is all"),
        ("a transformer", "The Transformer", "a transformer"),
    ],
)
def test_lower_cased_names_are_restored_from_the_title(text: str, title: str, restored: str) -> None:
    assert restore_names(text, title) == restored
