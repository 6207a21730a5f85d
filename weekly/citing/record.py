"""What a reference says of a paper."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from papers.models import PaperPage
from papers.presenting import paper_url
from weekly.citing.names import Name, parse_name
from weekly.models import WeekEntry

# No reference file has a way to write these.
_UNWRITABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Record:
    """All texts in one line. `key` names the paper within a file, in letters and digits of ASCII and `.-/`."""

    key: str
    title: str
    authors: tuple[Name, ...] = ()
    published: date | None = None
    url: str = ""
    arxiv_id: str = ""
    category: str = ""
    abstract: str = ""
    title_translated: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()

    @property
    def doi(self) -> str:
        """arXiv gives every paper one, https://info.arxiv.org/help/doi.html."""
        return f"10.48550/arXiv.{self.arxiv_id}" if self.arxiv_id else ""


def paper_record(paper: PaperPage, *, abstract: str = "", tags: tuple[str, ...] = ()) -> Record:
    url = paper_url(paper)
    return Record(
        key=_key(paper.arxiv_id or f"paper-{paper.pk}"),
        title=one_line(paper.title),
        authors=tuple(parse_name(one_line(name)) for name in paper.author_list),
        published=paper.published_on,
        url=one_line(url) if url.startswith(_WEB) else "",
        arxiv_id=one_line(paper.arxiv_id or ""),
        category=one_line((paper.categories.split() or [""])[0]),
        abstract=one_line(abstract),
        title_translated=one_line(paper.title_translated),
        language=one_line(paper.source_language),
        tags=tuple(one_line(tag) for tag in tags),
    )


def entry_record(entry: WeekEntry) -> Record:
    """A row of a list whose paper has no public page: its title and its first address are all there is."""
    urls = (link.get("url", "") for link in entry.links)
    url = next((url for url in urls if url.startswith(_WEB)), "")
    return Record(key=f"entry-{entry.pk}", title=one_line(entry.title), url=one_line(url))


def one_line(text: str) -> str:
    return " ".join(_UNWRITABLE.sub(" ", text).split())


def _key(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9./-]", "-", text)
