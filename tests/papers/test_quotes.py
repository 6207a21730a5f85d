"""Quotes: verbatim after normalisation, never fuzzy."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from papers.paper import PageText
from papers.quotes import Found, QuoteIndex, find_quote, is_evidence, normalise

PAGES = (
    PageText(
        1,
        "We train mod-\nels with 34 billion parameters on “clean” data.\n"
        "The eﬃcient state-of-the-\nart method does not improve accuracy by more than 3.4 points.",
    ),
    PageText(2, "A second page — with a dash — says that the loss fell by −0.5 points, or 12%, in 3–34 runs and then"),
    PageText(4, "went up again. We train a smaller model as well. The same words stand on two pages of this paper."),
    PageText(7, "The same words stand on two pages of this paper. モデルは評価データで\n高い精度を示した。"),
)


@pytest.mark.parametrize(
    ("quote", "page"),
    [
        ("We train models with 34 billion parameters", 1),
        ("we TRAIN models  with\n34 billion parameters", 1),
        ('parameters on "clean" data', 1),
        ("The efficient state-of-the-art method does not improve", 1),
        ("“The efficient state of the art method", None),
        ('"We train a smaller model as well."', 4),
        ("A second page - with a dash - says", 2),
        ("A second page—with a dash—says", 2),
        ("the loss fell by -0.5 points", 2),
        ("or 12%, in 3-34 runs", 2),
        ("in 3-34 runs and then went up again", 2),
        ("… went up again. We train a smaller model …", 4),
        ("モデルは評価データで高い精度を示した。", 7),
        ("with 34 billion parameters on ‘clean’ data", None),
    ],
)
def test_a_quote_is_found_where_it_starts(quote: str, page: int | None) -> None:
    found = find_quote(quote, PAGES)
    assert (found.page if found else None) == page


@pytest.mark.parametrize(
    "quote",
    [
        "We train models with 35 billion parameters",  # a digit
        "We train models with 3.4 billion parameters",
        "4 billion parameters on “clean” data",  # cut inside a number
        "4 points. A second page",
        "improve accuracy by more than 3",
        "0.5 points, or 12%, in",  # the sign is gone
        "the loss fell by 0.5 points",
        "fell by -0.5 points, or 12",  # the unit is gone
        "method does improve accuracy by more than 3.4 points",  # a negation
        "does not improve accuracy by less than 3.4 points",
        "rain models with 34 billion parameters",  # cut inside a word
        "went down again. We train a smaller model",
        "We train a smaller model [...] on two pages",
        "モデルは評価データで低い精度を示した。",
    ],
)
def test_an_altered_quote_is_never_found(quote: str) -> None:
    assert find_quote(quote, PAGES) is None


@pytest.mark.parametrize("quote", ["", "the", "We train", "we train a", "...", "page, of; the", "精度を示"])
def test_a_few_words_are_no_evidence(quote: str) -> None:
    assert find_quote(quote, PAGES) is None
    assert not is_evidence(quote)


@pytest.mark.parametrize(("expected", "found"), [(7, Found(7)), (4, Found(4)), (None, Found(4)), (2, Found(4, False))])
def test_the_expected_page_is_taken_where_the_quote_stands_there(expected: int | None, found: Found) -> None:
    assert find_quote("The same words stand on two pages", PAGES, expected) == found


def test_a_page_that_does_not_exist_is_corrected() -> None:
    assert find_quote("We train a smaller model as well", PAGES, 99) == Found(4, expected=False)


def test_a_word_broken_by_the_page_break_is_whole() -> None:
    pages = (PageText(1, "the proposed genera-"), PageText(2, "tion speed is higher"))
    assert find_quote("the proposed generation speed is higher", pages) == Found(1)


REFERRING = (
    PageText(1, "A Paper on Things\nModels such as these [3, 5–7] are large and"),
    PageText(2, "A Paper on Things\nslow in the interval [2, 9] of sizes [12]."),
    PageText(3, "A Paper on Things\nReferences\n[1] Someone. A title."),
)


@pytest.mark.parametrize(
    "quote",
    [
        "Models such as these are large",
        "Models such as these [3, 5-7] are large",
        "these are large and slow in the interval",
        "slow in the interval [2, 9] of sizes",
    ],
)
def test_reference_marks_and_running_heads_do_not_stand_in_between(quote: str) -> None:
    assert find_quote(quote, REFERRING) is not None


def test_an_interval_cannot_be_altered() -> None:
    assert find_quote("slow in the interval [3, 9] of sizes", REFERRING) is None
    assert find_quote("slow in the interval of sizes", REFERRING) is None


def test_marks_stay_where_the_paper_has_no_numbered_references() -> None:
    assert find_quote("values in are all small", (PageText(1, "values in [1, 2] are all small"),)) is None


def test_one_index_serves_many_quotes() -> None:
    index = QuoteIndex([PageText(n, f"Sentence number {n} stands on this page. " * 50) for n in range(1, 60)])
    assert [index.find(f"Sentence number {n} stands on", n) for n in (1, 30, 59)] == [Found(1), Found(30), Found(59)]
    assert index.find("Sentence number 60 stands on") is None


def test_no_pages_hold_no_quote() -> None:
    assert find_quote("We train a smaller model", ()) is None


@pytest.mark.parametrize("text", ["ﬁne-\ntuning", "fine-tuning", "Fine‑Tuning", "fi\xadne\u200b-tuning"])
def test_shapes_of_one_word_are_one(text: str) -> None:
    assert normalise(text) == "finetuning"


def test_a_changed_digit_in_real_sentences_is_always_seen(shared_data: Path) -> None:
    lines = (shared_data / "checks" / "pairs.jsonl").read_text(encoding="utf-8").splitlines()
    sources = [json.loads(line)["en"] for line in lines]
    index = QuoteIndex([PageText(number, text) for number, text in enumerate(sources, start=1)])
    for number, text in enumerate(sources, start=1):
        assert not is_evidence(text) or index.find(text, number) == Found(number)
        altered = re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), text, count=1)
        assert altered == text or index.find(altered) is None or altered in sources
