"""Keeps the index in step with the public papers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import F

from papers.models import PaperPage, TaggedPaper
from weekly.models import WeekEntry, WeekPage
from weekly.search.base import Index
from weekly.search.documents import Document, document_of
from weekly.search.index import get_index

BATCH = 200


@transaction.atomic
def index_papers(page_ids: Iterable[int]) -> None:
    """Index what is public of these papers and forget the rest; what has not changed is left alone."""
    index, ids = get_index(), set(page_ids)
    if index is None or not ids:
        return
    documents, known = documents_of(ids), index.versions(ids)
    gone = known.keys() - documents.keys()
    changed = {pk: document for pk, document in documents.items() if known.get(pk) != document.version}
    if gone:
        index.drop(gone)
    if changed:
        index.put(changed)


def documents_of(page_ids: Iterable[int]) -> dict[int, Document]:
    """The documents of the public ones among these papers, in three queries."""
    pages = PaperPage.objects.live().filter(listed=True, pk__in=page_ids)
    tags = _grouped(TaggedPaper.objects.filter(content_object__in=page_ids).values_list("content_object", "tag"))
    weeks = _grouped(_shown(page_ids))
    return {page.pk: document_of(page, tags[page.pk], weeks[page.pk]) for page in pages}


def _shown(page_ids: Iterable[int]) -> Iterable[tuple[int, int]]:
    entries = WeekEntry.objects.filter(chosen=True, paper__in=page_ids, week__in=WeekPage.objects.newest().order_by())
    return entries.values_list(F("paper"), F("week"))


def _grouped(pairs: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for one, other in pairs:
        found[one].append(other)
    return found


def rebuild(index: Index) -> Iterator[int]:
    """Index everything anew, and tell how many papers each batch had. Readers find more and more meanwhile."""
    with transaction.atomic():
        index.clear()
    listed = PaperPage.objects.live().filter(listed=True).order_by("sort_date", "pk")
    ids = list(listed.values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        index_papers(batch)
        yield len(batch)
    index.tidy()
