"""Number forms: a table of what papers say and what readers should see."""

from __future__ import annotations

import pytest

from papers.drafting.number_forms import number_forms


def form(text: str, language: str = "ja") -> list[str]:
    return [form for _, form in number_forms(text, language)]


@pytest.mark.parametrize(
    ("text", "japanese", "korean", "chinese"),
    [
        ("34 billion parameters", "340億", "340억", "340亿"),
        ("from 3 to 34 billion parameters", "30億〜340億", "30억~340억", "30亿至340亿"),
        ("3-34 billion", "30億〜340億", "30억~340억", "30亿至340亿"),
        ("3–34 billion", "30億〜340億", "30억~340억", "30亿至340亿"),
        ("between 3 and 34 billion", "30億〜340億", "30억~340억", "30亿至340亿"),
        ("3B to 34B", "30億〜340億", "30억~340억", "30亿至340亿"),
        ("10M-100M", "1000万〜1億", "1000만~1억", "1000万至1亿"),
        (
            "7, 13, 33 and 65 billion",
            "70億、130億、330億、650億",
            "70억, 130억, 330억, 650억",
            "70亿、130亿、330亿、650亿",
        ),
        ("7B", "70億", "70억", "70亿"),
        ("175B", "1750億", "1750억", "1750亿"),
        ("1.5M images", "150万", "150만", "150万"),
        ("0.5B", "5億", "5억", "5亿"),
        ("15T tokens", "15兆", "15조", "15万亿"),
        ("1.76 trillion", "1兆7600億", "1조 7600억", "1.76万亿"),
        ("1 trillion", "1兆", "1조", "1万亿"),
        ("1,234.5 million", "12億3450万", "12억 3450만", "12亿3450万"),
        ("5.72 million", "572万", "572만", "572万"),
        ("34-billion-parameter", "340億", "340억", "340亿"),
        ("$3.5 million", "350万", "350만", "350万"),
        ("10 thousand", "1万", "1만", "1万"),
    ],
)
def test_it_counts_in_ten_thousands(text: str, japanese: str, korean: str, chinese: str) -> None:
    assert [form(text, language) for language in ("ja", "ko", "zh")] == [[japanese], [korean], [chinese]]


@pytest.mark.parametrize("tag", ["zh-Hant", "zh-TW", "zh-HK"])
def test_traditional_chinese_has_its_own_words(tag: str) -> None:
    assert form("1.76 trillion and 15 million", tag) == ["1兆7600億", "1500萬"]


@pytest.mark.parametrize("tag", ["ja", "ja-JP", "JA"])
def test_a_region_changes_nothing(tag: str) -> None:
    assert form("34 billion", tag) == ["340億"]


@pytest.mark.parametrize("tag", ["en", "de", "fr-CA"])
def test_other_languages_need_no_forms(tag: str) -> None:
    assert number_forms("34 billion", tag) == []


@pytest.mark.parametrize(
    "text",
    [
        "48.2% and 5 points",
        "LLaMA-7B and MAmmoTH2-7B's",
        "DeepSeek 67B",
        "Code Llama 34B",
        "GPT-3 175B",
        "8 GB, 5MB and 128K",
        "a 7T scanner",
        "5,000 steps in 2024",
        "2 thousand",
        "1.23456789 million",
        "Table 3 and 34 billion",
        "millions of users",
        "7B-Chat",
    ],
)
def test_names_shares_and_small_numbers_are_passed_over(text: str) -> None:
    assert number_forms(text, "ja") == []


@pytest.mark.parametrize("text", ["The 7B model", "with a 7B", "Our 7B variant", "(7B)", "uses 7B,"])
def test_a_word_that_only_begins_a_sentence_is_no_name(text: str) -> None:
    assert number_forms(text, "ja") == [("7B", "70億")]


def test_a_year_before_a_number_is_no_item_of_a_list() -> None:
    assert number_forms("in 2024, 10 million", "ja") == [("10 million", "1000万")]


def test_the_most_frequent_come_first_and_the_rest_is_left_out() -> None:
    text = " ".join(f"{n} million" for n in range(1, 40)) + " 7 million 7 million 9 million"
    forms = number_forms(text, "ja")
    assert forms[:2] == [("7 million", "700万"), ("9 million", "900万")]
    assert len(forms) == 16


def test_a_line_break_inside_a_quantity_is_a_space() -> None:
    assert number_forms("3 to\n34\nbillion", "ja") == [("3 to 34 billion", "30億〜340億")]
