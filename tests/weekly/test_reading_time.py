"""How long a page takes to read."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.translation import override

from papers.presenting import questions
from tests.factories import make_paper, make_qa, make_week
from tests.weekly.reading import read, text_of
from weekly.reading_time import SIGNS, WORDS, minutes, minutes_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 1),
        ("word", 1),
        ("word " * WORDS, 1),
        ("word " * (WORDS + 1), 2),
        ("字" * SIGNS, 1),
        ("字" * (SIGNS + 1), 2),
        ("논문" * SIGNS, 2),
        ("字" * SIGNS + " word" * WORDS, 2),
        ("it's state-of-the-art. " * (WORDS // 2), 1),
        ("$x$ " * WORDS, 3),
        ("、。！ — … " * 1000, 1),
    ],
)
def test_signs_are_counted_where_words_are_not_set_off_and_words_elsewhere(text: str, expected: int) -> None:
    assert minutes([text]) == expected


def test_short_texts_are_added_before_the_minutes_are_rounded() -> None:
    assert minutes(["字" * 100] * 5) == 1


def test_a_formula_is_read_as_a_few_words_however_it_is_written() -> None:
    long = r"$\mathcal{L}_\text{task and some more words} = \mathbb{E}_{x \sim p}\left[f(x)\right]$ "
    assert minutes([long * 50]) == minutes(["$x$ " * 50])


@pytest.mark.django_db
def test_a_paper_is_read_in_its_readers_language() -> None:
    qa = [make_qa(1, answer="字" * SIGNS, answer_original="word " * WORDS * 9)]
    paper = make_paper(abstract="word " * WORDS * 9, qa=qa)
    assert minutes_of(paper, questions(paper)) == 2


@pytest.mark.django_db
def test_what_is_not_translated_is_read_in_the_original() -> None:
    qa = [make_qa(1, answer="", answer_original="word " * WORDS)]
    paper = make_paper(abstract="word " * WORDS, abstract_translated="", qa=qa)
    assert minutes_of(paper, questions(paper)) == 3


@pytest.mark.django_db
def test_pages_say_how_long_they_take(client: Client) -> None:
    paper = make_paper(live=True, qa=[make_qa(1, answer="字" * SIGNS * 3 + "。")])
    week = make_week(paper, live=True)
    with override("ja"):
        assert "4" in text_of(read(client, paper).select_one(".eyebrow")).split("·")[1]
    assert "1" in text_of(read(client, week).select_one(".eyebrow")).split("·")[1]
