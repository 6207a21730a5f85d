"""Papers that are not on arXiv: a PDF at an address that a reading list gives."""

from __future__ import annotations

from papers.sources.http import HttpClient
from papers.sources.pdf import require_pdf


def fetch_web_pdf(url: str, *, http: HttpClient, max_bytes: int) -> bytes:
    """The PDF at `url`. Raises NotAPdf, with what it looks like instead, and all that HttpClient.get raises."""
    content = http.get(url, max_bytes=max_bytes, accept="application/pdf").content
    require_pdf(content, url)
    return content
