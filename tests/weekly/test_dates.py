"""Spans of days as readers see them."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from django.utils.translation import override

from weekly.templatetags.dates import with_days, words_of

FIRST, LAST, NEXT_YEAR = date(2024, 5, 6), date(2024, 5, 12), date(2025, 1, 1)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ja", ("2024年5月6日", "5月12日")),
        ("ko", ("2024년 5월 6일", "5월 12일")),
        ("en", ("May 6", "May 12, 2024")),
        ("de", ("6. Mai", "12. Mai 2024")),
    ],
)
def test_a_year_is_said_once_where_the_language_puts_it(language: str, words: tuple[str, str]) -> None:
    with override(language):
        assert words_of(FIRST, LAST) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Nov. 9", "Nov. 15, 2026")),
        ("en-gb", ("9 Nov", "15 Nov 2026")),
        ("de", ("9. November", "15. November 2026")),
        ("es", ("9 de noviembre", "15 de noviembre de 2026")),
        ("ja", ("2026年11月9日", "11月15日")),
    ],
)
def test_both_days_are_spelt_alike(language: str, words: tuple[str, str]) -> None:
    with override(language):
        assert words_of(date(2026, 11, 9), date(2026, 11, 15)) == words


def test_a_span_over_new_year_names_both_years() -> None:
    with override("ja"):
        assert words_of(FIRST, NEXT_YEAR) == ("2024年5月6日", "2025年1月1日")


def test_the_days_in_a_weeks_title_are_marked_and_all_else_stays() -> None:
    with override("ja"):
        told = with_days("<b>論文: 2024年5月6日〜2024年5月12日", SimpleNamespace(start=FIRST, end=LAST))
    first, last = (f'<time datetime="2024-05-{day}">2024年5月{int(day)}日</time>' for day in ("06", "12"))
    assert told == f"&lt;b&gt;論文: {first}〜{last}"


def test_a_title_of_the_editors_own_stays_as_it_is() -> None:
    assert with_days("Week 19", SimpleNamespace(start=FIRST, end=LAST)) == "Week 19"
