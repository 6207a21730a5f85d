"""The ranking behind extractive answers and repairs."""

from __future__ import annotations

import pytest

from papers.drafting.bm25 import BM25, words

TEXTS = ["The cat sat on the mat.", "Models are compared with baselines.", "A baseline compares well. Baseline!", ""]


def test_the_best_match_comes_first() -> None:
    assert BM25(TEXTS).ranked("comparing a baseline") == [2, 1]


@pytest.mark.parametrize("query", ["", "the of and", "zebra"])
def test_what_matches_nothing_is_not_ranked(query: str) -> None:
    assert BM25(TEXTS).ranked(query) == []


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    scores = BM25(["model model", "model zebra", "model"]).scores("model zebra")
    assert max(scores) == scores[1]


def test_no_texts_have_no_ranking() -> None:
    assert BM25([]).ranked("anything") == []


def test_endings_and_stop_words_do_not_count() -> None:
    assert words("Comparing the compared data-sets") == ["compar", "compar", "data", "sets"]


def test_cjk_is_matched_by_character() -> None:
    assert BM25(["学習の限界", "結果"]).ranked("限界") == [0]
