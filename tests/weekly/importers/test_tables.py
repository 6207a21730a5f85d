"""Which rows belong to a section, and to a table."""

from __future__ import annotations

from tests.weekly.importers.lists import HEAD, read, row, rows, section, told
from weekly.importers.sections import lines_of, read_sections
from weekly.importers.tables import read_table, split_tables

DAYS = "May 6 - May 12, 2024"


def ranks(body: str) -> list[list[int]]:
    """The ranks of each table that a section with this body parts into."""
    section_read = read_sections(section(DAYS, body))[-1]
    return [[entry.rank for entry in read_table(part)[0]] for part in split_tables(section_read.rows)]


def test_lines_end_only_where_an_editor_sees_it() -> None:
    assert lines_of("a\r\nb\rc\nd\u2028e\x0cf") == ["a", "b", "c", "d\u2028e\x0cf"]


def test_heads_rules_and_prose_are_no_rows() -> None:
    text = section(DAYS, rows(2) + "\n\n---\nJoin our [chat](https://a.org).\n[Subscribe](https://b.org)\n")
    assert [len(part.rows) for part in read_sections(text)] == [0, 2]


def test_a_table_head_may_be_written_in_other_ways() -> None:
    for head in ("|Paper|Links|", "| **Papers** | **Link**", "| ** Paper **   | **links**  | "):
        assert len(read_sections(f"## W\n{head}\n|:-|-:|\n{row(1)}")[-1].rows) == 1


def test_a_deeper_heading_does_not_end_a_week() -> None:
    assert ranks(f"{rows(2)}\n\n### More papers\n\n{HEAD}\n{rows(2, first=3)}") == [[1, 2, 3, 4]]


def test_a_heading_of_the_same_depth_ends_a_week() -> None:
    text = section(DAYS) + "## Contributors\n| Name | Papers |\n| - | - |\n| A | 3 |\n"
    assert [len(week.entries) for week in read(text)] == [2]


def test_a_row_broken_over_lines_is_one_row() -> None:
    broken = "| 2) **Broken** - begins here\nand goes on <br>\n● Head: to here | [Paper](https://a.org/b) |"
    week = read(section(DAYS, f"{row(1)}\n{broken}\n{row(3)}"))[0]
    assert week.entries[1].description == "begins here and goes on\n● Head: to here"
    assert [entry.rank for entry in week.entries] == [1, 2, 3]


def test_a_cell_of_links_on_its_own_line_belongs_to_the_row_above() -> None:
    week = read(section(DAYS, "| 1) **Broken** - text\n| [Paper](https://a.org/b) |\n" + row(2)))[0]
    assert [len(entry.links) for entry in week.entries] == [1, 1]
    assert week.warnings == ()


def test_prose_below_a_row_without_links_is_not_drawn_into_it() -> None:
    week = read(section(DAYS, "| 1) **T** - text\n---\nProse\n\nMore prose"))[0]
    assert week.entries[0].description == "text"


def test_a_row_may_lack_its_opening_bar() -> None:
    assert ranks(f"{row(1)}\n{row(2).removeprefix('| ')}\n{row(3)}") == [[1, 2, 3]]


def test_a_row_without_a_number_is_told_by_no_gap_and_kept() -> None:
    assert ranks(f"{row(1)}\n| **Nameless** - text | [Paper](https://a.org) |\n{row(3)}") == [[1, 2, 3]]


def test_an_unreadable_row_is_told_with_its_beginning() -> None:
    week = read(section(DAYS, f"{row(1)}\n| 2) | |\n{row(3)}"))[0]
    assert [entry.rank for entry in week.entries] == [1, 3]
    assert "left out: | 2) | |" in told(week.warnings)


def test_odd_numbers_are_told_and_kept() -> None:
    week = read(section(DAYS, "\n".join(map(row, [1, 2, 2, 5]))))[0]
    assert [entry.rank for entry in week.entries] == [1, 2, 2, 5]
    assert "not numbered from 1 to 4: 1, 2, 2, 5" in told(week.warnings)


def test_one_id_in_two_rows_is_told_on_both_and_both_stay() -> None:
    twice = "[Paper](https://arxiv.org/abs/2401.00009v2)"
    week = read(section(DAYS, f"{row(1, links=twice)}\n{row(2)}\n{row(3, links=twice.replace('v2', ''))}"))[0]
    assert [bool(entry.warnings) for entry in week.entries] == [True, False, True]
    assert "arXiv 2401.00009 stands more than once in this week, in the rows 1, 3" in told(week.entries[0].warnings)


def test_one_id_in_two_weeks_is_no_fault() -> None:
    weeks = read(section(DAYS) + section("April 29 - May 5, 2024"))
    assert weeks[0].entries[0].arxiv_id == weeks[1].entries[0].arxiv_id
    assert not any(entry.warnings for week in weeks for entry in week.entries)


def test_two_papers_of_one_title_are_two_entries() -> None:
    week = read(section(DAYS, f"{row(1, 'Agents')}\n{row(2, 'Agents')}"))[0]
    assert [(entry.title, entry.arxiv_id) for entry in week.entries] == [
        ("Agents", "2401.00001"),
        ("Agents", "2401.00002"),
    ]
    assert week.warnings == ()


def test_a_second_table_that_begins_anew_is_another_week() -> None:
    assert ranks(f"{rows(3)}\n\n{HEAD}\n{rows(2)}") == [[1, 2, 3], [1, 2]]


def test_numbers_that_begin_anew_without_a_head_are_another_week() -> None:
    assert ranks(f"{rows(3)}\n{rows(3)}") == [[1, 2, 3], [1, 2, 3]]


def test_a_table_in_two_halves_is_one_week() -> None:
    assert ranks(f"{rows(3)}\n\n{HEAD}\n{rows(3, first=4)}") == [[1, 2, 3, 4, 5, 6]]


def test_a_mistyped_number_does_not_begin_another_week() -> None:
    assert ranks(f"{rows(3)}\n{row(1)}") == [[1, 2, 3, 1]]
    assert ranks(f"{row(1)}\n{rows(3)}") == [[1, 1, 2, 3]]
