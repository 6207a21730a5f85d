"""What arXiv's API answers: a sound Atom feed, a refusal, or nothing that can be used.

An id is unknown only where a sound feed leaves it out; whatever else happens is a reason to ask again later.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree import ElementTree

from papers.errors import SourceError, UnexpectedAnswer, UnknownPaper
from papers.paper import ArxivId
from papers.sources.http import Response

HOST = "arXiv"

_ATOM = "{http://www.w3.org/2005/Atom}"
_TOTAL = "{http://a9.com/-/spec/opensearch/1.1/}totalResults"


class Refused(Exception):
    """The API found a fault in the request; its text has the id as a word where an id is the fault."""

    def names(self, arxiv_id: ArxivId) -> bool:
        return str(arxiv_id) in str(self).split()


@dataclass(frozen=True)
class Feed:
    """What a sound feed says of itself: how many results there are, and whose entries it holds (None: no paper's)."""

    total: int
    ids: tuple[ArxivId | None, ...]

    def why_missing(self, asked: ArxivId, batch: Iterable[ArxivId]) -> SourceError:
        """Why there is no paper for an id. Unknown is only what a feed leaves out that is sound in all else."""
        asked_for = {other.id for other in batch}
        if any(held and held.id == asked.id for held in self.ids):
            return unusable(f"the entry of {asked} has no date or no title")
        if self.total != len(self.ids):
            return unusable(f"{self.total} results promised, {len(self.ids)} sent")
        if any(held is None or held.id not in asked_for for held in self.ids):
            return unusable("another paper's entry was sent")
        return UnknownPaper(id=str(asked))


def unusable(reason: str) -> UnexpectedAnswer:
    return UnexpectedAnswer(host=HOST, reason=reason)


def judge(answer: Response) -> Feed:
    """Raises UnexpectedAnswer for all but a whole feed, Refused where the feed is an error message."""
    if answer.status not in (200, 400):
        raise unusable(f"HTTP {answer.status}")
    root = _parse(answer.content)
    entries = root.findall(f"{_ATOM}entry")
    for entry in entries:
        if "/api/errors" in entry.findtext(f"{_ATOM}id", ""):
            raise Refused(" ".join(entry.findtext(f"{_ATOM}summary", "").split())[:200])
    total = root.findtext(_TOTAL, "").strip()
    if answer.status != 200 or not total.isdecimal():
        raise unusable(f"HTTP {answer.status} with a feed that does not say how many results there are")
    return Feed(int(total), tuple(ArxivId.from_url(entry.findtext(f"{_ATOM}id", "")) for entry in entries))


def _parse(content: bytes) -> ElementTree.Element:
    start = content[:1000].lower()
    if b"<html" in start or b"<!doctype" in start:
        raise unusable("a web page instead of a feed")
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        raise unusable(f"broken XML ({error})") from error
    if root.tag != f"{_ATOM}feed":
        raise unusable("XML that is no Atom feed")
    return root
