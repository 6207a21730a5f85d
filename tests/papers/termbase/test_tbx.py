"""Glossaries as TBX."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from papers.glossary import Term
from papers.termbase import read_file, tbx, write_file
from papers.termbase.base import Entry, Reading, UnreadableTermbase

HEAD = (
    '<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2" '
    'xmlns:min="http://www.tbxinfo.net/ns/min">\n<text><body>\n'
)
TAIL = "</body></text></tbx>"
DEPRECATED = "<min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus>"


def section(language: str, *terms: str) -> str:
    """A language section; a term that begins with ! is a wrong one."""
    listed = "".join(
        f"<termSec><term>{term.lstrip('!')}</term>{DEPRECATED if term.startswith('!') else ''}</termSec>"
        for term in terms
    )
    return f'<langSec xml:lang="{language}">{listed}</langSec>'


def concept(*sections: str, note: str = "") -> str:
    return f"<conceptEntry>{f'<note>{note}</note>' if note else ''}{''.join(sections)}</conceptEntry>\n"


def read(*concepts: str) -> Reading:
    return tbx.read((HEAD + "".join(concepts) + TAIL).encode(), "ja")


def told(reading: Reading) -> list[tuple[int, str]]:
    return [(problem.line, str(problem.notice)) for problem in reading.problems]


def test_a_concept_is_read() -> None:
    reading = read(concept(section("en", "head"), section("ja", "!頭", "ヘッド")))
    assert reading.entries == [Entry(Term("head", "ヘッド", ("頭",)), "ja")]
    assert reading.problems == []


def test_each_readers_language_is_an_entry() -> None:
    reading = read(concept(section("en", "head"), section("ja", "ヘッド"), section("ko", "헤드")))
    assert [(entry.language, entry.term.target) for entry in reading.entries] == [("ja", "ヘッド"), ("ko", "헤드")]


def test_a_term_that_stands_as_it_is_is_kept() -> None:
    assert read(concept(section("en", "LoRA"), section("ja", "LoRA", "!ローラ"))).entries[0].term.keep


def test_the_papers_language_may_name_its_region() -> None:
    assert read(concept(section("en-US", "head"), section("ja", "ヘッド"))).entries[0].term.source == "head"


def test_a_note_of_the_concept_is_the_entrys() -> None:
    assert read(concept(section("en", "a"), section("ja", "あ"), note="why")).entries[0].term.note == "why"


@pytest.mark.parametrize(
    ("sections", "reason"),
    [
        ([section("ja", "ヘッド")], "no term in the papers' language (en)"),
        ([section("en", "head")], "no term in a readers' language"),
        ([section("en"), section("ja", "ヘッド")], "The term is empty."),
        ([section("en", "head"), section("ja", "!頭")], "The rendering is empty."),
        ([section("en", "head"), section("ja", "頭", "!頭")], "among the forbidden ones"),
        ([section("en", "head"), section("j", "頭")], "is not a language tag"),
        ([section("en", "x" * 201), section("ja", "頭")], "longer than 200 characters"),
    ],
)
def test_a_broken_concept_is_told_with_its_line_and_the_others_are_taken(sections: list[str], reason: str) -> None:
    reading = read(concept(*sections), concept(section("en", "good"), section("ja", "良い")))
    assert [entry.term.source for entry in reading.entries] == ["good"]
    assert [(line, reason in text) for line, text in told(reading)] == [(3, True)]


def test_a_repeated_concept_is_told_with_the_line_of_the_first() -> None:
    one = concept(section("en", "head"), section("ja", "ヘッド"))
    assert told(read(one, one)) == [(4, "“head” stands in line 3 already.")]


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE tbx [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
        '<!DOCTYPE tbx [<!ENTITY file SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE tbx SYSTEM "http://127.0.0.1:9/tbx.dtd">',
    ],
)
def test_document_types_and_entities_are_refused(declared: str) -> None:
    with pytest.raises(UnreadableTermbase, match="document type"):
        tbx.read((declared + HEAD + TAIL).encode(), "ja")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<tbx", "line 1"),
        (HEAD + "<conceptEntry>", "line 3"),
        ("<martif/>", "root is “martif”"),
        ('<?xml version="1.0" encoding="klingon"?><tbx/>', "line 1"),
        ('<?xml version="1.0" encoding="shift_jis"?><tbx/>', "line 1"),
        ("", "line 1"),
    ],
)
def test_what_is_no_tbx_is_refused(text: str, reason: str) -> None:
    with pytest.raises(UnreadableTermbase, match=reason):
        tbx.read(text.encode(), "ja")


def test_bytes_in_another_encoding_are_refused() -> None:
    with pytest.raises(UnreadableTermbase, match="line 3"):
        tbx.read((HEAD + concept(section("en", "a"), section("ja", "頭")) + TAIL).encode("cp932"), "ja")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_byte_order_marks_are_understood(encoding: str) -> None:
    text = HEAD + concept(section("en", "a"), section("ja", "頭")) + TAIL
    assert read_file("terms", text.encode(encoding), "ja").entries[0].term.target == "頭"


def test_what_is_written_is_read_back() -> None:
    entries = [
        Entry(Term("LoRA", "", ("ローラ",), True), "ja"),
        Entry(Term("LoRA", "", (), True), "ko"),
        Entry(Term("a < b", "あ & い", ("う",), False, "two\nlines"), "ja"),
        Entry(Term("head", "title"), "en"),
    ]
    assert tbx.read(tbx.write(entries), "ja").entries == entries


def test_what_is_written_is_tbx_basic_in_the_style_dct() -> None:
    root = ET.fromstring(tbx.write([Entry(Term("a", "あ", ("い",)), "ja")]))
    assert (root.tag, root.get("type"), root.get("style")) == (f"{{{tbx.CORE}}}tbx", "TBX-Basic", "dct")
    statuses = [one.text for one in root.iter(f"{{{tbx.MIN}}}administrativeStatus")]
    assert statuses == [tbx.PREFERRED, tbx.PREFERRED, tbx.DEPRECATED]


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    written = tbx.write([Entry(Term("a", "あ", note="x\x0by"), "ja")])
    assert tbx.read(written, "ja").entries[0].term.note == "xy"


@pytest.mark.parametrize("kind", ["csv", "tbx"])
def test_either_kind_of_file_is_known_by_what_it_holds(kind: str) -> None:
    entries = [Entry(Term("head", "ヘッド"), "ja")]
    assert read_file("glossary", write_file(kind, entries), "ja").entries == entries
