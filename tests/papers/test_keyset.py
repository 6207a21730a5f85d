"""Lists that page by keyset."""

from __future__ import annotations

from datetime import date

import pytest

from papers.keyset import BadCursor, Cursor
from papers.models.listed import list_newest
from tests.factories import make_paper


def test_a_cursor_reads_back_what_it_wrote() -> None:
    cursor = Cursor(date(2024, 5, 6), 123)
    assert str(cursor) == "2024-05-06.123"
    assert Cursor.parse(str(cursor)) == cursor


@pytest.mark.parametrize(
    "text",
    ["x", "2024-05-06", "2024-05-06.", "2024-13-01.1", "2024-05-06.-1", "2024-05-06.1 ", "2024-05-06.1\x00"]
    + ["2024-05-06.99999999999999999999", "2024-05-06.１", "０２４-05-06.1", "' OR 1=1 --"],
)
def test_it_refuses_what_is_no_cursor(text: str) -> None:
    with pytest.raises(BadCursor, match="no place in this list"):
        Cursor.parse(text)


def pages_of(size: int) -> list[list[int]]:
    """All pages of the public papers' list, by primary keys."""
    pages, after = [], ""
    while True:
        shown, following = list_newest("ja", after, size)
        pages.append([paper.pk for paper in shown])
        if following is None:
            return pages
        after = str(following)


@pytest.mark.django_db
def test_pages_join_to_the_whole_list_though_days_repeat() -> None:
    days = [date(2024, 5, day) for day in (3, 1, 2, 2, 2)]
    papers = [make_paper(live=True, published_on=day) for day in days]
    expected = [papers[number].pk for number in (0, 4, 3, 2, 1)]
    assert pages_of(2) == [expected[:2], expected[2:4], expected[4:]]


@pytest.mark.django_db
def test_a_list_that_ends_with_its_page_has_no_next_page() -> None:
    papers = [make_paper(live=True) for _ in range(2)]
    assert pages_of(2) == [[papers[1].pk, papers[0].pk]]


@pytest.mark.django_db
def test_an_empty_list_is_one_empty_page() -> None:
    assert pages_of(2) == [[]]


@pytest.mark.django_db
def test_a_paper_that_comes_in_between_moves_no_page() -> None:
    papers = [make_paper(live=True, published_on=date(2024, 5, day)) for day in (1, 2, 3)]
    _shown, following = list_newest("ja", "", 2)
    make_paper(live=True, published_on=date(2024, 5, 4))
    shown, _following = list_newest("ja", str(following), 2)
    assert [paper.pk for paper in shown] == [papers[0].pk]
