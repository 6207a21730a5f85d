"""Headings, their days and their years."""

from __future__ import annotations

from datetime import date

import pytest

from weekly.importers.headings import DayRange, named_year, page_year, read_heading, read_range, with_years


def ranges(*texts: str) -> list[DayRange]:
    found = [read_range(text) for text in texts]
    assert None not in found
    return [days for days in found if days]


def first_days(year: int | None, *texts: str) -> list[str]:
    return [days.days()[0].isoformat() for days in with_years(ranges(*texts), year)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Jan 1-8", (1, 1), (1, 8)),
        ("Feb 13 - 19", (2, 13), (2, 19)),
        ("Mar 13-Mar 19", (3, 13), (3, 19)),
        ("May 29-June 4", (5, 29), (6, 4)),
        ("May 6 - May 12", (5, 6), (5, 12)),
        ("Sept. 4 – Sept. 10", (9, 4), (9, 10)),
        ("October 2nd to October 8th", (10, 2), (10, 8)),
    ],
)
def test_it_reads_every_spelling_of_a_range(text: str, first: tuple[int, int], last: tuple[int, int]) -> None:
    days = read_range(f"Top AI Papers of the Week ({text})")
    assert days == DayRange(first, last)


@pytest.mark.parametrize("text", ["Papers of the Week", "Feb 30 - Mar 5", "May 6 - May 40", "Foo 3 - 9", "2024"])
def test_it_finds_no_range_where_a_calendar_has_none(text: str) -> None:
    assert read_range(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "(December 30 - January 5) - 2025",
        "(December 30, 2024 - January 5, 2025)",
        "(Dec 30, 2024 - Jan 5)",
        "(December 30 - January 5, 2025)",
    ],
)
def test_the_year_of_a_heading_is_that_of_the_last_day(text: str) -> None:
    days = read_range(text)
    assert days is not None
    assert days.days() == (date(2024, 12, 30), date(2025, 1, 5))


@pytest.mark.parametrize(
    "line",
    [
        "## Top ML Papers of the Week (May 6 - May 12) - 2024",
        "##Top AI Papers of the Week (May 6 - May 12) - 2024",
        "### Top ML Papers of The Week (May 6 - May 12) - 2024 ###",
        "**Top ML Papers of the Week (May 6 - May 12) - 2024:**",
    ],
)
def test_it_knows_the_headings_of_both_layouts(line: str) -> None:
    heading = read_heading(line)
    assert heading is not None
    assert heading.names_week
    assert heading.range == DayRange((5, 6), (5, 12), 2024)


@pytest.mark.parametrize(
    "line",
    ["- [Top AI Papers of the Week (May 6 - May 12)](years/2024.md)", "#1 of the day", "**Bold** words", "", "Text"],
)
def test_it_takes_no_other_line_for_a_heading(line: str) -> None:
    assert read_heading(line) is None


def test_a_heading_of_something_else_names_no_week() -> None:
    heading = read_heading("## 2025")
    assert heading is not None
    assert (heading.text, heading.level, heading.names_week) == ("2025", 2, False)


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("years/2023.md", 2023),
        ("new-layout-2023.md", 2023),
        ("C:\\lists\\2025.md", 2025),
        ("https://example.org/2022/years/2024.md?plain=1#top", 2024),
        ("2023/README.md", None),
        ("list-2024-05-06.md", None),
        ("20240506.md", None),
        ("README.md", None),
        ("", None),
    ],
)
def test_a_file_can_be_named_for_its_year(name: str, year: int | None) -> None:
    assert named_year(name) == year


def test_the_pages_own_title_tells_its_year_before_its_name_does() -> None:
    assert page_year("\ufeff# AI Papers of the Week — 2023\n\ntext", "2025.md") == 2023
    assert page_year("# ML Papers of The Week\n", "2025.md") == 2025


def test_a_week_heading_at_the_top_is_no_page_title() -> None:
    assert page_year("# Top AI Papers of the Week (May 6 - May 12) - 2024\n", "README.md") is None


def test_the_pages_year_is_the_year_in_which_its_weeks_end() -> None:
    assert first_days(2024, "Jan 8 - 14", "Jan 1-7", "Dec 30 - Jan 5") == ["2024-01-08", "2024-01-01", "2023-12-30"]


def test_the_order_gives_the_year_of_older_weeks() -> None:
    found = first_days(None, "(Mar 11 - Mar 17) - 2024", "May 29-June 4", "Jan 1-8")
    assert found == ["2024-03-11", "2023-05-29", "2023-01-01"]


def test_the_order_crosses_several_new_years() -> None:
    found = first_days(None, "(Jan 6 - Jan 12) - 2025", "Dec 23 - 29", "Jun 3 - 9", "Jan 1-7", "Dec 25 - 31")
    assert found == ["2025-01-06", "2024-12-23", "2024-06-03", "2024-01-01", "2023-12-25"]


def test_the_order_gives_the_year_of_a_newer_week_above_all_others() -> None:
    assert first_days(None, "Jan 6 - 12", "(December 30 - January 5) - 2025") == ["2025-01-06", "2024-12-30"]


def test_a_list_from_old_to_new_is_read_in_its_own_order() -> None:
    found = first_days(
        None, "(Dec 18 - Dec 24) - 2023", "Dec 25 - 31", "Jan 1-7", "Feb 5 - 11", "Mar 4 - 10", "May 6 - 12"
    )
    assert found == ["2023-12-18", "2023-12-25", "2024-01-01", "2024-02-05", "2024-03-04", "2024-05-06"]


def test_a_week_a_little_out_of_order_stays_in_its_year() -> None:
    assert first_days(None, "(May 6 - May 12) - 2024", "May 13 - 19", "Apr 29 - May 5")[1] == "2024-05-13"


def test_headings_of_another_year_outweigh_the_files_name() -> None:
    found = first_days(2025, "(Jan 1 - Jan 7) - 2024", "Dec 25 - 31")
    assert found == ["2024-01-01", "2023-12-25"]


def test_where_nothing_tells_a_year_there_is_none() -> None:
    assert [days.year for days in with_years(ranges("Jan 9-15", "Jan 1-8"), None)] == [None, None]


def test_a_day_that_its_year_lacks_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="day is out of range"):
        DayRange((2, 26), (2, 29), 2023).days()
