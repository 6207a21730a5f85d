"""Pairs: a line of JSON as a subject."""

from __future__ import annotations

import json
from typing import Any

import pytest

from papers.checks.base import Kind, Subject
from papers.checks.pairs import BrokenPair, Pair, pair_subject, read_pair
from papers.glossary import Term

GOOD = {"id": "1", "source": "A text.", "target": "文です。", "language": "ja"}
LONG = "長い文を" * 30


def line(**changes: Any) -> bytes:
    return json.dumps({**GOOD, **changes}).encode()


def subject(target: str, source: str = "A text.", pages: tuple[str, ...] = ()) -> Subject:
    return pair_subject(Pair("1", source, target, "ja", pages))


@pytest.mark.parametrize(
    ("changes", "pair"),
    [
        ({}, Pair("1", "A text.", "文です。", "ja")),
        ({"id": 7}, Pair(7, "A text.", "文です。", "ja")),
        ({"source": "", "target": ""}, Pair("1", "", "", "ja")),
        ({"language": "zh-Hant-TW"}, Pair("1", "A text.", "文です。", "zh-Hant-TW")),
        ({"pages": ["a", "b"]}, Pair("1", "A text.", "文です。", "ja", ("a", "b"))),
        ({"pages": None, "glossary": None}, Pair("1", "A text.", "文です。", "ja")),
        ({"glossary": [["RAT", ""]]}, Pair("1", "A text.", "文です。", "ja", (), (("RAT", ""),))),
        ({"more": 1}, Pair("1", "A text.", "文です。", "ja")),
    ],
)
def test_a_line_is_a_pair(changes: dict[str, Any], pair: Pair) -> None:
    assert read_pair(line(**changes), 1) == pair


def test_a_byte_order_mark_does_no_harm() -> None:
    assert read_pair(b"\xef\xbb\xbf" + line() + b"\r", 1).id == "1"


@pytest.mark.parametrize(
    "text",
    [
        b"{",
        b"[]",
        b"1",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"id": "\\ud800", "source": "", "target": "", "language": "ja"}',
        line(id=None),
        line(id=[]),
        line(source=None),
        line(target=3),
        line(language=""),
        line(language="日本語"),
        line(language=None),
        line(pages="a page"),
        line(pages=[1]),
        line(glossary=[["a"]]),
        line(glossary=[["", "b"]]),
        line(glossary={"a": "b"}),
    ],
)
def test_a_broken_line_is_named(text: bytes) -> None:
    with pytest.raises(BrokenPair, match=r"^Line 12 cannot be used: .+\.$"):
        read_pair(text, 12)


@pytest.mark.parametrize(
    ("target", "source", "kind"),
    [
        ("文です。", "A text.", Kind.PROSE),
        ("文です。", "", Kind.PROSE),
        ("文です。(p.3)", "", Kind.PROSE),
        ("調査", "A Survey", Kind.TITLE),
        ("何が新しいのか?調査", "What is new? A survey", Kind.TITLE),
        ("精度が向上します", "Accuracy improves.", Kind.TITLE),
        ("精度を向上させるために", "Accuracy improves.", Kind.PROSE),
        ("精度を向上させるために", "to improve accuracy", Kind.TITLE),
        (LONG, "", Kind.LINE),
        (f"文です。{LONG}", "", Kind.PROSE),
    ],
)
def test_a_segment_may_lack_its_stop_and_a_text_may_not(target: str, source: str, kind: Kind) -> None:
    assert [passage.kind for passage in subject(target, source).passages] == [kind]


def test_without_pages_the_pair_is_a_text_that_translates() -> None:
    (passage,) = subject("文です。").texts
    assert (passage.field, passage.text, passage.source, passage.translates) == ("target", "文です。", "A text.", True)


def test_with_pages_the_target_is_an_answer_and_stands_there_once() -> None:
    found = subject("文です。", pages=("one", "two"))
    assert (found.texts, [page.number for page in found.pages]) == ((), [1, 2])
    assert [passage.text for passage in found.passages] == ["", "文です。"]


QUOTE = "We train a model with 34 billion parameters"


@pytest.mark.parametrize(
    ("target", "page"),
    [
        ("文です。(p.1)", 1),
        ("文です。(p.2)", 2),
        ("文です。(p.1-3)", 3),
        ("文です。(p.1) 文です。(p.3)", 3),
        ("文です。", 3),
    ],
)
def test_the_source_is_a_quote_of_the_page_that_the_target_names(target: str, page: int) -> None:
    (citation,) = subject(target, QUOTE, ("one", "two", QUOTE)).items[0].citations
    assert (citation.page, citation.quote) == (page, QUOTE)


def test_without_a_source_nothing_is_cited() -> None:
    assert subject("文です。", "", ("one",)).items[0].citations == ()


def test_glossary_pairs_are_terms() -> None:
    pair = Pair("1", "", "", "ja", glossary=(("RAT", ""), ("expert", "専門家")))
    assert pair_subject(pair).terms == (Term("RAT"), Term("expert", "専門家"))
