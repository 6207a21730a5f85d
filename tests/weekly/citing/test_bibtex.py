"""BibTeX of odd names and titles."""

from __future__ import annotations

import re

import pytest

from tests.weekly.citing.records import record
from weekly.citing.bibtex import bibtex
from weekly.citing.record import Record


def field(name: str, one: Record) -> str:
    found = re.search(rf"^  {name} = {{(.*)}},$", bibtex([one]), re.MULTILINE)
    return found[1] if found else ""


def key(one: Record) -> str:
    return bibtex([one]).split("{")[1].split(",")[0]


def test_a_whole_reference() -> None:
    assert bibtex([record("Ada One", "OpenAI", category="cs.CL", url="https://arxiv.org/abs/2405.00001v1")]) == (
        "@misc{one2024things,\n"
        "  title = {{On Things}},\n"
        "  author = {One, Ada and {OpenAI}},\n"
        "  year = {2024},\n"
        "  month = {5},\n"
        "  eprint = {2405.00001},\n"
        "  archivePrefix = {arXiv},\n"
        "  primaryClass = {cs.CL},\n"
        "  doi = {10.48550/arXiv.2405.00001},\n"
        "  url = {https://arxiv.org/abs/2405.00001v1},\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("100% of R&D_#1", r"100\% of R\&D\_\#1"),
        ("{Braces} and }{", r"\textbraceleft{}Braces\textbraceright{} and \textbraceright{}\textbraceleft{}"),
        (r"back\slash ~ ^", r"back\textbackslash{}slash \textasciitilde{} \textasciicircum{}"),
        ("$5 and $10", r"\$5 and \$10"),
        ("In $O(n^2)$ & more", r"In $O(n^2)$ \& more"),
        (r"On \(\ell_2\)", r"On \(\ell_2\)"),
        (r"$x_{a$ b", r"\$x\_\textbraceleft{}a\$ b"),
        (r"$\{a$", r"\$\textbackslash{}\textbraceleft{}a\$"),
        ("表題 “quoted”", "表題 “quoted”"),
    ],
)
def test_titles_are_escaped_and_formulas_are_not(title: str, written: str) -> None:
    assert field("title", record(title=title)) == f"{{{written}}}"


@pytest.mark.parametrize("title", ["}", "{", "}}{{", r"$\}$", r"\(}\)", "$}{$", r"\}", "a } @misc{evil,"])
def test_no_title_closes_its_field(title: str) -> None:
    written = bibtex([record(title=title)])
    assert written.count("{") == written.count("}")
    assert len(re.findall(r"^\S", written, re.MULTILINE)) == 2


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Laurens van der Maaten", "van der Maaten, Laurens"),
        ("John Smith Jr.", "Smith, Jr., John"),
        ("Barnes and Noble", "{Barnes and Noble}"),
        ("R&D Team", r"{R\&D Team}"),
        ("山田 太郎", "山田, 太郎"),
        ("A_b {C}", r"\textbraceleft{}C\textbraceright{}, A\_b"),
    ],
)
def test_names_are_in_parts_and_groups_in_braces(name: str, written: str) -> None:
    assert field("author", record(name)) == written


def test_an_address_cannot_close_its_field() -> None:
    assert field("url", record(url="https://example.org/{a}\\")) == "https://example.org/%7Ba%7D%5C"


@pytest.mark.parametrize(
    ("names", "title", "expected"),
    [
        (["Léon Bottou"], "The Tradeoffs", "bottou2024tradeoffs"),
        (["Laurens van der Maaten"], "t-SNE", "vandermaaten2024t"),
        (["山田 太郎"], "On Things", "240500001" + "2024"),
        ([], "On Things", "2405000012024"),
        (["Ada One"], "表題", "one2024"),
    ],
)
def test_keys_are_plain(names: list[str], title: str, expected: str) -> None:
    assert key(record(*names, title=title)) == expected


def test_keys_differ_within_a_file() -> None:
    found = re.findall(r"@misc{(.*),", bibtex([record("Ada One")] * 3))
    assert found == ["one2024things", "one2024things-2", "one2024things-3"]


def test_a_paper_outside_arxiv_has_an_address_only() -> None:
    written = bibtex([record(arxiv_id="", url="https://example.org/a.pdf", published=None)])
    assert "eprint" not in written
    assert "year" not in written
