"""A local arXiv: the query API with its Atom feeds, and the PDFs, in the form of the answers recorded in 2026.

    with ArxivServer(Listed("2405.03548", version=2, title="…"), Listed("hep-th/9901001")) as arxiv:
        fetch_papers([…], http=http, api_url=arxiv.api_url, pacer=None)

Script lines come before the papers, as in every stand-in; `feed`, `entry` and `CAPTCHA` make them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.sax.saxutils import escape

from tests.servers.base import Answer, Seen, Server

ATOM = "application/atom+xml; charset=utf-8"
WELL_FORMED = re.compile(r"(\d{4}\.\d{4,5}|[a-z-]+(\.[A-Z]{2})?/\d{7})(v\d+)?")
CAPTCHA = Answer(
    b"<!DOCTYPE html><html><head><title>Are you a robot?</title></head><body><form></form></body></html>",
    content_type="text/html; charset=utf-8",
)


@dataclass(frozen=True)
class Listed:
    """A paper that the stand-in knows. `date=""` leaves the dates out, as broken feeds do."""

    id: str
    version: int = 1
    title: str = "A Paper of Its Own"
    summary: str = "We study what happens."
    authors: tuple[str, ...] = ("Ada Byron", "Emmy Noether")
    date: str = "2024-05-06T15:11:41Z"
    updated: str = ""
    comment: str = ""
    categories: tuple[str, ...] = ("cs.CL",)
    pdf: bytes = b""

    @property
    def ref(self) -> str:
        return f"{self.id}v{self.version}"


def entry(paper: Listed) -> str:
    dates = f"<updated>{paper.updated or paper.date}</updated><published>{paper.date}</published>" if paper.date else ""
    comment = f"<arxiv:comment>{escape(paper.comment)}</arxiv:comment>" if paper.comment else ""
    return (
        f"<entry><id>http://arxiv.org/abs/{paper.ref}</id><title>{escape(paper.title)}</title>{dates}"
        f'<link href="https://arxiv.org/pdf/{paper.ref}" rel="related" type="application/pdf" title="pdf"/>'
        f"<summary>{escape(paper.summary)}</summary>{comment}"
        + "".join(f'<category term="{term}" scheme="http://arxiv.org/schemas/atom"/>' for term in paper.categories)
        + "".join(f"<author><name>{escape(name)}</name></author>" for name in paper.authors)
        + "</entry>"
    )


def feed(*papers: Listed, total: int | None = None, more: str = "") -> bytes:
    """A feed of these papers that claims `total` results; `more` is put in as it is."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" '
        'xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">'
        "<id>https://arxiv.org/api/x</id><title>arXiv Query</title><updated>2026-04-12T22:09:26Z</updated>"
        "<opensearch:itemsPerPage>100</opensearch:itemsPerPage>"
        f"<opensearch:totalResults>{len(papers) if total is None else total}</opensearch:totalResults>"
        f"<opensearch:startIndex>0</opensearch:startIndex>{''.join(map(entry, papers))}{more}</feed>\n"
    ).encode()


def answer(*papers: Listed, total: int | None = None) -> Answer:
    return Answer(feed(*papers, total=total), content_type=ATOM)


def malformed(ref: str) -> Answer:
    name = f"https://arxiv.org/api/errors#incorrect_id_format_for_{ref}"
    error = f"<entry><id>{name}</id><title>Error</title><summary>incorrect id format for {ref}</summary></entry>"
    return Answer(feed(total=1, more=error), status=400, content_type=ATOM)


class ArxivServer(Server):
    """Answers for the papers that it knows; `malformed_ids` are refused even though they look well-formed."""

    def __init__(self, *papers: Listed, malformed_ids: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.papers = papers
        self.malformed_ids = malformed_ids

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/query"

    @property
    def pdf_url(self) -> str:
        return f"{self.url}/pdf/{{id}}"

    @property
    def asked(self) -> list[list[str]]:
        """The ids of each query, in order."""
        return [seen.query["id_list"].split(",") for seen in self.seen if seen.path == "/api/query"]

    def answer(self, seen: Seen) -> Answer:
        if seen.path == "/api/query":
            return self._query(seen.query["id_list"].split(","))
        if seen.path.startswith("/pdf/"):
            return self._pdf(seen.path.removeprefix("/pdf/"))
        return super().answer(seen)

    def _query(self, refs: list[str]) -> Answer:
        for ref in refs:
            if not WELL_FORMED.fullmatch(ref) or ref in self.malformed_ids:
                return malformed(ref)
        return answer(*(paper for ref in refs if (paper := self._find(ref))))

    def _find(self, ref: str) -> Listed | None:
        same = [paper for paper in self.papers if ref in (paper.id, paper.ref)]
        return max(same, key=lambda paper: paper.version, default=None)

    def _pdf(self, ref: str) -> Answer:
        paper = self._find(ref)
        if paper is None or not paper.pdf:
            return Answer(b"<html><title>404</title></html>", status=404, content_type="text/html")
        return Answer(paper.pdf, content_type="application/pdf")
