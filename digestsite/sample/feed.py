"""Atom feeds of the sample notes, element for element as arXiv's API writes them (checked against recorded answers)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from digestsite.sample.notes import NOTICE, Note

ATOM = "http://www.w3.org/2005/Atom"
ARXIV = "http://arxiv.org/schemas/atom"
OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
ET.register_namespace("", ATOM)
ET.register_namespace("arxiv", ARXIV)
ET.register_namespace("opensearch", OPENSEARCH)


def _add(parent: ET.Element, tag: str, text: str | None = None, /, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, attributes)
    element.text = text
    return element


def _stamp(moment: datetime) -> str:
    """The one form in which arXiv writes a time: UTC, whole seconds, Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _entry(feed: ET.Element, note: Note, base: str) -> None:
    """arXiv writes a `http:` address of its own as id, and the reader takes id and version from its end."""
    entry = _add(feed, f"{{{ATOM}}}entry")
    _add(entry, f"{{{ATOM}}}id", f"http://arxiv.org/abs/{note.id}v1")
    _add(entry, f"{{{ATOM}}}title", note.title)
    _add(entry, f"{{{ATOM}}}updated", _stamp(note.updated))
    _add(entry, f"{{{ATOM}}}link", href=f"{base}/abs/{note.id}v1", rel="alternate", type="text/html")
    pdf = f"{base}/pdf/{note.id}v1"
    _add(entry, f"{{{ATOM}}}link", href=pdf, rel="related", type="application/pdf", title="pdf")
    _add(entry, f"{{{ATOM}}}summary", note.abstract)
    for category in note.categories:
        _add(entry, f"{{{ATOM}}}category", term=category, scheme=ARXIV)
    _add(entry, f"{{{ATOM}}}published", _stamp(note.published))
    _add(entry, f"{{{ARXIV}}}comment", NOTICE)
    _add(entry, f"{{{ARXIV}}}primary_category", term=note.categories[0])
    for author in note.authors:
        _add(_add(entry, f"{{{ATOM}}}author"), f"{{{ATOM}}}name", author)


def _head(title: str, base: str, total: int, start: int, size: int) -> ET.Element:
    feed = ET.Element(f"{{{ATOM}}}feed")
    _add(feed, f"{{{ATOM}}}id", f"{base}/api/query")
    _add(feed, f"{{{ATOM}}}title", title)
    _add(feed, f"{{{ATOM}}}updated", _stamp(datetime.now(UTC)))
    _add(feed, f"{{{ATOM}}}link", href=f"{base}/api/query", type="application/atom+xml")
    for name, number in (("itemsPerPage", size), ("totalResults", total), ("startIndex", start)):
        _add(feed, f"{{{OPENSEARCH}}}{name}", str(number))
    return feed


def _bytes(feed: ET.Element) -> bytes:
    return ET.tostring(feed, encoding="UTF-8", xml_declaration=True)


def notes_feed(refs: Sequence[str], notes: Sequence[Note], base: str, *, start: int, size: int) -> bytes:
    """The answer to a query for `refs` that found `notes`; `start` and `size` choose the entries shown.

    A query that found nothing is a well-formed feed with zero results.
    """
    asked = ",".join(refs)
    title = f"arXiv Query: search_query=&id_list={asked}&start={start}&max_results={size}"
    feed = _head(title, base, len(notes), start, size)
    for note in notes[start : start + size]:
        _entry(feed, note, base)
    return _bytes(feed)


def error_feed(message: str, base: str) -> bytes:
    """What arXiv sends with HTTP 400: one entry with the title Error, and the reason as its summary."""
    feed = _head("arXiv Query: error", base, 1, 0, 1)
    entry = _add(feed, f"{{{ATOM}}}entry")
    _add(entry, f"{{{ATOM}}}id", "http://arxiv.org/api/errors")
    _add(entry, f"{{{ATOM}}}title", "Error")
    _add(entry, f"{{{ATOM}}}summary", message)
    return _bytes(feed)
