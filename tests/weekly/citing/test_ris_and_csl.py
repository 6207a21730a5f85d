"""RIS and CSL JSON."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.weekly.citing.records import record
from weekly.citing.csl import csl_json
from weekly.citing.record import Record, one_line
from weekly.citing.ris import ris

LINE = re.compile(r"[A-Z][A-Z0-9]  - .*")


def lines(one: Record, tag: str) -> list[str]:
    return [line[6:] for line in ris([one]).split("\r\n") if line.startswith(f"{tag}  - ")]


def item(one: Record) -> dict[str, Any]:
    return json.loads(csl_json([one]))[0]


def test_ris_has_a_value_a_line_from_type_to_end() -> None:
    written = ris([record("Ada One", tags=("a", "b"), title_translated="物事について")])
    found = written.removesuffix("\r\n").split("\r\n")
    assert (found[0], found[-1]) == ("TY  - UNPB", "ER  - ")
    assert all(LINE.fullmatch(line) for line in found)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("John Smith Jr.", "Smith, John, Jr."),
        ("Laurens van der Maaten", "van der Maaten, Laurens"),
        ("Google, Inc.", "Google Inc."),
        ("OpenAI", "OpenAI"),
        ("山田 太郎", "山田, 太郎"),
    ],
)
def test_ris_names(name: str, written: str) -> None:
    assert lines(record(name), "AU") == [written]


def test_ris_has_both_titles_and_the_date() -> None:
    one = record(title_translated="物事について")
    assert (lines(one, "TI"), lines(one, "TT")) == (["On Things"], ["物事について"])
    assert (lines(one, "PY"), lines(one, "DA")) == (["2024"], ["2024/05/07"])


def test_ris_parts_references_by_an_empty_line() -> None:
    assert ris([record(), record()]).count("ER  - \r\n\r\nTY") == 1


@pytest.mark.parametrize("text", ["a\nER  - ", "a\r\nb", "a\u2028b", "a\x00b\x1f", "  a \t b "])
def test_no_text_begins_a_line_of_its_own(text: str) -> None:
    assert len(one_line(text).splitlines()) == 1
    assert one_line(text).isprintable()


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("John Smith Jr.", {"family": "Smith", "given": "John", "suffix": "Jr."}),
        ("Google, Inc.", {"literal": "Google, Inc."}),
        ("山田太郎", {"literal": "山田太郎"}),
        ('Ada "X" O\\ne', {"family": "O\\ne", "given": 'Ada "X"'}),
    ],
)
def test_csl_names(name: str, written: dict[str, str]) -> None:
    assert item(record(name))["author"] == [written]


def test_csl_of_a_preprint() -> None:
    found = item(record("Ada One", url="https://arxiv.org/abs/2405.00001v1"))
    assert found["issued"] == {"date-parts": [[2024, 5, 7]]}
    assert (found["type"], found["number"], found["DOI"]) == (
        "article",
        "arXiv:2405.00001",
        "10.48550/arXiv.2405.00001",
    )


def test_csl_of_a_page_leaves_out_what_is_not_known() -> None:
    assert item(record(arxiv_id="", published=None)) == {"id": "2405.00001", "type": "webpage", "title": "On Things"}


def test_csl_keeps_every_script_as_it_is() -> None:
    assert "物事" in csl_json([record(title="物事")])
