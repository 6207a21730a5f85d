"""What an editor sees of a page beside a quote: its text in pieces, the quote marked, its sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from papers.checks.passages import nearest_passage
from papers.drafting.sentences import prose
from papers.page_text import without_running_heads
from papers.paper import PageText
from papers.quote_places import quote_spans
from papers.quotes import Found, QuoteIndex, is_evidence
from papers.quoting import is_verified


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a page's text; all pieces together are the text."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """`found` is the page on which the quote stands, or None; `verified` says that it stands where it claims to.

    `shown` is the page that `segments` and `sentences` are of; `near` says that what is marked is only like the quote.
    `place` is where the marked text starts and ends in the page's text.
    """

    verified: bool
    found: int | None
    near: bool
    shown: int
    pages: tuple[int, ...]
    place: tuple[int, int]
    segments: tuple[Segment, ...]
    sentences: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def gather(pages: Sequence[PageText], quote: str, cited: int | None, show: int | None = None) -> Evidence:
    """The evidence for a quote that cites a page, on the page `show` or else where the quote stands or nearly does."""
    found = QuoteIndex(pages).find(quote, cited)
    marked, page = _to_mark(pages, quote, cited, found)
    shown = _existing(pages, show or page or cited or 1)
    text = next((one.text for one in pages if one.number == shown), "")
    spans = quote_spans(marked, pages, page) if page else ()
    place = next(((span.start, span.end) for span in spans if span.page == shown), (0, 0))
    return Evidence(
        verified=is_verified(found),
        found=found.page if found else None,
        near=found is None and place != (0, 0),
        shown=shown,
        pages=tuple(one.number for one in pages),
        place=place,
        segments=tuple(_segments(text, *place)),
        sentences=tuple(_sentences(pages, shown)),
    )


def _to_mark(pages: Sequence[PageText], quote: str, cited: int | None, found: Found | None) -> tuple[str, int | None]:
    """The words to mark and their page: the quote, or the passage that is most like it."""
    if found:
        return quote, found.page
    near = nearest_passage(quote, pages, cited) if is_evidence(quote) else None
    return (near.text, near.page) if near else ("", None)


def _existing(pages: Sequence[PageText], number: int) -> int:
    """The page itself, or the nearest that there is. Where no page could be read, the number is all there is."""
    return min((one.number for one in pages), key=lambda other: abs(other - number), default=number)


def _segments(text: str, start: int, end: int) -> Iterator[Segment]:
    for piece, marked in ((text[:start], False), (text[start:end], True), (text[end:], False)):
        if piece:
            yield Segment(piece, marked)


def _sentences(pages: Sequence[PageText], number: int) -> list[str]:
    """Each once, in order, without running heads in between."""
    page = next((one for one in without_running_heads(pages) if one.number == number), None)
    return list(dict.fromkeys(prose(page.text))) if page else []
