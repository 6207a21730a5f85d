"""Page texts of a PDF, read in a child process that may die of it (see pdf_reader.py)."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path

from papers.errors import (
    BrokenPdf,
    EncryptedPdf,
    HostilePdf,
    ImageOnlyPdf,
    NotAPdf,
    TooLarge,
    TooManyPages,
    gettext_noop,
)
from papers.paper import PageText
from papers.sources.cleaning import clean_pages
from papers.sources.pdf_child import run_child

READER = Path(__file__).with_name("pdf_reader.py")
_EDGE = 1024  # where readers look for a file's signature and for its end (PDF 1.7, implementation notes 13 and 18)

_SIGNATURES = {
    b"<!doctype html": gettext_noop("a web page"),
    b"<html": gettext_noop("a web page"),
    b"<?xml": gettext_noop("XML"),
    b"%!PS": gettext_noop("PostScript"),
    b"PK\x03\x04": gettext_noop("a ZIP archive"),
    b"\x1f\x8b": gettext_noop("a gzip archive"),
    b"\x89PNG": gettext_noop("a picture"),
    b"\xff\xd8\xff": gettext_noop("a picture"),
}


@dataclass(frozen=True, slots=True)
class _Limits:
    seconds: float
    megabytes: int
    pages: int
    characters: int

    def arguments(self) -> list[str]:
        """As the reader's command line takes them."""
        return [str(math.ceil(self.seconds)), str(self.megabytes), str(self.pages), str(self.characters)]


def extract_pages(
    data: bytes,
    *,
    max_pages: int,
    max_characters: int = 4_000_000,
    url: str = "–",
    timeout: float = 30,
    memory_mb: int = 512,
) -> tuple[PageText, ...]:
    """The text of every page, cleaned (see cleaning.py), an empty one for a page without text.

    A page of a paper has about 4,000 characters. `url` is where the bytes come from, for messages; `timeout` is in
    seconds. Raises NotAPdf, BrokenPdf, EncryptedPdf,
    ImageOnlyPdf, TooManyPages, TooLarge (too much text) and HostilePdf. Safe under threads.
    """
    require_pdf(data, url)
    if b"%%EOF" not in data[-_EDGE:]:
        raise BrokenPdf  # PDFium would mend it silently and leave pages out
    pages = clean_pages(_read(data, _Limits(timeout, memory_mb, max_pages, max_characters)))
    if not any(character.isalnum() for page in pages for character in page.text):
        raise ImageOnlyPdf
    return pages


def require_pdf(data: bytes, url: str) -> None:
    """Raises NotAPdf, and says what the bytes from `url` look like instead."""
    if b"%PDF-" not in data[:_EDGE]:
        raise NotAPdf(url=url, found=_looks_like(data))


def _looks_like(data: bytes) -> str:
    start = data[:_EDGE].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        return gettext_noop("an empty file")
    for signature, name in _SIGNATURES.items():
        if start.lower().startswith(signature.lower()):
            return name
    if b"<html" in start.lower():
        return gettext_noop("a web page")
    return gettext_noop("unknown data") if b"\0" in start else gettext_noop("plain text")


def _read(data: bytes, limits: _Limits) -> list[str]:
    return _pages(run_child(READER, data, limits.arguments(), seconds=limits.seconds), limits)


def _pages(result: bytes, limits: _Limits) -> list[str]:
    try:
        answer = json.loads(result)
        errors = {
            None: None,
            "broken": BrokenPdf(),
            "encrypted": EncryptedPdf(),
            "pages": TooManyPages(limit=limits.pages),
            "text": TooLarge(limit=f"{limits.characters:,} characters"),
        }
        error, pages = errors[answer.get("error")], answer.get("pages", [])
    except (ValueError, KeyError, AttributeError, RecursionError) as failure:
        raise HostilePdf(reason="the reader gave no usable answer") from failure
    if error:
        raise error
    return pages
