"""What every importer gives: weeks of entries, as the list has them. No Django, no network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from papers.errors import Notice


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. `arxiv_id` is bare, `arxiv_version` apart from it; both None where the row has no arXiv link."""

    rank: int
    title: str
    description: str = ""
    links: tuple[Link, ...] = ()
    arxiv_id: str | None = None
    arxiv_version: int | None = None
    warnings: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Week:
    """The week from `start` to `end`, both included, under its `heading` in the list."""

    start: date
    end: date
    heading: str
    entries: tuple[Entry, ...]
    warnings: tuple[Notice, ...] = ()


class Importer(Protocol):
    """One per source. `name` is shown to editors; `key` is part of a week's identity."""

    key: str
    name: str

    def weeks(self, text: str, *, name: str) -> tuple[Week, ...]:
        """Read a whole list. `name` is its file name or address, which may tell the year. Raises ListError."""
        ...
