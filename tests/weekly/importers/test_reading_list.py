"""Whole lists."""

from __future__ import annotations

import pytest

from papers.errors import IndexOnly, NoWeeks, UnreadableList
from tests.weekly.importers.lists import HEAD, read, row, rows, section, starts, told

OLD = "# ML Papers of The Week\n\n## 2024\n- [Top ML Papers of the Week (May 6 - May 12)](./#top)\n\n"
INDEX = """# AI Papers of the Week

## 2026
- [Top AI Papers of the Week (January 5 - January 11)](years/2026.md#top-january-5---january-11---2026)
## 2025
- [Top AI Papers of the Week (December 29 - January 4)](years/2026.md#top-december-29---january-4---2026)
- [Top AI Papers of the Week (December 22 - December 28)](years/2025.md#top-december-22---december-28---2025)
"""


def test_it_reads_the_old_layout_with_its_index_on_the_same_page() -> None:
    text = OLD + section("May 6 - May 12", tail=" - 2024").replace("AI", "ML") + section("May 29-June 4")
    weeks = read(text)
    assert [week.start.isoformat() for week in weeks] == ["2024-05-06", "2023-05-29"]
    assert weeks[0].heading == "Top ML Papers of the Week (May 6 - May 12) - 2024"


def test_it_reads_the_new_layout_by_the_pages_own_year() -> None:
    text = "# AI Papers of the Week — 2025\n\n" + section("Jan 6 - 12") + section("December 30 - January 5")
    assert starts(text) == ["2025-01-06", "2024-12-30"]


def test_it_takes_the_year_from_the_files_name() -> None:
    assert starts(section("Jan 8 - 14"), name="years/2024.md") == ["2024-01-08"]
    assert starts(section("Jan 8 - 14"), name="https://example.org/years/2024.md") == ["2024-01-08"]


def test_it_says_so_where_it_assumes_the_lists_first_year() -> None:
    week = read(section("May 29-June 4"))[0]
    assert week.start.isoformat() == "2023-05-29"
    assert "2023 was assumed" in told(week.warnings)


def test_a_year_that_is_told_gives_no_warning() -> None:
    weeks = read(section("Jan 8 - 14", tail=" - 2024") + section("Dec 25 - 31"))
    assert [week.warnings for week in weeks] == [(), ()]


@pytest.mark.parametrize("days", ["Jan 1-8", "March 26 - March 31", "May 6 - May 12"])
def test_weeks_of_six_to_eight_days_are_usual(days: str) -> None:
    assert read(section(days), name="2024.md")[0].warnings == ()


@pytest.mark.parametrize("days", ["May 12 - May 6", "May 6 - June 12", "May 6 - 7"])
def test_a_range_of_another_length_is_told(days: str) -> None:
    assert "Is it right?" in told(read(section(days), name="2024.md")[0].warnings)


def test_neighbours_may_share_a_day() -> None:
    weeks = read(section("June 14 - June 21") + section("June 7 - June 14"), name="2026.md")
    assert weeks[1].end == weeks[0].start
    assert weeks[0].warnings == weeks[1].warnings == ()


def test_two_tables_under_one_heading_stay_two_weeks_and_warn() -> None:
    other = row(1, "Other one") + "\n" + row(2, "Other two")
    weeks = read(section("May 6 - May 12, 2024", f"{rows(3)}\n\n{HEAD}\n{other}"))
    assert [len(week.entries) for week in weeks] == [3, 2]
    assert all("2 tables of the list claim the week from 2024-05-06" in told(week.warnings) for week in weeks)


def test_two_headings_of_one_range_stay_two_weeks_and_warn() -> None:
    weeks = read(section("May 6 - May 12, 2024") + section("May 6 - 12, 2024", row(1, "Other")))
    assert [week.entries[0].title for week in weeks] == ["Title 1", "Other"]
    assert all("(Other …)" in told(week.warnings) for week in weeks)


def test_rows_below_an_unreadable_heading_are_told_on_the_week_before() -> None:
    weeks = read(section("May 6 - May 12, 2024") + section("soon") + section("April 29 - May 5, 2024"))
    assert [len(week.entries) for week in weeks] == [2, 2]
    assert "2 rows below “Top AI Papers of the Week (soon)” were left out" in told(weeks[0].warnings)


def test_rows_above_all_weeks_are_told_on_the_first() -> None:
    week = read(f"{rows(3)}\n\n" + section("May 6 - May 12, 2024"))[0]
    assert len(week.entries) == 2
    assert "3 rows below “” were left out" in told(week.warnings)


def test_a_day_that_its_year_lacks_leaves_rows_out_aloud() -> None:
    weeks = read(section("Feb 20 - 26") + section("Feb 23 - 29"), name="2023.md")
    assert len(weeks) == 1
    assert "2 rows below" in told(weeks[0].warnings)


def test_a_heading_without_rows_is_a_week_that_says_so() -> None:
    weeks = read("## Top AI Papers of the Week (May 13 - May 19) - 2024\n\n" + section("May 6 - May 12, 2024"))
    assert [len(week.entries) for week in weeks] == [0, 2]
    assert "no rows" in told(weeks[0].warnings)


def test_a_page_of_bold_headings_is_read() -> None:
    text = f"**Top ML Papers of the Week (Jan 1-8):**\n\n{HEAD}\n{rows(2)}"
    assert starts(text, name="2023.md") == ["2023-01-01"]


def test_line_ends_of_any_system_are_read() -> None:
    text = section("May 6 - May 12, 2024")
    assert read(text.replace("\n", "\r\n")) == read(text) == read(text.replace("\n", "\r"))


def test_an_index_names_the_files_to_give() -> None:
    with pytest.raises(IndexOnly, match="years/2026.md, years/2025.md"):
        read(INDEX)


@pytest.mark.parametrize("text", ["", "\n\n", "# Notes\n\nSome text.", "| a | b |\n| - | - |\n| c | d |"])
def test_a_text_without_weeks_is_an_error(text: str) -> None:
    with pytest.raises(NoWeeks, match=r"No week was found in README\.md"):
        read(text)


@pytest.mark.parametrize("days", ["soon", "May 6 - May 12, 2024"])
def test_a_list_of_which_no_row_can_be_read_is_an_error(days: str) -> None:
    body = rows(2) if days == "soon" else "| 1) | |\n| 2) | |"
    with pytest.raises(UnreadableList, match="none that can be read"):
        read(section(days, body))


def test_headings_alone_are_no_weeks() -> None:
    with pytest.raises(NoWeeks):
        read(
            "## Top AI Papers of the Week (May 6 - May 12) - 2024\n\n## Top AI Papers of the Week (May 13 - 19) - 2024"
        )


@pytest.mark.parametrize(
    ("text", "reason"),
    [("PK\x03\x04\0\0", "not text"), ("\n<!DOCTYPE html>\n<html>", "web page"), ("<html lang=en>", "web page")],
)
def test_what_is_no_markdown_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(UnreadableList, match=reason):
        read(text)
