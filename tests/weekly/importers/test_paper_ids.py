"""Ids by hand."""

from __future__ import annotations

from datetime import date

import pytest

from papers.errors import MalformedArxivId
from tests.weekly.importers.lists import told
from weekly.importers.base import Link, Week
from weekly.importers.paper_ids import PaperIdsImporter, monday_of

START = date(2024, 5, 6)


def week_of(text: str) -> Week:
    weeks = PaperIdsImporter(START).weeks(text)
    assert len(weeks) == 1
    return weeks[0]


def ids(text: str) -> list[str | None]:
    return [entry.arxiv_id for entry in week_of(text).entries]


def test_it_makes_a_week_of_seven_days() -> None:
    week = week_of("2405.03548")
    assert (week.start, week.end, week.heading) == (START, date(2024, 5, 12), "arXiv")
    assert week.warnings == ()


def test_an_entry_is_named_by_its_id_until_its_metadata_is_read() -> None:
    entry = week_of("2405.03548v2").entries[0]
    assert (entry.rank, entry.title, entry.arxiv_id, entry.arxiv_version) == (1, "2405.03548", "2405.03548", 2)
    assert entry.links == (Link("Paper", "https://arxiv.org/abs/2405.03548v2"),)


@pytest.mark.parametrize(
    "text",
    [
        "arxiv:2405.03548,hep-th/9901001",
        "arXiv: 2405.03548, arXiv:hep-th/9901001",
        "2405.03548 hep-th/9901001",
        "2405.03548\r\n\r\nhep-th/9901001\n",
        "2405.03548、hep-th/9901001",
        " ,2405.03548;;hep-th/9901001, ",
        "https://arxiv.org/abs/2405.03548 http://www.arxiv.org/pdf/hep-th/9901001.pdf",
    ],
)
def test_ids_may_be_parted_in_any_way(text: str) -> None:
    assert ids(text) == ["2405.03548", "hep-th/9901001"]


def test_the_order_is_the_rank() -> None:
    week = week_of("2405.00003,2405.00001,2405.00002")
    assert [(entry.rank, entry.arxiv_id) for entry in week.entries] == [
        (1, "2405.00003"),
        (2, "2405.00001"),
        (3, "2405.00002"),
    ]


def test_an_id_given_twice_is_taken_once_and_told() -> None:
    week = week_of("2405.00001v1,2405.00002,2405.00001v2")
    assert [entry.arxiv_version for entry in week.entries] == [1, None]
    assert told(week.warnings) == "2405.00001 was given more than once and is taken once."


@pytest.mark.parametrize("bad", ["24050.3548", "foo", "2405.03548v0", "https://example.org/abs/2405.03548"])
def test_a_malformed_id_is_named(bad: str) -> None:
    with pytest.raises(MalformedArxivId) as caught:
        PaperIdsImporter(START).weeks(f"2405.03548,{bad}")
    assert f"“{bad}”" in str(caught.value)


@pytest.mark.parametrize("text", ["", "arxiv:", " , "])
def test_no_id_at_all_is_an_error(text: str) -> None:
    with pytest.raises(MalformedArxivId):
        PaperIdsImporter(START).weeks(text)


def test_the_current_week_begins_on_monday() -> None:
    assert [monday_of(date(2024, 5, day)) for day in (6, 8, 12)] == [START] * 3
    assert monday_of(date(2024, 1, 1)) == date(2024, 1, 1)
