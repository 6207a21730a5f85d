"""Misspelt names: which name a word may have meant."""

from __future__ import annotations

import pytest

from papers.checks.base import Passage, Subject
from papers.checks.known_names import KnownNames
from papers.checks.misspelt import one_letter_off, right_case
from papers.paper import PageText, Paper

PAGE = PageText(1, "We train TokenMixer-7B and Llama on PubMedQA. Mistral and gpt-4 are baselines; the LoRA rank is 8.")
PAPER = Paper("TokenMixer: Fast Models", authors=("Ashish Vaswani", "Jo Li"))


def known(*texts: str, pages: tuple[PageText, ...] = (PAGE,)) -> KnownNames:
    return KnownNames.of(Subject("ja", texts=tuple(Passage("text", text) for text in texts), pages=pages, paper=PAPER))


@pytest.mark.parametrize(
    ("word", "right"),
    [
        ("TokenMixar-7B", "TokenMixer-7B"),
        ("PubMebQA", "PubMedQA"),
        ("Mistrel", "Mistral"),
        ("gtp-4", "gpt-4"),
        ("Vaswini", "Vaswani"),
        ("TokenMixer-8B", None),
        ("gpt-5", None),
        ("Lora", None),
        ("LoRAs", None),
        ("Lo", None),
        ("Llamas", None),
        ("MistralX", None),
    ],
)
def test_a_word_is_held_against_all_that_the_paper_names(word: str, right: str | None) -> None:
    assert one_letter_off(word, known(word), sure=True) == right


@pytest.mark.parametrize(("word", "right"), [("LMM", "LLM"), ("TokenMixar", None)])
def test_without_the_papers_text_only_doubled_or_swapped_letters_are_told(word: str, right: str | None) -> None:
    texts = "LLMです。LLMです。LLMです。", word
    assert one_letter_off(word, known(*texts, pages=()), sure=False) == right


def test_a_word_that_the_page_has_often_is_meant() -> None:
    assert one_letter_off("Mistrel", known("Mistrelです。Mistrelです。Mistrelです。"), sure=True) is None


def test_two_names_that_may_be_meant_are_none() -> None:
    page = PageText(1, "PubMedQA and PubMidQA are used.")
    assert one_letter_off("PubMadQA", known("PubMadQA", pages=(page,)), sure=True) is None


@pytest.mark.parametrize(
    ("word", "source", "right"),
    [
        ("LORA", "", "LoRA"),
        ("LLAMA", "", "Llama"),
        ("Tokenmixer-7B", "", "TokenMixer-7B"),
        ("lora", "the LoRA rank", "LoRA"),
        ("lora", "", None),
        ("mistral", "Mistral", None),
        ("LoRA", "", None),
        ("Unknown", "", None),
    ],
)
def test_a_case_is_held_against_the_papers(word: str, source: str, right: str | None) -> None:
    assert right_case(word, known(word), source) == right


def test_a_title_in_capitals_tells_nothing_about_names() -> None:
    subject = Subject("ja", paper=Paper("ATTENTION IS FAST"), texts=(Passage("text", "Attentionです"),))
    assert right_case("Attention", KnownNames.of(subject), "") is None
