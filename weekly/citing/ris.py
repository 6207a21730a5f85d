"""RIS: a tag and a value a line, https://en.wikipedia.org/wiki/RIS_(file_format)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from weekly.citing.names import Name
from weekly.citing.record import Record


def ris(records: Sequence[Record]) -> str:
    """The records as a file. Values stand in one line, so that none can begin a tag of its own."""
    return "\r\n".join(_entry(record) for record in records)


def _entry(record: Record) -> str:
    return "".join(f"{tag}  - {value}\r\n" for tag, value in _lines(record) if value or tag == "ER")


def _lines(record: Record) -> Iterator[tuple[str, str]]:
    yield "TY", "UNPB" if record.arxiv_id else "ELEC"
    yield "TI", record.title
    yield "TT", record.title_translated
    for name in record.authors:
        yield "AU", _name(name)
    if record.published:
        yield "PY", str(record.published.year)
        yield "DA", record.published.strftime("%Y/%m/%d")
    if record.arxiv_id:
        yield "PB", "arXiv"
        yield "AN", f"arXiv:{record.arxiv_id}"
        yield "DO", record.doi
    yield "UR", record.url
    yield "AB", record.abstract
    for tag in record.tags:
        yield "KW", tag
    yield "LA", record.language
    yield "ER", ""


def _name(name: Name) -> str:
    """Family, given, suffix. A comma in a group's name would make a person of it."""
    if name.is_whole:
        return " ".join(name.family.replace(",", " ").split())
    return ", ".join(part for part in (name.family, name.given, name.suffix) if part)
