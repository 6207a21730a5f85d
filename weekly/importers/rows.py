"""Rows such as `| 3) **Title** - text <br>● Head: text | [Paper](url), [Tweet](url) |`, and how they vary."""

from __future__ import annotations

import re

from papers.errors import Notice, gettext_noop
from papers.paper import ArxivId
from weekly.importers.base import Entry, Link
from weekly.importers.markup import BREAK, LINK, link_label, link_url, plain_line, plain_text

NO_LINKS = gettext_noop("The row has no links.")
NO_TITLE = gettext_noop("The row has no title; its address stands in for it.")
LONG_TITLE = gettext_noop("The title is %(length)s characters long; the description may have run into it.")
EMPTY_LINK = gettext_noop("The link “%(label)s” has no address.")
BAD_LINK = gettext_noop("“%(url)s” is not a web address, so this link was left out.")
BESIDE_LINKS = gettext_noop("Among the links stands text that was not understood: %(text)s")
SEVERAL_IDS = gettext_noop("The row links to several papers on arXiv (%(ids)s); %(id)s was taken.")
BAD_ARXIV_LINK = gettext_noop("%(url)s looks like arXiv but holds no arXiv id.")

# The longest genuine title in three years of the list has 134 characters, the shortest swallowed description 154.
MAX_TITLE = 140

_RANK = re.compile(r"\|?\s*(?:(?P<bold>\*{2,4})\s*)?(?P<rank>\d{1,3})\s*\\?[).](?!\d)\s*")
_BOLD_TITLE = re.compile(r"(\*{2,4})(.+?)\1(?!\*)")
_PLAIN_TITLE_END = re.compile(rf"\s{{2,}}|\s-\s|\s?(?=●)|\s?{BREAK.pattern}", re.I)
_AFTER_TITLE = re.compile(r"\s+[-–—:]+\s*|[-–—:]+\s+")
_TITLE_TAIL = re.compile(r"\s*:$|\s+[-–—]$")
_TO_LINKS = re.compile(r"\|[\s,;(\[_]*")
_JUNK = re.compile(r"[\s,;|()_.&·*\[\]-]*|\s*and\s*")
_ARXIV_ADDRESS = re.compile(r"https?://(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)\b", re.I)


def rank_of(row: str) -> int | None:
    """The number that a row begins with, if it does."""
    found = _RANK.match(row.lstrip())
    return int(found["rank"]) if found else None


def read_row(row: str, rank: int) -> Entry | None:
    """The entry of a table row; `rank` stands in where the row has no number. None where it cannot be read."""
    number = rank_of(row)
    text, cell = _cells(_without_rank(row.strip()).removesuffix("|"))
    links, warnings = _read_links(cell)
    title, description = _split_title(text)
    if not title and not links:
        return None
    found, id_warnings = _choose_id(links)
    return Entry(
        rank=rank if number is None else number,
        title=title or (found.id if found else links[0].url),
        description=description,
        links=links,
        arxiv_id=found.id if found else None,
        arxiv_version=found.version if found else None,
        warnings=(*_title_warnings(title), *warnings, *id_warnings),
    )


def _without_rank(row: str) -> str:
    found = _RANK.match(row)
    return (found["bold"] or "") + row[found.end() :] if found else row.removeprefix("|")


def _cells(body: str) -> tuple[str, str]:
    """The text and the links of a row. A `|` parts them only where a link follows, so the text may hold others."""
    links = list(LINK.finditer(body))
    begin = 0
    for link in links:
        for bar in _TO_LINKS.finditer(body, begin, link.start()):
            if bar.end() == link.start():
                return _trimmed(body[: bar.start()]), body[link.start() :]
        begin = link.end()
    start = len(body)
    for link in reversed(links):
        if not _JUNK.fullmatch(body, link.end(), start):
            break
        start = link.start()
    return _trimmed(body[:start]), body[start:]


def _trimmed(text: str) -> str:
    """Without the bars of empty cells behind it; a bar that belongs to the text, as in |r|, stays."""
    text = text.strip()
    words = text.rstrip(" \t|")
    bars = len(text) - len(words) - len(text[len(words) :].lstrip("|"))
    return text[: len(words) + bars] if words else ""


def _split_title(text: str) -> tuple[str, str]:
    """Title and description: bold ends the title, else two spaces, ` - ` or a line break."""
    bold = _BOLD_TITLE.match(text)
    end = None if bold else _PLAIN_TITLE_END.search(text)
    title = bold[2] if bold else text[: end.start()] if end else text
    rest = text[bold.end() :] if bold else text[end.start() :] if end else ""
    dash = _AFTER_TITLE.match(rest)
    description = plain_text(rest[dash.end() :] if dash else rest)
    return _TITLE_TAIL.sub("", plain_line(title.replace("**", ""))), description


def _title_warnings(title: str) -> list[Notice]:
    if not title:
        return [Notice(NO_TITLE)]
    return [Notice(LONG_TITLE, {"length": len(title)})] if len(title) > MAX_TITLE else []


def _read_links(cell: str) -> tuple[tuple[Link, ...], list[Notice]]:
    links: list[Link] = []
    warnings: list[Notice] = []
    for found in LINK.finditer(cell):
        label, url = plain_line(link_label(found)).strip(" ()_,:*") or "Link", link_url(found)
        if not url:
            warnings.append(Notice(EMPTY_LINK, {"label": label}))
        elif not url.lower().startswith(("http://", "https://")):
            warnings.append(Notice(BAD_LINK, {"url": url}))
        else:
            links.append(Link(label, url))
    beside = " ".join(part.strip() for part in _between(cell) if not _JUNK.fullmatch(part))
    if beside:
        warnings.append(Notice(BESIDE_LINKS, {"text": beside}))
    if not links and not warnings:
        warnings.append(Notice(NO_LINKS))
    return tuple(links), warnings


def _between(cell: str) -> list[str]:
    """What stands between and after the links."""
    spans = [found.span() for found in LINK.finditer(cell)]
    starts = [0, *(end for _, end in spans)]
    ends = [*(start for start, _ in spans), len(cell)]
    return [cell[start:end] for start, end in zip(starts, ends, strict=True)]


def _choose_id(links: tuple[Link, ...]) -> tuple[ArxivId | None, list[Notice]]:
    """The first arXiv id among the links, whatever their labels; one that is called Paper comes first."""
    ranked = sorted(links, key=lambda link: not link.label.lower().startswith("paper"))
    found: dict[str, ArxivId] = {}
    for ref in filter(None, (ArxivId.from_url(link.url) for link in ranked)):
        found.setdefault(ref.id, ref)
    refs = list(found.values())
    if not refs:
        odd = [link.url for link in links if _ARXIV_ADDRESS.match(link.url)]
        return None, [Notice(BAD_ARXIV_LINK, {"url": url}) for url in odd]
    if len(refs) > 1:
        return refs[0], [Notice(SEVERAL_IDS, {"ids": ", ".join(ref.id for ref in refs), "id": refs[0].id})]
    return refs[0], []
