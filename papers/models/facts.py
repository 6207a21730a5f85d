"""What a paper's page and its row in a list say alike."""

from __future__ import annotations

from papers.paper import ArxivId


class PaperFacts:
    """A mixin for whatever has a paper's columns."""

    __slots__ = ()
    arxiv_id: str | None
    arxiv_version: int | None
    authors: str

    @property
    def arxiv_ref(self) -> ArxivId | None:
        return ArxivId(self.arxiv_id, self.arxiv_version) if self.arxiv_id else None

    @property
    def author_list(self) -> list[str]:
        return [name for line in self.authors.splitlines() if (name := line.strip())]
