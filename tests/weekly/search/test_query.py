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
    "text",
    [
        "2611.00001",
        "2611.00001v12",
        "arXiv:2611.00001v1",
        "ArXiv: 2611.00001",
        "（arXiv:２６１１.００００１）",
        '"arXiv:2611.00001".',
        "https://arxiv.org/abs/2611.00001",
        "http://www.arxiv.org/abs/2611.00001v2?context=cs#top",
        "arxiv.org/pdf/2611.00001v1.pdf",
        "<https://export.arxiv.org/html/2611.00001v3/>",
        "https://doi.org/10.48550/arXiv.2611.00001",
        "10.48550/arXiv.2611.00001",
    ],
)
def test_an_id_of_arxiv_is_read_however_it_is_written(text: str) -> None:
    assert read_query(text).phrases == (("2611", "00001"),)


@pytest.mark.parametrize("text", ["hep-th/9901001", "arXiv:hep-th/9901001v2", "https://arxiv.org/abs/hep-th/9901001v1"])
def test_an_old_id_of_arxiv_is_read_too(text: str) -> None:
    assert read_query(text).phrases == (("hep", "th", "9901001"),)


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("https://arxiv.org/abs/2611.00001について cat", [("2611", "00001"), ("につ", "つい", "いて"), ("cat",)]),
        ("論文arXiv:math.GT/0309136v1", [("論文",), ("math", "gt", "0309136")]),
        ("2611.00001v1 2611.00002", [("2611", "00001"), ("2611", "00002")]),
        ("arxiv v2", [("arxiv",), ("v2",)]),
        ("12611.000012v1", [("12611", "000012v1")]),
        ("2611.00001v1b", [("2611", "00001v1b")]),
    ],
)
def test_words_beside_an_id_and_what_is_none_stay(text: str, phrases: list[Phrase]) -> None:
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
