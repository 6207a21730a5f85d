"""The part of a paper that a model reads: prose in page tags, without what would only cost tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from papers.page_text import without_reference_marks, without_running_heads
from papers.paper import PageText, Paper

# About 60,000 tokens of English at 4.1 characters a token: more does not fit beside the reply on many servers.
MOST_CHARACTERS = 240_000
# A list of contents names “References” early: a heading before this share of the text ends nothing.
_BODY_SHARE = 0.25
# Where less than this share would be left, the headings were misread, and everything is kept.
_LEAST_SHARE = 0.2

_NUMBER = r"\s*(?:(?:\d+|[A-Z]|[IVX]+)(?:\.\d+)*[.:]?\s+)?"
_BACK_MATTER = re.compile(
    _NUMBER + r"(?:references(?: and notes)?|bibliography|literature cited|works cited|appendix\b.{0,60}|appendices"
    r"|supplementary (?:materials?|information)|acknowledge?ments?|neurips paper checklist)\s*:?\s*",
    re.IGNORECASE,
)
# Journals such as Nature print these after the references.
_BODY_AGAIN = re.compile(r"\s*(?:\d+\.?\s+)?(?:online |materials and )?methods\s*:?\s*", re.IGNORECASE)
_ABSTRACT_HEADING = re.compile(r"^\s*abstract\b[\s.:—-]*", re.IGNORECASE | re.MULTILINE)
_OPENING_WORDS = 5
_TAG = re.compile(
    r"[<＜](?=\s*/?\s*(?:page|title|abstract|paper|entry|present|system|user|assistant)\b)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class MainText:
    """`pages` as they are sent. `cut` is the last page that still came in, where the end had to be left out."""

    pages: tuple[PageText, ...]
    cut: int | None = None

    def tagged(self) -> str:
        return "\n".join(f'<page n="{page.number}">\n{escape(page.text)}\n</page>' for page in self.pages)


def escape(text: str) -> str:
    """Make what looks like one of our own tags inside a paper's text harmless; all else stays as it is."""
    return _TAG.sub("‹", text)


def main_text(paper: Paper, limit: int = MOST_CHARACTERS) -> MainText:
    """Leave out running heads, author block, reference marks, references, appendix; then what passes the limit."""
    pages = without_reference_marks(without_running_heads(paper.pages))
    body = _without_back_matter(_without_authors(pages, paper.abstract))
    return _bounded([replace(page, text=page.text.strip()) for page in body if page.text.strip()], limit)


def _bounded(pages: Sequence[PageText], limit: int) -> MainText:
    kept: list[PageText] = []
    for page in pages:
        room = limit - sum(len(other.text) for other in kept)
        if len(page.text) > room:
            kept += [] if kept else [replace(page, text=page.text[:room])]
            return MainText(tuple(kept), cut=kept[-1].number)
        kept.append(page)
    return MainText(tuple(kept))


def _without_authors(pages: Sequence[PageText], abstract: str) -> list[PageText]:
    """Title and authors stand before the abstract on the first page; we know them from elsewhere."""
    if not pages:
        return []
    start = _abstract_start(pages[0].text, abstract)
    return [replace(pages[0], text=pages[0].text[start:]), *pages[1:]]


def _abstract_start(text: str, abstract: str) -> int:
    heading = _ABSTRACT_HEADING.search(text)
    if heading is not None:
        return heading.start()
    opening = [re.escape(word) for word in abstract.split()[:_OPENING_WORDS]]
    found = re.search(r"\s+".join(opening), text) if opening else None
    return found.start() if found else 0


def _without_back_matter(pages: Sequence[PageText]) -> list[PageText]:
    whole = sum(len(page.text) for page in pages)
    body = _body(pages, whole * _BODY_SHARE)
    kept = sum(len(page.text) for page in body)
    return body if kept >= whole * _LEAST_SHARE else list(pages)


def _body(pages: Sequence[PageText], front: float) -> list[PageText]:
    """Walk the lines: a heading of the back matter switches them off, one of the body on again."""
    state = _Walk(front)
    return [replace(page, text="\n".join(state.kept(page.text.splitlines()))) for page in pages]


class _Walk:
    def __init__(self, front: float) -> None:
        self._front, self._passed, self._on = front, 0, True

    def kept(self, lines: Sequence[str]) -> Iterator[str]:
        for line in lines:
            self._passed += len(line) + 1
            if self._passed > self._front and _BACK_MATTER.fullmatch(line):
                self._on = False
            elif _BODY_AGAIN.fullmatch(line):
                self._on = True
            if self._on:
                yield line
