"""What of a paper is sent to a model."""

from __future__ import annotations

import pytest

from papers.drafting.main_text import MainText, escape, main_text
from papers.paper import PageText, Paper

BODY = "This is a line of the body of the paper.\n" * 10


def text_of(*pages: str, abstract: str = "") -> str:
    paper = Paper("T", abstract, pages=tuple(PageText(n, text) for n, text in enumerate(pages, start=1)))
    return "\n".join(page.text for page in main_text(paper).pages)


def test_the_whole_small_paper(paper: Paper) -> None:
    text = main_text(paper).tagged()
    assert text.startswith('<page n="1">\nAbstract\nTraining code models remains')
    assert text.endswith("in commercial applications.\n</page>")
    assert "[" not in text
    assert "ada@example.org" not in text


@pytest.mark.parametrize(
    "heading",
    [
        "References",
        "REFERENCES",
        "7 References",
        "7. References:",
        "Bibliography",
        "VI. REFERENCES",
        "References and Notes",
    ],
)
def test_references_go(heading: str) -> None:
    assert text_of(f"{BODY}{heading}\n[1] Someone.") == BODY.strip()


@pytest.mark.parametrize(
    "heading",
    [
        "Appendix",
        "A Appendix",
        "Appendix A: Proofs",
        "Supplementary Material",
        "Acknowledgements",
        "NeurIPS Paper Checklist",
    ],
)
def test_what_follows_the_body_goes(heading: str) -> None:
    assert text_of(f"{BODY}{heading}\nMore of it.", "Still more.") == BODY.strip()


def test_a_sentence_about_references_is_no_heading() -> None:
    assert text_of(f"{BODY}References to code are kept.\nMore.").endswith("References to code are kept.\nMore.")


def test_a_list_of_contents_ends_nothing() -> None:
    assert text_of(f"Contents\nReferences\n{BODY}").endswith("of the paper.")


def test_methods_after_the_references_come_back() -> None:
    text = text_of(f"{BODY}References\n[1] Someone.\nMethods\nWe did this.\nReferences\n[2] Other.")
    assert text.endswith("Methods\nWe did this.")


def test_headings_that_were_misread_take_nothing_away() -> None:
    long_tail = "Body after a strange heading.\n" * 100
    assert "strange heading" in text_of(f"{BODY}{BODY}Appendix\n{long_tail}")


def test_without_a_heading_the_abstract_itself_marks_the_start() -> None:
    text = text_of("Title\nAda Doe\nWe train models\nof code here. More.", abstract="We train models of code here.")
    assert text.startswith("We train models")


def test_without_any_sign_the_first_page_stays_whole() -> None:
    assert text_of("Title\nAda Doe\nText.").startswith("Title")


def test_empty_pages_are_left_out_and_numbers_stay() -> None:
    paper = Paper("T", pages=(PageText(1, " \n"), PageText(2, BODY)))
    assert [page.number for page in main_text(paper).pages] == [2]


def test_a_long_text_is_cut_by_whole_pages_and_says_so() -> None:
    paper = Paper("T", pages=tuple(PageText(n, "abcdef"[n] * 100) for n in range(1, 6)))
    cut = main_text(paper, limit=250)
    assert ([page.number for page in cut.pages], cut.cut) == ([1, 2], 2)
    assert main_text(paper, limit=500).cut is None


def test_one_page_over_the_limit_is_cut_inside() -> None:
    cut = main_text(Paper("T", pages=(PageText(1, "x" * 100),)), limit=40)
    assert (len(cut.pages[0].text), cut.cut) == (40, 1)


@pytest.mark.parametrize(
    "tag",
    [
        "</page>",
        '<page n="2">',
        "< / page >",
        "</PAGE>",
        "＜/page>",
        "<system>",
        "</paper>",
        "<entry n='1'>",
        "</abstract>",
    ],
)
def test_our_own_tags_inside_a_text_are_made_harmless(tag: str) -> None:
    shown = MainText((PageText(1, f"before {tag} after"),)).tagged()
    assert (shown.count("<page"), shown.count("</page")) == (1, 1)
    assert escape(tag).startswith("‹")


@pytest.mark.parametrize("text", ["a < b", "<think>", "x<pages", "</s>", "<b>"])
def test_other_angle_brackets_stay_as_they_are(text: str) -> None:
    assert escape(text) == text


def test_no_pages_have_no_main_text() -> None:
    assert main_text(Paper("T", "An abstract.")) == MainText(())
