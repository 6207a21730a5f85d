"""A reported passage as an editor needs it: what stands now, what the reader saw, and what it was made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from papers.admin.evidence import link_of
from papers.admin.evidence_text import Segment, gather
from papers.checks.sentences import sentences
from papers.models import PaperPage
from papers.models.reviewed import path_of
from papers.places import QA_PARTS, block_of, place_label, read_place

AROUND = 240  # characters of the paper shown before and behind a quote

Span = tuple[int, int]


@dataclass(frozen=True)
class Quoted:
    """A citation of an answer with the words around it in the paper."""

    quote: str
    page: int | None
    verified: bool
    near: bool
    segments: Sequence[Segment]
    link: str


@dataclass(frozen=True)
class Passage:
    """A place of the version that is live. `text` is None where its block is gone, or the page has no such place."""

    page: Any
    place: str
    text: str | None

    @property
    def label(self) -> str:
        return label_of(place_label(self.page, self.place), self.place)

    @property
    def language(self) -> str:
        return self.page.locale.language_code

    @property
    def source_language(self) -> str:
        return getattr(self.page, "source_language", "en")

    @property
    def edit_url(self) -> str:
        address = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        block = block_of(self.place)
        path = f"qa.{block}" if block else self.place
        return f"{address}#:w:contentpath={path}" if path else address

    def marked(self, spans: Iterable[Span]) -> list[Segment]:
        """The text with the readers' quotes marked."""
        return marked(self.text or "", spans)

    def source(self, spans: Sequence[Span] = ()) -> list[Segment]:
        """What the text was made from, with the sentences marked that answer to the readers' quotes."""
        source = source_of(self.page, self.place)
        return marked(source, _same_sentences(self.text or "", source, spans))

    def evidence(self) -> list[Quoted]:
        """An answer's quotes, each as it stands in the paper; one query."""
        block_id = block_of(self.place)
        if not (block_id and isinstance(self.page, PaperPage)):
            return []
        value = next((block.value for block in self.page.qa if block.id == block_id), None)
        cited = [one for one in value["citations"] if (one["quote"] or "").strip()] if value else []
        pages = self.page.page_texts() if cited else ()
        return [_quoted(self.page, pages, one["quote"], one["page"]) for one in cited]


def label_of(label: str, place: str) -> str:
    """A place's label; what is left to say of one whose block is gone, which has only its path for a label."""
    part = place.rpartition(".")[2]
    if label != place or part not in QA_PARTS:
        return label
    return _("%(part)s of a question that is gone") % {"part": QA_PARTS[part]}


def passage_of(page: Any, place: str) -> Passage:
    return Passage(page, place, read_place(page, place) if place else None)


def source_of(page: Any, place: str) -> str:
    """The text that a place renders or draws on; empty where there is none at hand."""
    return next((one.source for one in page.passages() if path_of(one.block, one.field) == place), "")


def marked(text: str, spans: Iterable[Span]) -> list[Segment]:
    """A text in pieces; spans that meet or overlap are one."""
    pieces, at = [], 0
    for start, end in _merged(spans):
        pieces += [Segment(text[at:start]), Segment(text[start:end], marked=True)]
        at = end
    return [piece for piece in [*pieces, Segment(text[at:])] if piece.text]


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif end > start:
            merged.append((start, end))
    return merged


def _same_sentences(text: str, source: str, spans: Sequence[Span]) -> Iterator[Span]:
    """The source's sentences that stand where the marked ones stand; none where the two differ in their number."""
    ours, theirs = sentences(text), sentences(source)
    if len(ours) != len(theirs):
        return
    for mine, their in zip(ours, theirs, strict=True):
        if any(start < mine.end and mine.start < end for start, end in spans):
            yield their.span


def _quoted(page: PaperPage, pages: Any, quote: str, cited: int | None) -> Quoted:
    found = gather(pages, quote, cited)
    segments = list(_clipped(found.segments)) if any(piece.marked for piece in found.segments) else []
    link = f"{link_of(page)}#page={found.shown}" if page.source_key else ""
    return Quoted(quote, found.found or cited, found.verified, found.near, segments, link)


def _clipped(segments: Sequence[Segment]) -> Iterator[Segment]:
    """The marked piece with a few lines around it."""
    at = next(number for number, piece in enumerate(segments) if piece.marked)
    for number, piece in enumerate(segments):
        if piece.marked or len(piece.text) <= AROUND:
            yield piece
        elif number < at:
            yield Segment("… " + piece.text[-AROUND:])
        else:
            yield Segment(piece.text[:AROUND] + " …")
