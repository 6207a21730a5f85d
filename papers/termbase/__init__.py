"""Glossaries as files: CSV for spreadsheets, TBX for terminology tools. Good rows are read, broken ones told."""

from __future__ import annotations

from collections.abc import Sequence

from papers.termbase import csv_file, tbx
from papers.termbase.base import Entry, Reading


def read_file(name: str, data: bytes, language: str) -> Reading:
    """Read a glossary file of either kind; `language` is that of rows which name none.

    What begins as XML does is TBX, whatever its name. Raises UnreadableTermbase.
    """
    is_xml = data.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00").startswith(b"<")
    return (
        tbx.read(data, language) if is_xml or name.lower().endswith((".tbx", ".xml")) else csv_file.read(data, language)
    )


def write_file(kind: str, entries: Sequence[Entry]) -> bytes:
    """The entries as a `csv` or a `tbx` file."""
    return {"csv": csv_file.write, "tbx": tbx.write}[kind](entries)
