"""A digest in plain text, as some model pages are, read into subjects: papers with their questions and answers.

Each passage's block is the number of the line on which it begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from papers.checks.base import Item, Kind, Passage, Subject
from papers.paper import Paper

Line = tuple[int, str]

_WEEK = re.compile(r"【(\d{4})-(\d\d)-(\d\d)\s*~\s*(\d{4})-(\d\d)-(\d\d)】")
_DATE = re.compile(r"(\d{4})年(\d\d)月(\d\d)日")


@dataclass
class _Entry:
    title: Line
    authors: tuple[str, ...] = ()
    published: date | None = None
    categories: tuple[str, ...] = ()
    facts: list[int] = field(default_factory=list)
    abstract: list[Line] = field(default_factory=list)
    asked: list[tuple[Line, list[Line]]] = field(default_factory=list)


@dataclass(frozen=True)
class PaperCase:
    """`blocks` maps each line to the block of its passage; lines of facts about the paper have the empty one."""

    subject: Subject
    blocks: dict[int, str]


def read_papers(text: str, language: str = "ja") -> list[PaperCase]:
    """The papers of a page; none where nothing on it looks like one."""
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    starts = [at - 1 for at, (_, line) in enumerate(lines) if line.startswith("著者:")]
    return [_case(_entry(lines[a:b]), _week(text), language) for a, b in pairwise([*starts, len(lines)])]


def _week(text: str) -> tuple[date, date] | None:
    found = _WEEK.search(text)
    if found is None:
        return None
    numbers = list(map(int, found.groups()))
    return date(*numbers[:3]), date(*numbers[3:])


def _entry(lines: Sequence[Line]) -> _Entry:
    entry = _Entry(lines[0])
    entry.facts.append(lines[0][0])
    for number, line in lines[1:]:
        if line.startswith("Q:"):
            entry.asked.append(((number, line[2:].strip()), []))
        elif entry.asked:
            entry.asked[-1][1].append((number, line.removeprefix("A:").strip()))
        elif line == "Q&A:" or (":" in line[:8] and not entry.abstract):
            _fact(entry, number, line)
        else:
            entry.abstract.append((number, line))
    return entry


def _fact(entry: _Entry, number: int, line: str) -> None:
    entry.facts.append(number)
    name, _, value = line.partition(":")
    if name == "著者":
        entry.authors = tuple(value.split(", "))
    elif name == "カテゴリ":
        entry.categories = tuple(value.split(", "))
    elif name == "発行日" and (found := _DATE.search(value)):
        entry.published = date(*map(int, found.groups()))


def _case(entry: _Entry, week: tuple[date, date] | None, language: str) -> PaperCase:
    paper = Paper(entry.title[1], authors=entry.authors, published=entry.published, categories=entry.categories)
    texts = tuple(_passage("abstract_translated", entry.abstract, Kind.PROSE) for _ in entry.abstract[:1])
    items = tuple(
        Item(number, _passage("question", [asked], Kind.QUESTION), _passage("answer", answer or [asked], Kind.ANSWER))
        for number, (asked, answer) in enumerate(entry.asked, start=1)
    )
    return PaperCase(Subject(language, texts, items, paper=paper, week=week), dict(_blocks(entry)))


def _passage(name: str, lines: Sequence[Line], kind: Kind) -> Passage:
    return Passage(name, "\n".join(text for _, text in lines), kind, block=str(lines[0][0]))


def _blocks(entry: _Entry) -> Iterator[tuple[int, str]]:
    yield from ((number, "") for number in entry.facts)
    for lines in [entry.abstract, *([asked] for asked, _ in entry.asked), *(answer for _, answer in entry.asked)]:
        yield from ((number, str(lines[0][0])) for number, _ in lines)
