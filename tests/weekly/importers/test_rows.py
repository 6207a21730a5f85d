"""Rows of a week's table."""

from __future__ import annotations

import pytest

from tests.weekly.importers.lists import LINKS, read_one, told
from weekly.importers.base import Link
from weekly.importers.rows import rank_of, read_row


def links_of(cell: str) -> list[tuple[str, str]]:
    return [(link.label, link.url) for link in read_one(f"| 1) **T** - text | {cell} |").links]


def test_it_reads_an_ordinary_row() -> None:
    entry = read_one(f"| 3) **A Title** - does a thing <br>● Head: more | {LINKS} |")
    assert (entry.rank, entry.title, entry.description) == (3, "A Title", "does a thing\n● Head: more")
    assert (entry.arxiv_id, entry.arxiv_version, entry.warnings) == ("2401.00001", None, ())


@pytest.mark.parametrize(
    ("begin", "rank"),
    [
        ("| 3) **A**", 3),
        ("| 10)**A**", 10),
        ("| 5. **A**", 5),
        ("|7)A", 7),
        ("| **2) A**", 2),
        (r"| 4\) A", 4),
        ("8) A", 8),
        ("| A", None),
        ("| 3.5 A", None),
        ("| 2023 A", None),
    ],
)
def test_it_reads_the_number_of_a_row(begin: str, rank: int | None) -> None:
    assert rank_of(begin) == rank


@pytest.mark.parametrize(
    "text",
    [
        "1) **A Title** - does a thing",
        "1) **A Title** -does a thing",
        "1) **A Title** -  does a thing",
        "1) **A Title** – does a thing",
        "1) **A Title**: does a thing",
        "1) **A Title:** does a thing",
        "1) **A Title**  does a thing",
        "1) **A Title** <br> does a thing",
        "1) ****A Title**** - does a thing",
        "1) ****A Title** - does a thing",
        "**1) A Title** - does a thing",
        "1. **A Title** - does a thing",
        "1) A Title  does a thing",
        "1) A Title - does a thing",
        "1) A Title  - does a thing",
        "1) A Title <br>does a thing",
        "1) [A Title](https://example.org) - does a thing",
    ],
)
def test_it_parts_title_and_text_however_they_are_written(text: str) -> None:
    entry = read_one(f"| {text} | {LINKS} |")
    assert (entry.title, entry.description) == ("A Title", "does a thing")


def test_a_bullet_ends_a_title_without_bold() -> None:
    entry = read_one(f"| 1) A Title ● Head: does a thing | {LINKS} |")
    assert (entry.title, entry.description) == ("A Title", "● Head: does a thing")


def test_bold_further_on_is_no_title() -> None:
    entry = read_one(f"| 1) A Title  shows **much** - indeed | {LINKS} |")
    assert (entry.title, entry.description) == ("A Title", "shows much - indeed")


@pytest.mark.parametrize(
    "title", ["A* Search", "R&D at 3.5x", "GPT-4 - or Not", "<think> First", "$x^2$ Nets", "δ-mem"]
)
def test_a_bold_title_keeps_its_signs(title: str) -> None:
    assert read_one(f"| 1) **{title}** - text | {LINKS} |").title == title


def test_a_title_may_end_in_an_asterisk() -> None:
    assert read_one(f"| 1) **Learning A*** - text | {LINKS} |").title == "Learning A*"


def test_a_row_may_have_no_text() -> None:
    entry = read_one(f"| 5. **A Title** | {LINKS} |")
    assert (entry.rank, entry.title, entry.description, entry.warnings) == (5, "A Title", "", ())


@pytest.mark.parametrize("length", [154, 470])
def test_it_warns_of_bold_that_swallowed_the_text(length: int) -> None:
    entry = read_one(f"| 1) **{'x' * length}** | {LINKS} |")
    assert (len(entry.title), entry.description) == (length, "")
    assert f"{length} characters" in told(entry.warnings)


def test_a_long_but_genuine_title_gives_no_warning() -> None:
    assert read_one(f"| 1) **{'x' * 134}** - text | {LINKS} |").warnings == ()


@pytest.mark.parametrize("end", [" |", "", " | |", "_|", " ), |", " |  "])
def test_a_row_may_end_in_any_way(end: str) -> None:
    entry = read_one(f"| 1) **T** - text | {LINKS}{end}")
    assert (entry.description, len(entry.links), entry.warnings) == ("text", 2, ())


def test_the_text_may_hold_bars() -> None:
    entry = read_one(f"| 1) **T** - the reward |r| and p(x|y), a norm |x| | {LINKS} |")
    assert entry.description == "the reward |r| and p(x|y), a norm |x|"
    assert (len(entry.links), entry.warnings) == (2, ())


def test_a_link_in_the_text_is_not_the_rows_link() -> None:
    entry = read_one(f"| 1) **T** - builds on [this](https://arxiv.org/abs/1706.03762) work | {LINKS} |")
    assert (entry.description, entry.arxiv_id) == ("builds on this work", "2401.00001")


def test_links_may_stand_in_several_cells_or_without_one() -> None:
    apart = read_one("| 1) **T** - text | [Paper](https://a.org) | [Tweet](https://b.org) |")
    beside = read_one("| 1) **T** - text [Paper](https://a.org), [Tweet](https://b.org) |")
    assert apart.links == beside.links == (Link("Paper", "https://a.org"), Link("Tweet", "https://b.org"))
    assert apart.description == beside.description == "text"


@pytest.mark.parametrize("between", [", ", " , ", " ", "", ",  ", "; ", "_, ", ") , ", " and ", " · ", " | "])
def test_links_need_no_commas(between: str) -> None:
    cell = f"[Paper](https://a.org/x){between}[Code](https://b.org/y){between}[Tweet](https://c.org/z)"
    assert [label for label, _ in links_of(cell)] == ["Paper", "Code", "Tweet"]


def test_an_address_may_hold_parentheses() -> None:
    url = "https://www.example.org/fulltext/S0092-8674(25)01312-1"
    assert links_of(f"[Paper]({url})), [Tweet](https://x.com/1)_") == [("Paper", url), ("Tweet", "https://x.com/1")]


def test_a_label_loses_stray_signs() -> None:
    assert links_of("[Tweet)](https://x.com/1), [**Paper**](https://a.org)") == [
        ("Tweet", "https://x.com/1"),
        ("Paper", "https://a.org"),
    ]


def test_an_empty_link_is_told_and_left_out() -> None:
    entry = read_one("| 1) **T** - text | [Paper](https://a.org), [Tweet]() |")
    assert entry.links == (Link("Paper", "https://a.org"),)
    assert "“Tweet” has no address" in told(entry.warnings)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "www.example.org/x", "../years/2024.md", "data:text/html,x"])
def test_only_web_addresses_become_links(url: str) -> None:
    entry = read_one(f"| 1) **T** - text | [Paper]({url}), [Tweet](https://x.com/1) |")
    assert [link.label for link in entry.links] == ["Tweet"]
    assert url in told(entry.warnings)


def test_text_among_the_links_is_told() -> None:
    entry = read_one("| 1) **T** - text | [Paper](https://a.org) (ICML), https://b.org |")
    assert "(ICML), https://b.org" in told(entry.warnings)


def test_a_row_without_links_is_an_entry() -> None:
    entry = read_one("| 4) **T** - the value |v| | |")
    assert (entry.title, entry.description, entry.links) == ("T", "the value |v|", ())
    assert "no links" in told(entry.warnings)


@pytest.mark.parametrize("label", ["Paper", "Tweet", "Project", "Book", "Paper 2"])
def test_an_arxiv_id_counts_under_any_label(label: str) -> None:
    entry = read_one(f"| 1) **T** - text | [Blog](https://a.org), [{label}](https://arxiv.org/abs/2303.04129) |")
    assert (entry.arxiv_id, entry.warnings) == ("2303.04129", ())


@pytest.mark.parametrize(
    ("url", "arxiv_id", "version"),
    [
        ("https://arxiv.org/abs/2405.03548", "2405.03548", None),
        ("http://www.arxiv.org/abs/2405.03548v2", "2405.03548", 2),
        ("https://arxiv.org/pdf/2405.03548.pdf", "2405.03548", None),
        ("https://arxiv.org/pdf/2405.03548v11.pdf?utm=x#page=2", "2405.03548", 11),
        ("https://arxiv.org/abs/hep-th/9901001v1", "hep-th/9901001", 1),
        ("https://arxiv.org/abs/2405.03548))", "2405.03548", None),
    ],
)
def test_it_reads_arxiv_addresses_of_every_form(url: str, arxiv_id: str, version: int | None) -> None:
    entry = read_one(f"| 1) **T** - text | [Paper]({url}) |")
    assert (entry.arxiv_id, entry.arxiv_version) == (arxiv_id, version)


@pytest.mark.parametrize(
    "cell",
    [
        "[Paper](https://x.com/a/status/1), [Tweet](https://x.com/a/status/1)",
        "[Paper](https://example.org/report.pdf)",
        "[Project](https://example.org/)",
        "[Tweet](https://x.com/a/status/1)",
    ],
)
def test_a_row_without_an_arxiv_link_is_an_entry_all_the_same(cell: str) -> None:
    entry = read_one(f"| 6) **T** - text | {cell} |")
    assert (entry.rank, entry.title, entry.arxiv_id, entry.warnings) == (6, "T", None, ())
    assert entry.links


def test_of_several_ids_the_one_called_paper_is_taken_and_told() -> None:
    cell = "[Tweet](https://arxiv.org/abs/2401.00002), [Paper](https://arxiv.org/abs/2401.00001)"
    entry = read_one(f"| 1) **T** - text | {cell} |")
    assert entry.arxiv_id == "2401.00001"
    assert "2401.00001, 2401.00002" in told(entry.warnings)


def test_two_versions_of_one_paper_are_no_conflict() -> None:
    cell = "[Paper](https://arxiv.org/abs/2401.00001v2), [PDF](https://arxiv.org/pdf/2401.00001)"
    entry = read_one(f"| 1) **T** - text | {cell} |")
    assert (entry.arxiv_version, entry.warnings) == (2, ())


def test_a_broken_arxiv_address_is_told() -> None:
    entry = read_one("| 1) **T** - text | [Paper](https://arxiv.org/abs/24050.3548) |")
    assert entry.arxiv_id is None
    assert "holds no arXiv id" in told(entry.warnings)


def test_a_row_without_a_title_is_named_by_its_paper() -> None:
    entry = read_one("| 2) | [Paper](https://arxiv.org/abs/2401.00002) |")
    assert (entry.rank, entry.title) == (2, "2401.00002")
    assert "no title" in told(entry.warnings)


def test_a_row_without_a_number_takes_the_one_that_it_is_given() -> None:
    entry = read_row(f"| **T** - text | {LINKS} |", 7)
    assert entry is not None
    assert (entry.rank, entry.title) == (7, "T")


@pytest.mark.parametrize("line", ["| 3) | |", "| 3)", "| |"])
def test_a_row_of_nothing_cannot_be_read(line: str) -> None:
    assert read_row(line, 1) is None


@pytest.mark.parametrize(
    "piece", ["[", "*", "**a ", "$a", "| ", "[a](", "[a](http://x |", "[a [b] ", " ", "<br", "\\*", "and "]
)
def test_a_row_that_is_made_to_be_slow_is_read_at_once(piece: str) -> None:
    """Quadratic time would take minutes here."""
    entry = read_one(f"| 1) **T** - {piece * (100_000 // len(piece))}x | [Paper](https://arxiv.org/abs/2401.00001) |")
    assert (entry.rank, entry.title) == (1, "T")
