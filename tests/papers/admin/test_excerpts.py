"""What a card shows of a text: short enough to read, and true to what applying would do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils.translation import override

from papers.admin.excerpts import LONGEST, Swap, excerpt, offer, shortened, swap_of

SENTENCES = "速いです.強いです.安いです."
MENDED = SENTENCES.replace(".", "。")


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with override("en"):
        yield


def test_a_swap_of_one_sign_in_several_places_is_seen() -> None:
    assert swap_of(SENTENCES, MENDED) == Swap(".", "。", (4, 9, 14))


@pytest.mark.parametrize(
    ("marked", "suggestion"),
    [
        ("33億", "44億"),  # digits are read as a number
        ("速い.", "速い。"),  # one place needs no telling
        ("a.b,", "a。b、"),  # two kinds of swap
        ("速い.強い.", "速い。"),
        ("速い.", "速い."),
        (SENTENCES, None),
        ("", ""),
    ],
)
def test_nothing_else_is_a_swap(marked: str, suggestion: str | None) -> None:
    assert swap_of(marked, suggestion) is None


def test_a_swap_is_shown_at_its_first_place() -> None:
    shown = excerpt(SENTENCES, 0, len(SENTENCES), MENDED)
    assert (shown["before"], shown["shown"]) == ("速いです", ".")
    assert shown["after"].startswith("強い")


def test_the_marked_words_are_kept_whole_beside_what_is_shown() -> None:
    assert excerpt(SENTENCES, 0, len(SENTENCES), MENDED)["marked"] == SENTENCES


def test_a_swap_is_offered_by_its_signs_and_their_number() -> None:
    assert offer(SENTENCES, MENDED) == "Replace “.” by “。” in 3 places"


@pytest.mark.parametrize(
    ("marked", "suggestion", "said"),
    [
        ("34億", "340億", "Replace by “340億”"),
        ("[2]", "", "Take it out"),
        ("34億", None, ""),
        ("", "340億", ""),
    ],
)
def test_the_button_says_what_it_does(marked: str, suggestion: str | None, said: str) -> None:
    assert offer(marked, suggestion) == said


def test_a_long_suggestion_does_not_fill_the_screen() -> None:
    assert len(offer("x", "長い文" * 200)) < LONGEST + 30


def test_a_long_mark_shows_its_beginning_and_its_end() -> None:
    text = "始" + "中" * 500 + "終"
    shown = excerpt(text, 0, len(text), None)["shown"]
    assert (shown[0], shown[-1]) == ("始", "終")
    assert len(shown) == LONGEST + 3


def test_a_text_of_middling_length_is_left_whole() -> None:
    assert shortened("中" * LONGEST) == "中" * LONGEST


def test_an_excerpt_of_no_words_shows_none() -> None:
    assert excerpt("速いです。", 0, 0, None)["shown"] == ""
