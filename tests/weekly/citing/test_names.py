"""Names in their parts."""

from __future__ import annotations

import pytest

from weekly.citing.names import Name, is_group, parse_name


@pytest.mark.parametrize(
    ("text", "family", "given", "suffix"),
    [
        ("Ada One", "One", "Ada", ""),
        ("Ada B. One", "One", "Ada B.", ""),
        ("Laurens van der Maaten", "van der Maaten", "Laurens", ""),
        ("Léon Bottou", "Bottou", "Léon", ""),
        ("John Smith Jr.", "Smith", "John", "Jr."),
        ("John Smith III", "Smith", "John", "III"),
        ("Li Jr", "Jr", "Li", ""),
        ("  Ada   One ", "One", "Ada", ""),
        ("Sinéad O'Connor-O’Hara", "O'Connor-O’Hara", "Sinéad", ""),
        ("山田 太郎", "山田", "太郎", ""),
        ("김 철수", "김", "철수", ""),
        ("Ørsted Åse", "Åse", "Ørsted", ""),
    ],
)
def test_a_person_has_parts(text: str, family: str, given: str, suffix: str) -> None:
    assert parse_name(text) == Name(family, given, suffix)


@pytest.mark.parametrize(
    "text",
    [
        "OpenAI",
        "Plato",
        "Gemini Team",
        "DeepSeek-AI Research",
        "Barnes and Noble",
        "Google, Inc.",
        "山田太郎",
        "山田 太郎 次郎",
        "The ATLAS Collaboration",
        "Ada One (MIT)",
        "Smith et al.",
    ],
)
def test_groups_and_names_in_one_word_stay_whole(text: str) -> None:
    assert parse_name(text) == Name(text)
    assert parse_name(text).is_whole


@pytest.mark.parametrize("text", ["OpenAI", "Gemini Team, Google", "The ATLAS Collaboration", "연구 Lab"])
def test_a_group_is_no_person(text: str) -> None:
    assert is_group(text)


@pytest.mark.parametrize("text", ["Ada One", "Laurens van der Maaten", "山田太郎", "山田 太郎", "김철수"])
def test_a_person_is_no_group(text: str) -> None:
    assert not is_group(text)
