"""A paper as the core knows it: frozen, without Django."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from papers.errors import MalformedArxivId

# New ids since 2007-04: YYMM.NNNN(N). Old ids: archive(.SC)/YYMMNNN. https://info.arxiv.org/help/arxiv_identifier.html
_ARXIV_ID = re.compile(
    r"(?P<id>\d{4}\.\d{4,5}|[a-z]+(?:-[a-z]+)*(?:\.[A-Z]{2})?/\d{7})(?:v(?P<version>[1-9]\d*))?", re.ASCII
)
_ARXIV_URL = re.compile(
    r"https?://(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/(?P<ref>[^?#\s]+?)(?:\.pdf)?/?(?:[?#].*)?", re.I
)


@dataclass(frozen=True, slots=True)
class ArxivId:
    """The identity of a paper on arXiv. The version is kept, but two versions are one paper."""

    id: str
    version: int | None = None

    @classmethod
    def parse(cls, text: str) -> ArxivId:
        """Read `2405.03548`, `2405.03548v2`, `hep-th/9901001`, `arXiv:…` or an abs/pdf address.

        Raises MalformedArxivId.
        """
        found = _ARXIV_URL.fullmatch(text.strip())
        ref = found["ref"] if found else re.sub(r"^arxiv:\s*", "", text.strip(), flags=re.I)
        match = _ARXIV_ID.fullmatch(ref)
        if match is None:
            raise MalformedArxivId(id=text)
        return cls(match["id"], int(match["version"]) if match["version"] else None)

    @classmethod
    def from_url(cls, url: str) -> ArxivId | None:
        """The id in an arXiv address, or None where the address is not one of arXiv's papers."""
        if _ARXIV_URL.fullmatch(url.strip()) is None:
            return None
        try:
            return cls.parse(url)
        except MalformedArxivId:
            return None

    def __str__(self) -> str:
        return f"{self.id}v{self.version}" if self.version else self.id


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of one PDF page; `number` counts from 1 as readers see it in a viewer."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Paper:
    """What a source tells of a paper. `pages` is empty where only metadata could be read."""

    title: str
    abstract: str = ""
    arxiv_id: ArxivId | None = None
    authors: tuple[str, ...] = ()
    published: date | None = None
    updated: date | None = None
    categories: tuple[str, ...] = ()
    comment: str = ""
    withdrawn: bool = False
    pages: tuple[PageText, ...] = ()
    language: str = "en"
