"""The real lists, counted by cruder means than the importer's."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from weekly.importers.base import Entry, Week
from weekly.importers.reading_list import ReadingListImporter

YEARS = [("new-layout-2023.md", 52), ("new-layout-2026.md", 25), ("old-layout-excerpt.md", 5)]
every_list = pytest.mark.parametrize(("name", "count"), YEARS)


def text_of(folder: Path, name: str) -> str:
    return (folder / "reading-lists" / name).read_text(encoding="utf-8")


def weeks_of(folder: Path, name: str) -> tuple[Week, ...]:
    return ReadingListImporter().weeks(text_of(folder, name), name=name)


def raw_rows(text: str) -> list[list[str]]:
    """For each part below a `## Top`, its lines that begin with a bar and a digit."""
    parts = text.split("\n## Top ")[1:]
    return [[line for line in part.split("\n") if line.lstrip("| ")[:1].isdigit()] for part in parts]


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.replace("_", " ")))


def all_words(entry: Entry) -> Counter[str]:
    return words(" ".join([str(entry.rank), entry.title, entry.description, *(link.label for link in entry.links)]))


@every_list
def test_no_row_is_lost(shared_data: Path, name: str, count: int) -> None:
    counted = [len(part) for part in raw_rows(text_of(shared_data, name))]
    assert [len(week.entries) for week in weeks_of(shared_data, name)] == counted
    assert counted == [10] * count


@every_list
def test_no_word_of_a_row_is_lost(shared_data: Path, name: str, count: int) -> None:
    raw = [line for part in raw_rows(text_of(shared_data, name)) for line in part]
    entries = [entry for week in weeks_of(shared_data, name) for entry in week.entries]
    for line, entry in zip(raw, entries, strict=True):
        bare = re.sub(r"\[\w+\]\(\)|\(https?://[^\s)]+|<br>", " ", line)
        assert words(bare) == all_words(entry)


@every_list
def test_no_arxiv_id_is_lost(shared_data: Path, name: str, count: int) -> None:
    raw = [line for part in raw_rows(text_of(shared_data, name)) for line in part]
    ids = [re.findall(r"arxiv\.org/\w+/([0-9.]+[0-9])", line) for line in raw]
    entries = [entry for week in weeks_of(shared_data, name) for entry in week.entries]
    assert [found[0] if found else None for found in ids] == [entry.arxiv_id for entry in entries]


@every_list
def test_weeks_follow_each_other_and_ranks_run_to_ten(shared_data: Path, name: str, count: int) -> None:
    weeks = weeks_of(shared_data, name)
    assert all(newer.start > older.start for newer, older in zip(weeks, weeks[1:], strict=False))
    assert all([entry.rank for entry in week.entries] == list(range(1, 11)) for week in weeks)


@every_list
def test_titles_and_texts_are_plain(shared_data: Path, name: str, count: int) -> None:
    for week in weeks_of(shared_data, name):
        for entry in week.entries:
            assert 0 < len(entry.title) <= 140
            assert not re.search(r"\*\*|<br|\]\(|  |^[-–:]|\|", f"{entry.title}\n{entry.description}", re.M)


@every_list
def test_only_known_faults_are_warned_of(shared_data: Path, name: str, count: int) -> None:
    weeks = weeks_of(shared_data, name)
    told = [str(notice) for week in weeks for entry in week.entries for notice in entry.warnings]
    assert told == (["The link “Tweet” has no address."] * 3 if "2026" in name else [])
    assert not any(week.warnings for week in weeks)


def test_years_come_from_the_page_and_from_the_order(shared_data: Path) -> None:
    ends = {week.end.year for week in weeks_of(shared_data, "new-layout-2023.md")}
    old = [week.start.isoformat() for week in weeks_of(shared_data, "old-layout-excerpt.md")]
    assert ends == {2023}
    assert old == ["2025-06-16", "2024-05-06", "2024-03-11", "2023-05-29", "2023-01-01"]


@pytest.mark.parametrize(
    ("start", "ids"),
    [
        (
            "2023-05-29",
            "2305.20050 2305.19466 2305.17100 2306.00323 2305.17333 2306.00107 2306.00238 2305.18290 2306.00739 2306.00029",
        ),
        (
            "2024-03-11",
            "- 2403.05313 2403.09629 2403.08319 2403.06634 2403.07816 2403.03230 - 2403.05440 2403.09611",
        ),
        (
            "2024-05-06",
            "- 2405.04517 2405.04434 2405.03553 - 2403.00835 2405.02803 2405.03520 2405.03548 2405.04324",
        ),
    ],
)
def test_the_weeks_of_the_model_pages_are_whole(shared_data: Path, start: str, ids: str) -> None:
    weeks = {week.start.isoformat(): week for week in weeks_of(shared_data, "old-layout-excerpt.md")}
    assert [entry.arxiv_id or "-" for entry in weeks[start].entries] == ids.split()
