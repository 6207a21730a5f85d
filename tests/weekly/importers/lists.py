"""Small reading lists for the tests, written in the list's own layouts."""

from __future__ import annotations

from weekly.importers.base import Entry, Week
from weekly.importers.reading_list import ReadingListImporter
from weekly.importers.rows import read_row

HEAD = "| **Paper**  | **Links** |\n| ------------- | ------------- |"
LINKS = "[Paper](https://arxiv.org/abs/2401.00001), [Tweet](https://x.com/a/status/1)"


def row(rank: int, title: str = "", links: str = "") -> str:
    links = links or f"[Paper](https://arxiv.org/abs/2401.{rank:05d})"
    return f"| {rank}) **{title or f'Title {rank}'}** - says {rank}. | {links} |"


def rows(count: int, first: int = 1) -> str:
    return "\n".join(row(rank) for rank in range(first, first + count))


def section(days: str, body: str = "", tail: str = "") -> str:
    return f"## Top AI Papers of the Week ({days}){tail}\n{HEAD}\n{body or rows(2)}\n\n"


def read(text: str, name: str = "README.md") -> tuple[Week, ...]:
    return ReadingListImporter().weeks(text, name=name)


def read_one(line: str) -> Entry:
    entry = read_row(line, 1)
    assert entry is not None
    return entry


def starts(text: str, name: str = "README.md") -> list[str]:
    return [week.start.isoformat() for week in read(text, name)]


def told(notices: object) -> str:
    """All messages of an entry's or a week's warnings in one text."""
    assert isinstance(notices, tuple)
    return "\n".join(map(str, notices))
