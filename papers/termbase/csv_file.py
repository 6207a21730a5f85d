"""A glossary as CSV, as spreadsheets write it: comma, semicolon or tab, with or without a byte order mark.

The first line names the columns; only `source` must be there. Forbidden renderings stand in one cell, one a line or
parted by `|`.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence

from papers.errors import Notice, gettext_noop
from papers.termbase.base import Entry, Reading, UnreadableTermbase

COLUMNS = ("source", "kind", "target", "forbidden", "case_sensitive", "language", "note")
DELIMITERS = ",;\t"
# A cell of more lines has a quote that was never closed; it must not swallow the rest of the file.
MAX_LINES = 50
MAX_CELL = 100_000

EMPTY = gettext_noop("it is empty.")
NO_COLUMN = gettext_noop("its first line names no column “source”. The columns are: %(columns)s")
TWICE = gettext_noop("its column “%(column)s” stands there twice.")
UNKNOWN_COLUMN = gettext_noop("The column “%(column)s” is unknown and is left out.")
BROKEN_QUOTES = gettext_noop("The quotes or the size of this row's cells are broken.")
WRONG_COUNT = gettext_noop("The row has %(cells)d cells and not %(columns)d.")

# What a spreadsheet would run as a formula; such a cell is written behind an apostrophe, as spreadsheets do.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


def read(data: bytes, language: str) -> Reading:
    """Read a file; `language` is that of rows which name none. Raises UnreadableTermbase where no columns are named."""
    lines = list(io.StringIO(_decoded(data), newline=""))
    reading = Reading()
    records = _records(lines, _delimiter(lines))
    _line, head = next(((line, row) for line, row in records if row != []), (0, None))
    columns = _columns(head, reading)
    for line, row in records:
        if row is None:
            reading.tell(line, Notice(BROKEN_QUOTES))
        elif any(cell.strip() for cell in row):
            _take(reading, line, row, columns, language)
    return reading


def _take(reading: Reading, line: int, row: list[str], columns: list[str], language: str) -> None:
    if len(row) != len(columns):
        reading.tell(line, Notice(WRONG_COUNT, {"cells": len(row), "columns": len(columns)}))
        return
    cells = {name: _unguarded(cell).strip() for name, cell in zip(columns, row, strict=True) if name}
    forbidden = re.split(r"[\n\r|]", cells.pop("forbidden", ""))
    reading.add(line, {**cells, "language": cells.get("language") or language}, forbidden)


def _decoded(data: bytes) -> str:
    """The text; bytes that are no UTF-8 stay as surrogates, so that only the rows which hold them are lost."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8-sig", "surrogateescape")


def _delimiter(lines: Sequence[str]) -> str:
    head = next((line for line in lines if line.strip()), "")
    return max(DELIMITERS, key=head.count)


def _records(lines: Sequence[str], delimiter: str) -> Iterator[tuple[int, list[str] | None]]:
    """Each row with its first line's number; None for one that is broken, whose next line is a row again."""
    csv.field_size_limit(MAX_CELL)
    at = 0
    while at < len(lines):
        reader = csv.reader(iter(lines[at : at + MAX_LINES]), delimiter=delimiter, strict=True)
        row: list[str] | None = None
        used = 1
        try:
            row = next(reader)
            used = reader.line_num
        except csv.Error:
            pass
        yield at + 1, row
        at += used


def _columns(head: list[str] | None, reading: Reading) -> list[str]:
    """The columns' names, an empty one for those that are unknown."""
    if head is None:
        raise UnreadableTermbase(reason=Notice(EMPTY))
    names = [name.strip().lower().replace(" ", "_") for name in head]
    if "source" not in names:
        raise UnreadableTermbase(reason=Notice(NO_COLUMN, {"columns": ", ".join(COLUMNS)}))
    for name in COLUMNS:
        if names.count(name) > 1:
            raise UnreadableTermbase(reason=Notice(TWICE, {"column": name}))
    for name in names:
        if name not in COLUMNS:
            reading.tell(1, Notice(UNKNOWN_COLUMN, {"column": name[:40]}))
    return [name if name in COLUMNS else "" for name in names]


def write(entries: Sequence[Entry]) -> bytes:
    """The file, with the byte order mark by which spreadsheets know UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([_guarded(cell) for cell in _row(entry)] for entry in entries)
    return out.getvalue().encode("utf-8-sig")


def _row(entry: Entry) -> tuple[str, ...]:
    term = entry.term
    case = "yes" if term.case_sensitive else "no"
    kind = "keep" if term.keep else "translate"
    return (term.source, kind, term.target, "\n".join(term.forbidden), case, entry.language, term.note)


def _guarded(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if _GUARDED.match(cell) else cell
