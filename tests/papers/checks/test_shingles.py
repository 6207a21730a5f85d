"""How much of one text stands in another."""

from __future__ import annotations

import pytest

from papers.checks.shingles import containment, share, shingles


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", 0),
        ("精度", 0),
        ("精度が", 1),
        ("精度が高い", 3),
        ("a longer English sentence", 2),
        ("Thought Cloningを使う", 3),
        ("精度、が。(高い)", 3),
        ("精度が(p.1,4-8)", 1),
    ],
)
def test_runs_of_three_letters_or_words_count(text: str, number: int) -> None:
    assert len(shingles(text)) == number


@pytest.mark.parametrize(("one", "other"), [("ＢＥＲＴ は高い。", "bert、は高い"), ("ｶﾀｶﾅです", "カタカナです")])
def test_width_case_and_punctuation_do_not_count(one: str, other: str) -> None:
    assert shingles(one) == shingles(other)


def test_containment_looks_at_the_shorter_text() -> None:
    short, long = shingles("精度が向上します"), shingles("新しい手法により、精度が向上します。速度も上がります。")
    assert containment(short, long) == containment(long, short) == 1
    assert share(long, short) < 0.5


def test_texts_about_other_things_share_little() -> None:
    assert containment(shingles("The model is trained on data."), shingles("We measure the speed of light.")) == 0


def test_an_empty_text_shares_nothing() -> None:
    assert share(shingles(""), shingles("精度が高い")) == 0
