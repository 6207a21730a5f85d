"""Citations: pages that exist, forms that point to one place."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from papers.checks.base import Finding, Item, Kind, Passage, Severity, Subject
from papers.checks.citations import BOILERPLATE, CARRIED_OVER, DUMP, ELSEWHERE, MISSING, SECTION, Citations
from papers.drafting.base import Citation
from papers.paper import PageText

PAGES = tuple(PageText(number, "Text.") for number in range(1, 13))


def item(answer: str, *citations: Citation, number: int = 1) -> Item:
    question = Passage("question", "何ですか。", Kind.QUESTION, block=f"b{number}")
    return Item(number, question, Passage("answer", answer, Kind.ANSWER, block=f"b{number}"), citations)


def findings(answer: str, *citations: Citation, language: str = "ja", **rest: Mapping[str, int]) -> list[Finding]:
    return list(Citations().run(Subject(language, items=(item(answer, *citations),), pages=PAGES, **rest)))


@pytest.mark.parametrize(("page", "wrong"), [(0, 1), (-1, 1), (1, 0), (12, 0), (13, 1), (999, 1), (None, 0)])
def test_a_citation_points_to_a_page_of_the_paper(page: int | None, wrong: int) -> None:
    found = findings("短い答えです。", Citation(page, "a quote of the paper"))
    assert [(f.severity, f.field) for f in found] == [(Severity.ERROR, "citations")] * wrong


def test_where_no_pages_are_known_any_page_may_be_right() -> None:
    subject = Subject("ja", items=(item("答えです。(p.99)", Citation(99, "a quote")),))
    assert list(Citations().run(subject)) == []


def test_no_paper_has_a_page_0() -> None:
    found = list(Citations().run(Subject("ja", items=(item("答えです。(p.0)", Citation(0, "a quote")),))))
    assert [str(f.message) for f in found] == [
        "Citation 1 points to page 0, which no paper has.",
        "“(p.0)” points to page 0, which no paper has.",
    ]


@pytest.mark.parametrize(
    ("answer", "template", "marked"),
    [
        ("対応しています。(p.3.6)", SECTION, "(p.3.6)"),
        ("対応しています。(p. 3.3)", SECTION, "(p. 3.3)"),
        ("安全です。(p.1,4-8)", DUMP, "(p.1,4-8)"),
        ("安全です。(p.1,5,8)", DUMP, "(p.1,5,8)"),
        ("安全です。（pp. 1, 3–5）", DUMP, "（pp. 1, 3–5）"),
        ("안전합니다(1, 4, 8쪽).", DUMP, "(1, 4, 8쪽)"),
        ("安全です。(p.2-9)", DUMP, "(p.2-9)"),
        ("ImageNet [6]で優れています。", CARRIED_OVER, " [6]"),
        ("要約[35,45]を扱います。", CARRIED_OVER, "[35,45]"),
        ("BBTv2 [85]という手法です。", CARRIED_OVER, " [85]"),
        ("LLM [5, 12–14]を使います。", CARRIED_OVER, " [5, 12–14]"),
        ("モデルです。これは、(p.1)に記載されている。", BOILERPLATE, "これは、(p.1)に記載されている。"),
        ("モデルです。この情報は、(p.8)から抽出されました。", BOILERPLATE, "この情報は、(p.8)から抽出されました。"),
        ("モデルです。これは論文の3ページに記載されています。", BOILERPLATE, "これは論文の3ページに記載されています。"),
        ("モデルです。これは、(p.8)からの情報である。", BOILERPLATE, "これは、(p.8)からの情報である。"),
        ("모델입니다. 이 정보는 3쪽에 기재되어 있습니다.", BOILERPLATE, "이 정보는 3쪽에 기재되어 있습니다."),
        ("It is a model. This information is stated on page 3.", BOILERPLATE, "This information is stated on page 3."),
    ],
)
def test_a_form_that_helps_no_reader_is_marked(answer: str, template: str, marked: str) -> None:
    language = "ko" if "입니다" in answer or "합니다" in answer else "en" if answer.isascii() else "ja"
    found = findings(answer, language=language)
    assert [(f.message.template, answer[f.start : f.end]) for f in found] == [(template, marked)]


@pytest.mark.parametrize(
    "answer",
    [
        "安全です。(p.2)",
        "安全です。(p.2-3) 高速です。(p.5)",
        "安全です。(p.2, Figure 3.1)",
        "区間[2, 9]の値です。",
        "値は x = [1, 2] です。",
        "配列a[3]を使います。",
        "範囲 [1, 5] に入ります。",
        "値は[0, 1]の間です。",
        "2023年[注]に発表されました。",
        "結果は3ページの表に示されており、精度は12%です。",
        "これは、モデルの大きさが性能を決めることを示しています。(p.3)",
        "[リンク](https://example.org)です。",
        "[1](https://example.org)です。",
        "Mistral (p) と (page) です。",
    ],
)
def test_what_points_to_one_place_or_is_no_reference_stays(answer: str) -> None:
    assert findings(answer) == []


@pytest.mark.parametrize(
    ("text", "page"), [("答えです。(p.38-39)", 38), ("答えです。(p.13)", 13), ("答えです。(p.0)", 0)]
)
def test_a_page_named_in_the_text_has_to_exist(text: str, page: int) -> None:
    (found,) = findings(text)
    assert (found.severity, found.message.params["page"]) == (Severity.ERROR, page)


def test_a_mark_goes_with_one_click() -> None:
    text = "ImageNet [6]で優れています。"
    (found,) = findings(text)
    assert text[: found.start] + (found.suggestion or "") + text[found.end :] == "ImageNetで優れています。"


@pytest.mark.parametrize(("others", "template"), [(0, DUMP), (1, DUMP), (2, ELSEWHERE), (7, ELSEWHERE)])
def test_the_same_places_on_three_papers_are_not_believed(others: int, template: str) -> None:
    found = findings("安全です。(p.1,4-8)", cited_elsewhere={"(p.1,4-8)": others})
    assert [f.message.template for f in found] == [template]


def test_one_page_may_be_cited_on_every_paper() -> None:
    assert findings("安全です。(p.1)", cited_elsewhere={"(p.1)": 9}) == []


@pytest.mark.parametrize(
    ("cited", "missing"),
    [("++++-", [5]), ("++--+", [3, 4]), ("+---", []), ("++", []), ("+-", []), ("----", []), ("+++", [])],
)
def test_an_answer_without_citation_stands_out_where_most_have_one(cited: str, missing: list[int]) -> None:
    items = tuple(
        item("答えです。", *[Citation(1, "a quote")] * (mark == "+"), number=number)
        for number, mark in enumerate(cited, start=1)
    )
    found = [f for f in Citations().run(Subject("ja", items=items)) if f.message.template == MISSING]
    assert [f.block for f in found] == [f"b{number}" for number in missing]


def test_a_reference_in_the_text_is_a_citation_too() -> None:
    items = tuple(item("答えです。(p.1)", number=number) for number in range(1, 5))
    assert list(Citations().run(Subject("ja", items=items, pages=PAGES))) == []


def test_marks_are_seen_in_an_abstract_too() -> None:
    abstract = Passage("abstract_translated", "翻訳[16]を扱います。")
    assert [f.field for f in Citations().run(Subject("ja", texts=(abstract,)))] == ["abstract_translated"]
