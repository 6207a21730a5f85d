from __future__ import annotations

import pytest

from papers.paper import PageText
from papers.sources.cleaning import clean_pages


def clean(text: str) -> str:
    return clean_pages([text])[0].text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("trans\ufffeformer", "transformer"),  # as PDFium writes a hyphen at a line's end
        ("trans\x02former", "transformer"),
        ("trans-\r\nformer", "transformer"),
        ("trans\xad\nformer", "transformer"),
        ("Trans\ufffeformer", "Transformer"),
        ("Mc\xad\nDonald", "McDonald"),
        ("représen\ufffetation", "représentation"),
        ("one trans-\nfor-\nmer two", "one transformer two"),
    ],
)
def test_a_word_that_a_line_end_cut_is_whole_again(raw: str, text: str) -> None:
    assert clean(raw) == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("state-of-\nthe-art", "state-of-the-art"),
        ("the self-attention of self-\nattention", "the self-attention of self-attention"),
        ("Self-Attention, self\ufffeattention", "Self-Attention, self-attention"),
        ("GPT-\n4", "GPT-4"),
        ("Sim-To-\nReal", "Sim-To-Real"),
        ("non-\nEuclidean", "non-Euclidean"),
        ("7-\n13", "7-13"),
    ],
)
def test_a_hyphen_that_belongs_to_the_word_stays(raw: str, text: str) -> None:
    assert clean(raw) == text


@pytest.mark.parametrize("text", ["a list -\nof things", "- one\n- two", "a – b", "x -\n- y"])
def test_a_dash_is_no_hyphen(text: str) -> None:
    assert clean(text) == text


def test_a_compound_on_one_page_saves_it_on_another() -> None:
    pages = clean_pages(["the multi-\nhead model", "a multi-head model"])
    assert pages[0].text == "the multi-head model"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("e\ufb03cient \ufb01ne-tuning", "efficient fine-tuning"),
        ("ＢＥＲＴ　１２", "BERT 12"),
        ("𝑥² + 𝒚", "x2 + y"),
        ("a\xa0b\u2003c\td", "a b c d"),
    ],
)
def test_ligatures_and_wide_letters_are_plain(raw: str, text: str) -> None:
    assert clean(raw) == text


@pytest.mark.parametrize(
    "bad", ["\0", "\x07", "\x1b", "\x7f", "\x9f", "\ud800", "\ufeff", "\u200b", "\u202e", "\ue000", "\uffff"]
)
def test_what_a_database_or_a_feed_refuses_is_dropped(bad: str) -> None:
    assert clean(f"one {bad}two{bad}") == "one two"


def test_joiners_of_other_scripts_stay() -> None:
    assert clean("می\u200cخواهم") == "می\u200cخواهم"


def test_lines_stay_lines_and_empty_ones_do_not_pile_up() -> None:
    assert clean("  one  two \r\nthree\r\n \r\n\r\n\r\nfour\n") == "one two\nthree\n\nfour"


@pytest.mark.parametrize(
    "stamp",
    [
        "arXiv:2405.03548v2  [cs.CL]  6 May 2024",
        "arXiv:2405.03548v12 [stat.ML] 23 Oct 2024",
        "arXiv:hep-th/9901001v3  4 Jan 1999",
        "arXiv:math.GT/0309136v1 [math.GT] 8 Sep 2003",
        "4202 yaM 6  ]LC.sc[  2v84530.5042:viXra",
    ],
)
@pytest.mark.parametrize("page", ["{}\nTitle", "Title\n{}"])
def test_arxivs_stamp_is_removed(stamp: str, page: str) -> None:
    assert clean(page.format(stamp)) == "Title"


def test_a_reference_to_arxiv_is_no_stamp() -> None:
    text = "[3] A. Author. A title. arXiv:2405.03548v2 [cs.CL], 2024."
    assert clean(text) == text


def test_only_the_first_page_has_a_stamp() -> None:
    stamp = "arXiv:2405.03548v2 [cs.CL] 6 May 2024"
    assert clean_pages(["one", stamp])[1].text == stamp


def test_pages_keep_their_numbers_and_empty_ones_their_place() -> None:
    assert clean_pages(["a", " \n", "c"]) == (PageText(1, "a"), PageText(2, ""), PageText(3, "c"))


def test_no_pages_are_no_pages() -> None:
    assert clean_pages([]) == ()
