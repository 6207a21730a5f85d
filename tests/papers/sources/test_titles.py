from __future__ import annotations

import pytest

from papers.paper import Paper
from papers.sources.titles import titles_match


@pytest.mark.parametrize(
    ("listed", "title"),
    [
        ("MERT", "MERT: Acoustic Music Understanding Model with Large-Scale Self-supervised Training"),
        ("No Positional Encodings", "The Impact of Positional Encoding on Length Generalization in Transformers"),
        (
            "LMs Can Teach Themselves to Think",
            "Quiet-STaR: Language Models Can Teach Themselves to Think Before Speaking",
        ),
        (
            "LLMs Predict Neuroscience Results",
            "Large language models surpass human experts in predicting neuroscience results",
        ),
        ("Is Cosine-Similarity Really About Simirity?", "Is Cosine-Similarity of Embeddings Really About Similarity?"),
        ("Consistency LLMs", "CLLMs: Consistency Large Language Models"),
        ("SQL-PaLM", "SQL-PaLM: Improved Large Language ModelAdaptation for Text-to-SQL"),
        ("Let’s Verify Step by Step", "Let's verify step by step"),
        ("ＸＬＳＴＭ", "xLSTM: Extended Long Short-Term Memory"),
        ("A Survey", "A Survey"),
    ],
)
def test_a_short_name_is_enough(listed: str, title: str) -> None:
    assert titles_match(listed, Paper(title))


@pytest.mark.parametrize(
    ("listed", "title"),
    [
        ("MERT", "Direct Preference Optimization: Your Language Model is Secretly a Reward Model"),
        ("Thought Cloning", "The Impact of Positional Encoding on Length Generalization in Transformers"),
        ("Knowledge Conflicts for LLMs", "CLLMs: Consistency Large Language Models"),
        ("Large Language Models as Corporate Lobbyists", "Fine-Tuning Language Models with Just Forward Passes"),
        ("SIMA", "Is Flash Attention Stable?"),
    ],
)
def test_another_paper_is_told(listed: str, title: str) -> None:
    assert not titles_match(listed, Paper(title, abstract="We train large models and report better results."))


def test_a_nickname_may_stand_in_the_abstract_alone() -> None:
    abstract = "We present RAG+, which adds what was learnt from applications to retrieval."
    assert titles_match("RAG+", Paper("Enhancing Generation with Application-Aware Reasoning", abstract))


def test_a_title_that_tells_nothing_is_not_doubted() -> None:
    assert titles_match("★", Paper("Anything"))
