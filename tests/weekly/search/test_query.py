"""What a reader's words mean."""

from __future__ import annotations

import pytest

from weekly.search.query import MAX_QUERY, MAX_TOKENS, Phrase, beginning, read_query


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("agents", [("agent",)]),
        ("llm agents", [("llm",), ("agent",)]),
        ("llm llm LLM", [("llm",)]),
        ('"llm agents" now', [("llm", "agent"), ("now",)]),
        ('"llm agents', [("llm",), ("agent",)]),
        ("gpt-4", [("gpt", "4")]),
        ("自然言語", [("自然", "然言", "言語")]),
        ("自然 言語", [("自然",), ("言語",)]),
        ("語", [("語",)]),
        ("GPTモデル", [("gpt",), ("モデ", "デル")]),
        ("大model", [("大",), ("model",)]),
        ('"LLM による agents"', [("llm",), ("によ", "よる"), ("agent",)]),
        ("自然　言語", [("自然",), ("言語",)]),
        ("＂a b＂", [("a", "b")]),
        ("a AND NOT b OR (c*)", [("a",), ("and",), ("not",), ("b",), ("or",), ("c",)]),
        ("\"\" '' ?!", []),
        ("", []),
        ("\x00", []),
    ],
)
def test_words_become_phrases(text: str, phrases: list[Phrase]) -> None:
    assert read_query(text).phrases == tuple(phrases)


@pytest.mark.parametrize(
    "text", ["a b c d " * 3_000, "猫" * 10_000, "あ い う え お か き く け こ " * 500, "a-" * 5_000]
)
def test_however_long_it_is_a_query_has_few_tokens(text: str) -> None:
    assert len([token for phrase in read_query(text).phrases for token in phrase]) <= MAX_TOKENS


def test_no_word_is_cut_where_a_long_text_is() -> None:
    assert beginning("model " * 100).split() == ["model"] * (MAX_QUERY // 6)
    assert beginning("猫" * 1_000) == "猫" * MAX_QUERY


def test_marks_are_handed_on() -> None:
    assert read_query("a", [("#t1",)]).marks == (("#t1",),)
