"""The list's index."""

from __future__ import annotations

from datetime import date

import pytest

from tests.weekly.importers.test_reading_list import INDEX
from weekly.importers.index import index_file, index_files


def test_it_names_each_file_once_in_order() -> None:
    assert index_files(INDEX) == ("years/2026.md", "years/2025.md")


def test_links_to_the_same_page_make_no_index() -> None:
    assert index_files("- [Top ML Papers of the Week (May 6 - May 12)](./#top-ml-papers)") == ()
    assert index_files("[main index](../README.md)") == ()


@pytest.mark.parametrize(
    ("start", "file"),
    [
        (None, "years/2026.md"),
        (date(2026, 1, 5), "years/2026.md"),
        (date(2025, 12, 29), "years/2026.md"),
        (date(2025, 12, 22), "years/2025.md"),
        (date(2025, 3, 3), "years/2025.md"),
        (date(2019, 3, 3), None),
    ],
)
def test_it_chooses_the_file_that_holds_a_week(start: date | None, file: str | None) -> None:
    assert index_file(INDEX, start) == file


def test_files_that_are_not_named_for_years_cannot_be_chosen() -> None:
    text = "[Top AI Papers of the Week (Feb 23 - Feb 29)](older.md)"
    assert index_files(text) == ("older.md",)
    assert index_file(text, None) is index_file(text, date(2024, 2, 23)) is None


def test_a_day_that_its_year_lacks_does_not_hide_the_others() -> None:
    text = "[Top AI Papers of the Week (Feb 23 - Feb 29)](years/2023.md)\n" + INDEX
    assert index_file(text, date(2025, 12, 29)) == "years/2026.md"
