"""Which week is meant."""

from __future__ import annotations

from datetime import date

import pytest

from papers.errors import AmbiguousWeek, EmptyWeek, NoWeeks, UnknownWeek
from tests.weekly.importers.lists import HEAD, read, row, section
from weekly.importers.picking import pick_week

LIST = section("May 6 - May 12", tail=" - 2024") + section("May 13 - May 19", tail=" - 2024")


def test_it_picks_the_newest_week_wherever_it_stands() -> None:
    assert pick_week(read(LIST)).start == date(2024, 5, 13)


def test_it_picks_the_week_that_is_asked_for() -> None:
    assert pick_week(read(LIST), date(2024, 5, 6)).end == date(2024, 5, 12)


def test_a_week_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(UnknownWeek) as caught:
        pick_week(read(LIST), date(2024, 5, 7))
    assert str(caught.value).endswith("starts on 2024-05-07. The list has: 2024-05-13, 2024-05-06")


def test_a_long_list_is_named_in_short() -> None:
    weeks = read("".join(section(f"May {day} - May {day + 6}") for day in range(25, 0, -1)), name="2024.md")
    with pytest.raises(UnknownWeek) as caught:
        pick_week(weeks, date(2024, 6, 30))
    assert str(caught.value).count("2024-05") == 8
    assert str(caught.value).endswith("2024-05-19, …, 2024-05-01")


def test_it_never_picks_one_of_two_weeks_with_one_start() -> None:
    doubled = read(LIST + section("May 13 - 19", row(1, "Other"), tail=" - 2024"))
    for start in (None, date(2024, 5, 13)):
        with pytest.raises(AmbiguousWeek, match=r"\(May 13 - May 19\).*\(Title 1 …\).*\(May 13 - 19\).*\(Other …\)"):
            pick_week(doubled, start)
    assert pick_week(doubled, date(2024, 5, 6)).entries


def test_it_names_both_tables_under_one_heading() -> None:
    weeks = read(section("May 6 - May 12, 2024", f"{row(1, 'One')}\n{row(2)}\n\n{HEAD}\n{row(1, 'Two')}"))
    with pytest.raises(AmbiguousWeek, match=r"\(One …\).*\(Two …\)"):
        pick_week(weeks)


def test_a_week_without_rows_is_an_error_when_it_is_picked() -> None:
    weeks = read("## Top AI Papers of the Week (May 20 - May 26) - 2024\n\n" + LIST)
    with pytest.raises(EmptyWeek, match="2024-05-20"):
        pick_week(weeks)


def test_no_weeks_at_all_are_an_error() -> None:
    with pytest.raises(NoWeeks):
        pick_week(())
