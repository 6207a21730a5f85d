"""How far a glossary term reaches, told before it is saved: a term that matches everything helps nobody."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from django.db.models import QuerySet, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from wagtail.models import Revision

from papers.glossary import Term
from papers.models import GlossaryTerm, PaperPage

# The newest papers tell enough, and an editor waits for the count: about a second for these many.
LOOKED = 2_000
# A term reaches too far where it occurs in more than this part of the papers, and in more than this many.
WIDE_SHARE, WIDE_COUNT = 0.3, 20
SHORT = 2
ORIGINALS = ("title", "abstract")
TEXTS = ("title_translated", "summary", "abstract_translated", "qa")


@dataclass(frozen=True)
class Reach:
    """Where a term or one of its wrong renderings occurs: in `texts` of `papers`, of the `looked` newest ones.

    `total` counts all papers of the term's language. The questions and answers of a paper are one text.
    """

    term: Term
    texts: int
    papers: int
    looked: int
    total: int

    @property
    def is_wide(self) -> bool:
        """Whether an editor should look twice before all pages are tried."""
        return self.is_short or (self.papers > WIDE_COUNT and self.papers > WIDE_SHARE * self.looked)

    @property
    def is_short(self) -> bool:
        return is_short(self.term)

    @property
    def told(self) -> str:
        """The count in words."""
        if self.looked < self.total:
            said = _(
                "“%(source)s” or one of its wrong renderings occurs in %(papers)d of the newest %(looked)d papers "
                "(texts: %(texts)d). There are %(total)d papers."
            )
        else:
            said = _(
                "“%(source)s” or one of its wrong renderings occurs in %(papers)d of %(total)d papers "
                "(texts: %(texts)d)."
            )
        counts = {"papers": self.papers, "texts": self.texts, "looked": self.looked, "total": self.total}
        told = said % {"source": self.term.source, **counts}
        return f"{told} {_('Something so short matches nearly every text.')}" if self.is_short else told


def is_short(term: Term) -> bool:
    """One or two letters stand in nearly every text; of kanji and kana, one."""
    return any(len(text) <= (SHORT if text.isascii() else 1) for text in (term.source, *term.forbidden))


def reach_of(kept: GlossaryTerm) -> Reach:
    """Counts in the newest drafts of the newest papers, saved term or not; a row at a time is held."""
    term = kept.as_term()
    papers = PaperPage.objects.filter(language=kept.language)
    total = papers.count()
    counts = [count for row in _rows(papers, term) if (count := _occurrences(term, row))]
    return Reach(term, sum(counts), len(counts), min(total, LOOKED), total)


def _rows(papers: QuerySet[PaperPage], term: Term) -> chain[Sequence[str | None]]:
    """The originals of each paper, then the readers' texts where these matter."""
    names = [*ORIGINALS, *(TEXTS if term.forbidden else ())]
    if oldest := papers.order_by("-pk").values_list("pk", flat=True)[LOOKED - 1 : LOOKED].first():
        papers = papers.filter(pk__gte=oldest)
    published = papers.filter(has_unpublished_changes=False).values_list(*(Cast(n, TextField()) for n in names))
    changed = papers.filter(has_unpublished_changes=True).values("latest_revision_id")
    drafts = Revision.objects.filter(pk__in=changed).values_list(*(KT(f"content__{name}") for name in names))
    return chain(published.iterator(chunk_size=100), drafts.iterator(chunk_size=100))


def _occurrences(term: Term, row: Sequence[str | None]) -> int:
    """In how many texts of a paper it occurs."""
    found = sum(bool(term.pattern().search(text or "")) for text in row[: len(ORIGINALS)])
    # Questions and answers come as JSON, in which some databases keep all but ASCII escaped.
    spellings = {one.casefold() for wrong in term.forbidden for one in (wrong, json.dumps(wrong)[1:-1])}
    written = ((text or "").casefold() for text in row[len(ORIGINALS) :])
    return found + sum(any(spelling in text for spelling in spellings) for text in written)
