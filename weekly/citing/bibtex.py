"""BibTeX: formulas stay LaTeX, all other text is escaped."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from papers.formulas import Kind, pieces_of
from weekly.citing.names import Name
from weekly.citing.record import Record

_ESCAPED = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "$": r"\$",
        "&": r"\&",
        "#": r"\#",
        "_": r"\_",
        "%": r"\%",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
_IN_ADDRESS = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})
_SMALL = frozenset(["a", "an", "the", "on", "of", "in", "for", "to", "and", "with"])


def bibtex(records: Sequence[Record]) -> str:
    """The records as a file, each under a key of its own such as `vaswani2017attention`."""
    taken: set[str] = set()
    return "\n".join(_entry(record, _free(_key(record), taken)) for record in records)


def _entry(record: Record, key: str) -> str:
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(record) if value)
    return f"@misc{{{key},\n{lines}}}\n"


def _fields(record: Record) -> Iterator[tuple[str, str]]:
    """In braces of its own the title keeps its capitals."""
    yield "title", f"{{{_text(record.title)}}}"
    yield "author", " and ".join(map(_name, record.authors))
    if record.published:
        yield "year", str(record.published.year)
        yield "month", str(record.published.month)
    if record.arxiv_id:
        yield "eprint", record.arxiv_id.translate(_ESCAPED)
        yield "archivePrefix", "arXiv"
        yield "primaryClass", record.category.translate(_ESCAPED)
        yield "doi", record.doi.translate(_IN_ADDRESS)
    yield "url", record.url.translate(_IN_ADDRESS)
    yield "abstract", _text(record.abstract)
    yield "keywords", ", ".join(tag.translate(_ESCAPED) for tag in record.tags)


def _text(text: str) -> str:
    return "".join(
        piece.source if piece.kind != Kind.TEXT and _is_balanced(piece.source) else piece.source.translate(_ESCAPED)
        for piece in pieces_of(text)
    )


def _is_balanced(source: str) -> bool:
    """BibTeX counts braces, those after a backslash as well: one too many would end the field or the file."""
    depth = 0
    for sign in source:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0


def _name(name: Name) -> str:
    """Family, suffix, given: so that BibTeX need not guess; a whole name in braces, so that it cannot."""
    parts = [part.translate(_ESCAPED) for part in (name.family, name.suffix, name.given) if part]
    return f"{{{parts[0]}}}" if name.is_whole else ", ".join(parts)


def _key(record: Record) -> str:
    family = _plain(record.authors[0].family) if record.authors else ""
    words = (word for word in _plain(record.title, " ").split() if word not in _SMALL)
    year = str(record.published.year) if record.published else ""
    return f"{family}{year}{next(words, '')}" if family else f"{_plain(record.key)}{year}"


def _plain(text: str, between: str = "") -> str:
    """Its letters and digits in ASCII, in small letters."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return re.sub(r"[^a-z0-9]+", between, "".join(sign for sign in decomposed if not unicodedata.combining(sign)))


def _free(key: str, taken: set[str]) -> str:
    found, number = key, 2
    while found in taken:
        found, number = f"{key}-{number}", number + 1
    taken.add(found)
    return found
