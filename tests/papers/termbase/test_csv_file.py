"""Glossaries as CSV."""

from __future__ import annotations

import time

import pytest

from papers.glossary import Term
from papers.termbase import csv_file
from papers.termbase.base import Entry, Reading, UnreadableTermbase

HEAD = "source,kind,target,forbidden,case_sensitive,language,note\n"
GOOD = "attention head,translate,注意ヘッド,,no,ja,\n"
ENTRY = Entry(Term("attention head", "注意ヘッド"), "ja")


def read(text: str, language: str = "ja") -> Reading:
    return csv_file.read(text.encode(), language)


def told(reading: Reading) -> list[tuple[int, str]]:
    return [(problem.line, str(problem.notice)) for problem in reading.problems]


def test_a_row_is_read() -> None:
    reading = read(HEAD + GOOD)
    assert reading.entries == [ENTRY]
    assert reading.problems == []


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_delimiters_are_known_by_the_first_line(delimiter: str) -> None:
    assert read((HEAD + GOOD).replace(",", delimiter)).entries == [ENTRY]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_byte_order_marks_are_understood(encoding: str) -> None:
    assert csv_file.read((HEAD + GOOD).encode(encoding), "ja").entries == [ENTRY]


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_any_line_end_will_do(end: str) -> None:
    assert read((HEAD + GOOD).replace("\n", end)).entries == [ENTRY]


def test_columns_come_in_any_order_and_spelling() -> None:
    assert read("Target;Case Sensitive; SOURCE \n注意ヘッド;no;attention head\n").entries == [ENTRY]


def test_a_row_without_language_takes_the_given_one() -> None:
    assert read("source,target\nattention head,머리\n", "ko").entries[0].language == "ko"


def test_a_term_without_rendering_is_kept() -> None:
    assert read("source\nLoRA\n").entries[0].term.keep


def test_forbidden_renderings_stand_on_lines_or_between_bars() -> None:
    reading = read(HEAD + 'head,translate,ヘッド,"頭\n首|顔",no,ja,\n')
    assert reading.entries[0].term.forbidden == ("頭", "首", "顔")


def test_quotes_and_commas_inside_of_cells_are_text() -> None:
    reading = read('source,target,note\na,b,"He said ""no"", twice"\n')
    assert reading.entries[0].term.note == 'He said "no", twice'


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",translate,x,,no,ja,", "The term is empty."),
        ("a,rename,x,,no,ja,", "“rename” is no kind"),
        ("a,translate,,,no,ja,", "The rendering is empty."),
        ("a,keep,x,,no,ja,", "has no rendering"),
        ("a,translate,x,x|y,no,ja,", "among the forbidden ones"),
        ("a,translate,x,,perhaps,ja,", "neither yes nor no"),
        ("a,translate,x,,no,japanese!,", "is not a language tag"),
        ("a,translate,x,,no", "5 cells and not 7"),
        ("a,translate,x,,no,ja,,,", "9 cells and not 7"),
        (f"{'a' * 201},translate,x,,no,ja,", "longer than 200 characters"),
        (f"a,translate,x,,no,ja,{'n' * 5001}", "longer than 5000 characters"),
        ("a,translate,x\x0by,,no,ja,", "holds a character that is no text"),
        ("a,translate,x\x00,,no,ja,", "holds a character that is no text"),
    ],
)
def test_a_broken_row_is_told_with_its_line_and_the_others_are_taken(row: str, reason: str) -> None:
    reading = read(f"{HEAD}{row}\n{GOOD}")
    assert reading.entries == [ENTRY]
    assert [(line, reason in text) for line, text in told(reading)] == [(2, True)]


def test_a_repeated_row_is_told_with_the_line_of_the_first() -> None:
    reading = read(HEAD + GOOD + "\n" + GOOD)
    assert reading.entries == [ENTRY]
    assert told(reading) == [(4, "“attention head” stands in line 2 already.")]


def test_the_same_term_in_two_languages_is_no_repeat() -> None:
    reading = read("source,language\nLoRA,ja\nLoRA,ko\n")
    assert [entry.language for entry in reading.entries] == ["ja", "ko"]


def test_a_quote_that_is_never_closed_loses_its_own_row_alone() -> None:
    rows = "".join(f"term {n},translate,語{n},,no,ja,\n" for n in range(100))
    reading = read(f'{HEAD}broken,translate,"x,,no,ja,\n{rows}')
    assert len(reading.entries) == 100
    assert [line for line, _text in told(reading)] == [2]


def test_a_stray_quote_loses_its_own_row_alone() -> None:
    reading = read(f'{HEAD}"5" screen,translate,x,,no,ja,\n{GOOD}')
    assert reading.entries == [ENTRY]
    assert [line for line, _text in told(reading)] == [2]


def test_a_huge_cell_loses_its_own_row_alone() -> None:
    reading = read(f"{HEAD}a,translate,{'x' * 200_000},,no,ja,\n{GOOD}")
    assert reading.entries == [ENTRY]
    assert [line for line, _text in told(reading)] == [2]


def test_lines_are_counted_through_cells_of_several_lines() -> None:
    reading = read(f'{HEAD}a,translate,x,,no,ja,"1\n2\n3"\n,translate,x,,no,ja,\n')
    assert [line for line, _text in told(reading)] == [5]


def test_rows_in_another_encoding_are_told_and_plain_ones_taken() -> None:
    data = f"{HEAD}LoRA,keep,,,no,ja,\n{GOOD}".encode("cp932")
    reading = csv_file.read(data, "ja")
    assert [entry.term.source for entry in reading.entries] == ["LoRA"]
    assert told(reading) == [(3, "This row is not UTF-8. Save the file as “CSV UTF-8”.")]


def test_an_unknown_column_is_told_and_left_out() -> None:
    reading = read("source,colour\nLoRA,red\n")
    assert len(reading.entries) == 1
    assert told(reading) == [(1, "The column “colour” is unknown and is left out.")]


@pytest.mark.parametrize("text", ["", "\n\n", "term,rendering\na,b\n", "source,target,target\na,b,c\n"])
def test_a_file_without_the_right_columns_is_refused(text: str) -> None:
    with pytest.raises(UnreadableTermbase):
        read(text)


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(UnreadableTermbase):
        csv_file.read(bytes(range(256)) * 40, "ja")


def test_what_is_written_is_read_back() -> None:
    entries = [
        Entry(Term("a", "あ", ("い", 'う"え'), True, "two\nlines, and more"), "ja"),
        Entry(Term("LoRA"), "zh-hant"),
        Entry(Term("same", "same"), "ja"),
    ]
    assert csv_file.read(csv_file.write(entries), "ja").entries == entries


@pytest.mark.parametrize("text", ["=1+1", "-x", "+x", "@x", "'=x", "'x", "''=x"])
def test_what_a_spreadsheet_would_run_is_guarded_and_read_back(text: str) -> None:
    written = csv_file.write([Entry(Term(text, "x"), "ja")])
    assert not written.decode("utf-8-sig").splitlines()[1].startswith(("=", "-", "+", "@"))
    assert csv_file.read(written, "ja").entries[0].term.source == text


@pytest.mark.slow
def test_a_hundred_thousand_rows_are_read() -> None:
    rows = "".join(f"term {n},translate,語{n},,no,ja,\n" for n in range(100_000))
    started = time.process_time()
    assert len(read(HEAD + rows).entries) == 100_000
    assert time.process_time() - started < 30
