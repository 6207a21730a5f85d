"""A week's table: which rows belong to it, and what is odd about them together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from papers.errors import Notice, gettext_noop
from weekly.importers.base import Entry
from weekly.importers.rows import rank_of, read_row
from weekly.importers.sections import Row

NO_ROWS = gettext_noop("There are no rows below this heading.")
UNREADABLE_ROW = gettext_noop("A row cannot be read and was left out: %(row)s")
ODD_RANKS = gettext_noop("The rows are not numbered from 1 to %(count)s: %(ranks)s")
SAME_ID = gettext_noop("arXiv %(id)s stands more than once in this week, in the rows %(ranks)s.")


def split_tables(rows: Iterable[Row]) -> list[list[Row]]:
    """Part rows where their numbers begin anew: another week's table that has lost its heading."""
    tables: list[list[Row]] = []
    previous: int | None = None
    numbered = [(row, rank_of(row.text)) for row in rows]
    for index, (row, rank) in enumerate(numbered):
        following = numbered[index + 1][1] if index + 1 < len(numbered) else None
        if not tables or _begins_anew(row, previous, rank, following):
            tables.append([])
            previous = None
        tables[-1].append(row)
        previous = previous if rank is None else rank
    return tables


def _begins_anew(row: Row, previous: int | None, rank: int | None, following: int | None) -> bool:
    """Below a table's head any number that does not go on; else only 1 and 2 after 3 or more, as 1 may mean 10."""
    if previous is None or rank is None:
        return False
    return rank <= previous if row.opens else rank == 1 and following == 2 and previous > 2


def read_table(rows: Iterable[Row]) -> tuple[tuple[Entry, ...], list[Notice]]:
    """The entries of one table, and what an editor should know of the whole; a row that is left out is told."""
    entries: list[Entry] = []
    warnings: list[Notice] = []
    for row in rows:
        entry = read_row(row.text, entries[-1].rank + 1 if entries else 1)
        if entry is None:
            warnings.append(Notice(UNREADABLE_ROW, {"row": _beginning(row.text)}))
        else:
            entries.append(entry)
    if not entries and not warnings:
        warnings.append(Notice(NO_ROWS))
    return _with_same_id(entries), [*warnings, *_odd_ranks([entry.rank for entry in entries])]


def _odd_ranks(ranks: Sequence[int]) -> list[Notice]:
    if list(ranks) == list(range(1, len(ranks) + 1)):
        return []
    return [Notice(ODD_RANKS, {"count": len(ranks), "ranks": ", ".join(map(str, ranks))})]


def _beginning(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:80]}…"


def _with_same_id(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Warn on each row of an id that stands twice; both rows stay."""
    rows: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        rows[entry.arxiv_id or ""].append(str(entry.rank))
    return tuple(_warned(entry, rows[entry.arxiv_id]) if entry.arxiv_id else entry for entry in entries)


def _warned(entry: Entry, ranks: Sequence[str]) -> Entry:
    if len(ranks) == 1:
        return entry
    notice = Notice(SAME_ID, {"id": entry.arxiv_id, "ranks": ", ".join(ranks)})
    return replace(entry, warnings=(*entry.warnings, notice))
