"""arXiv: metadata through the `arxiv` package, PDFs by address.

The package takes a cut feed, a captcha page, an empty page and an entry without a date all for "no results", asks with
no time limit, and hands on whatever entry it was sent. So its requests travel over our own client, each feed is judged
before the package reads it, and each entry is compared with what was asked.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

import arxiv
import requests
from requests.adapters import BaseAdapter

from papers.errors import MalformedArxivId, SourceError, TooLarge
from papers.paper import ArxivId, Paper
from papers.sources.feed import Feed, Refused, judge, unusable
from papers.sources.http import HttpClient
from papers.sources.pacing import Pacer
from papers.sources.pdf import require_pdf
from papers.sources.titles import titles_match

__all__ = ["fetch_papers", "fetch_pdf", "titles_match"]

BATCH = 100
MAX_FEED = 10_000_000  # bytes; a hundred entries with thousands of authors stay far below

_WITHDRAWN = re.compile(
    r"^\W*withdrawn\b"
    r"|\b(?:paper|article|manuscript|preprint|submission)\s+(?:has\s+been|is|was|is\s+being)\s+withdrawn\b"
    r"|\bwithdrawn\s+by\b",
    re.I,
)
_WITHDRAWN_ABSTRACT = re.compile(
    r"\bthis\s+(?:paper|article|manuscript|submission)\s+(?:has\s+been|is|was)\s+withdrawn\b", re.I
)


def fetch_papers(
    ids: Sequence[ArxivId], *, http: HttpClient, api_url: str, pacer: Pacer | None
) -> dict[str, Paper | SourceError]:
    """Metadata for up to a hundred papers a request, under each id as it was asked for.

    A paper's `arxiv_id` has the version that arXiv sent: the newest where none was asked for, or where that was asked
    for does not exist. An id's own error is UnknownPaper (only where a sound feed leaves it out), MalformedArxivId, or
    UnexpectedAnswer, which a later try may mend. Raises SourceError where there was no usable answer at all.
    """
    wanted = list(dict.fromkeys(ids))
    found: dict[str, Paper | SourceError] = {}
    for start in range(0, len(wanted), BATCH):
        found |= _fetch_batch(wanted[start : start + BATCH], http, api_url, pacer)
    return found


def fetch_pdf(arxiv_id: ArxivId, *, http: HttpClient, pdf_url: str, pacer: Pacer | None, max_bytes: int) -> bytes:
    """The PDF of a paper; `{id}` in `pdf_url` becomes the id with its version. Raises SourceError."""
    url = pdf_url.replace("{id}", str(arxiv_id))
    content = http.get(url, max_bytes=max_bytes, pacer=pacer, accept="application/pdf").content
    require_pdf(content, url)
    return content


def _fetch_batch(
    batch: Sequence[ArxivId], http: HttpClient, api_url: str, pacer: Pacer | None
) -> dict[str, Paper | SourceError]:
    if not batch:
        return {}
    try:
        feed, papers = _ask(batch, http, api_url, pacer)
    except Refused as refused:
        malformed = [arxiv_id for arxiv_id in batch if refused.names(arxiv_id)]
        if not malformed:
            raise unusable(str(refused)) from refused
        errors: dict[str, Paper | SourceError] = {str(bad): MalformedArxivId(id=str(bad)) for bad in malformed}
        return errors | _fetch_batch([good for good in batch if good not in malformed], http, api_url, pacer)
    return {str(asked): _choose(asked, papers) or feed.why_missing(asked, batch) for asked in batch}


def _choose(asked: ArxivId, papers: Iterable[Paper]) -> Paper | None:
    """The asked version of this paper, else its newest."""
    versions = {paper.arxiv_id.version: paper for paper in papers if paper.arxiv_id and paper.arxiv_id.id == asked.id}
    newest = max(versions, key=lambda version: version or 0, default=None)
    return versions.get(asked.version) or versions.get(newest)


def _ask(
    batch: Sequence[ArxivId], http: HttpClient, api_url: str, pacer: Pacer | None
) -> tuple[Feed, tuple[Paper, ...]]:
    """One request through the `arxiv` package. Raises Refused and SourceError."""
    transport = _Transport(http, pacer)
    client = arxiv.Client(page_size=BATCH, delay_seconds=0, num_retries=0)
    client.query_url_format = f"{api_url}?{{}}"
    client._session.trust_env = False
    client._session.mount("http://", transport)
    client._session.mount("https://", transport)
    results: list[arxiv.Result] = []
    try:
        for result in client.results(arxiv.Search(id_list=[str(asked) for asked in batch], max_results=BATCH)):
            results.append(result)
    except _SecondPage:
        pass  # up to a hundred ids fit on one page, whatever total the feed claims
    except (arxiv.ArxivError, ValueError) as error:  # ValueError: an entry with an impossible date
        raise unusable(f"{type(error).__name__}: {error}") from error
    finally:
        client._session.close()
    assert transport.feed is not None
    return transport.feed, tuple(paper for result in results if (paper := _paper(result)))


class _SecondPage(Exception):
    """The package asks for more than the one page."""


class _Transport(BaseAdapter):
    """Carries the package's request over our client and lets only a sound feed through."""

    def __init__(self, http: HttpClient, pacer: Pacer | None) -> None:
        super().__init__()
        self.feed: Feed | None = None
        self._http = http
        self._pacer = pacer

    def send(self, request: requests.PreparedRequest, *args: Any, **options: Any) -> requests.Response:
        if self.feed is not None:
            raise _SecondPage
        try:
            answer = self._http.ask(
                request.url or "", max_bytes=MAX_FEED, pacer=self._pacer, accept="application/atom+xml"
            )
        except TooLarge as error:
            raise unusable(str(error)) from error
        self.feed = judge(answer)
        response = requests.Response()
        response.status_code, response.url, response.request = answer.status, answer.url, request
        response.raw = io.BytesIO(answer.content)
        return response

    def close(self) -> None:
        """Nothing is kept open."""


def _paper(result: arxiv.Result) -> Paper | None:
    """The package's result in our own words, or None where it is no paper of arXiv or has no title."""
    arxiv_id, title = ArxivId.from_url(result.entry_id), _one_line(result.title)
    if arxiv_id is None or not title:
        return None
    abstract, comment = _one_line(result.summary), _one_line(result.comment or "")
    return Paper(
        title=title,
        abstract=abstract,
        arxiv_id=arxiv_id,
        authors=tuple(name for author in result.authors if (name := _one_line(author.name))),
        published=result.published.date(),
        updated=result.updated.date(),
        categories=tuple(dict.fromkeys(result.categories)),
        comment=comment,
        withdrawn=bool(_WITHDRAWN.search(comment) or _WITHDRAWN_ABSTRACT.search(abstract)),
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())
