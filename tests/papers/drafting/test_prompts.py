"""Prompt texts, and what a call is told about its own text."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from papers.drafting import prompts
from papers.drafting.base import Context
from papers.drafting.hints import hints
from papers.drafting.questions import KINDS, QUESTIONS
from papers.glossary import Term


@pytest.mark.parametrize(
    ("language", "words"), [("ja", "です・ます"), ("ja-JP", "です・ます"), ("ko", "합니다체"), ("en-GB", "English")]
)
def test_a_language_has_its_style(language: str, words: str) -> None:
    assert words in prompts.style(language)


def test_a_language_without_a_file_is_named_by_its_tag() -> None:
    assert "BCP 47 tag pt-BR" in prompts.style("pt-BR")


@pytest.mark.parametrize("scope", prompts.SCOPES)
def test_the_system_message_is_the_same_for_every_paper(scope: str) -> None:
    assert prompts.system(scope, "ja") == prompts.system(scope, "ja")
    assert prompts.text("rules") in prompts.system(scope, "ja")
    assert "$" not in prompts.system(scope, "fr")


@pytest.mark.parametrize("scope", prompts.SCOPES)
def test_no_prompt_shows_an_example_of_a_citation(scope: str) -> None:
    said = prompts.system(scope, "ja") + prompts.text("phrases")
    assert not re.search(r"\bpp?\.\s*\d|\bpage \d|\(\d|\[\d", said)


def test_each_scope_has_its_own_version() -> None:
    versions = {prompts.version(scope) for scope in prompts.SCOPES}
    assert len(versions) == 3
    assert all(re.fullmatch(r"[0-9a-f]{12}", version) for version in versions)


def test_a_changed_prompt_is_another_version(monkeypatch: pytest.MonkeyPatch) -> None:
    before = prompts.version("qa")
    prompts.version.cache_clear()
    monkeypatch.setattr(prompts, "text", lambda name: "other")
    assert prompts.version("qa") != before
    prompts.version.cache_clear()


def test_empty_blocks_leave_no_gap() -> None:
    request = prompts.request("qa", "ja", ["one", "", "two"], 10, "key")
    assert request.messages[1].content == "one\n\ntwo"
    assert (request.schema_name, request.max_tokens, request.cache_key) == ("qa", 10, "key")


TEXT = "Large language models such as LLaMA-7B read 34 billion tokens; the LLaMA-7B baseline does not. SOTA!"
TERMS = (
    Term("large language model", "大規模言語モデル", forbidden=("大型言語モデル", "巨大言語モデル")),
    Term("baseline", "ベースライン"),
    Term("diffusion", "拡散"),
    Term("tokens"),
    Term("SOTA", "最高水準"),
)


def test_only_terms_of_the_text_are_told() -> None:
    told = hints(TEXT, Context("ja", terms=TERMS))
    assert "large language model ⇒ 大規模言語モデル (not: 大型言語モデル, 巨大言語モデル)" in told
    assert "baseline ⇒ ベースライン" in told
    assert "拡散" not in told


def test_numbers_are_worked_out() -> None:
    assert "34 billion ⇒ 340億" in hints(TEXT, Context("ja"))
    assert "⇒" not in hints(TEXT, Context("de"))


def test_names_and_terms_to_keep_stand_in_one_list() -> None:
    assert "Keep as they are: tokens, LLaMA-7B" in hints(TEXT, Context("ja", terms=TERMS))


def test_a_term_with_a_rendering_is_not_kept_as_it_is() -> None:
    assert "SOTA" not in hints(TEXT, Context("ja", terms=TERMS)).partition("Keep as they are")[2]


def test_a_text_without_anything_special_needs_no_hints() -> None:
    assert hints("plain words only", Context("ja", terms=TERMS)) == ""


def test_the_questions_spread_over_all_kinds() -> None:
    assert len(QUESTIONS) == 10
    assert {question.kind for question in QUESTIONS} == set(KINDS)


@pytest.mark.parametrize("language", ["ja", "ko", "en"])
def test_every_question_is_there_in_the_language(language: str) -> None:
    texts = [question.text[language] for question in QUESTIONS]
    assert len(set(texts)) == 10
    assert all(text.endswith(("?", "？")) for text in texts)


def test_a_question_falls_back_to_its_base_language_and_then_to_english() -> None:
    question = QUESTIONS[0]
    assert question.in_language("ja-JP") == question.text["ja"]
    assert question.in_language("fr") == replace(question).text["en"]
