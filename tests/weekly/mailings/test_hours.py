"""The hour of sending is the site's own, and leaves editors some notice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from weekly.mailings.checking import check_hour
from weekly.mailings.hours import next_hour, sending_hour


def at(hour: int, minute: int = 0, day: int = 6) -> datetime:
    return datetime(2024, 5, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (at(3), at(8)),
        (at(7, 45), at(8)),
        (at(7, 46), at(8, day=7)),
        (at(8), at(8, day=7)),
        (at(23, 59), at(8, day=7)),
    ],
)
def test_mail_is_due_at_the_next_hour_that_leaves_some_notice(now: datetime, due: datetime) -> None:
    assert next_hour(now) == due


def test_the_hour_is_that_of_the_sites_own_clock(settings: Any, digest: Callable[..., None]) -> None:
    settings.TIME_ZONE = "Asia/Tokyo"
    digest(MAIL_HOUR=7)
    assert sending_hour(date(2024, 5, 7)) == at(22)
    assert next_hour(at(21)) == at(22)


@pytest.mark.parametrize("day", [date(2024, 3, 31), date(2024, 10, 27)])
def test_on_a_day_on_which_clocks_change_there_is_one_hour(
    settings: Any, digest: Callable[..., None], day: date
) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    digest(MAIL_HOUR=2)
    assert sending_hour(day).astimezone(UTC).date() == day


@pytest.mark.parametrize("hour", [-1, 24, 8.5, "8", None])
def test_an_hour_that_is_none_is_told_at_start(digest: Callable[..., None], hour: Any) -> None:
    digest(MAIL_HOUR=hour)
    assert [problem.id for problem in check_hour()] == ["weekly.E030"]


def test_a_good_hour_is_no_problem() -> None:
    assert check_hour() == []
