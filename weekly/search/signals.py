"""What makes the index change: papers that are listed or no more, their tags, and the weeks that show them."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from papers.models import PaperPage, PaperTag, TaggedPaper
from papers.signals import listing_changed
from papers.tagging import tag_merged
from weekly.models import WeekEntry, WeekPage
from weekly.search.documents import page_of, week_mark
from weekly.search.index import get_index
from weekly.search.indexing import BATCH, index_papers
from weekly.search.query import Query

MOST = 1_000  # papers of one week


def on_listing(page_id: int, **kwargs: Any) -> None:
    index_papers([page_id])


@transaction.atomic
def on_paper_deleted(instance: PaperPage, **kwargs: Any) -> None:
    if index := get_index():
        index.drop([instance.pk])


def on_tag(instance: TaggedPaper, origin: Any = None, **kwargs: Any) -> None:
    """A tag was put on a paper, or taken off it; where the whole paper goes, its own signal comes."""
    if origin is None or getattr(origin, "model", type(origin)) in (TaggedPaper, PaperTag):
        index_papers([instance.content_object_id])


def on_merge(page_ids: list[int], **kwargs: Any) -> None:
    """A tag's papers came under another one. There may be thousands: they do not hold up the merge's transaction."""
    for start in range(0, len(page_ids), BATCH):
        transaction.on_commit(partial(index_papers, page_ids[start : start + BATCH]), robust=True)


def on_week(instance: Any, **kwargs: Any) -> None:
    """The papers that a week shows, and those that it showed before."""
    if isinstance(instance, WeekPage):
        index_papers({*_shown_by([instance.pk]), *_found_by([instance.pk])})


def on_subtree(instance: Page, **kwargs: Any) -> None:
    weeks = list(WeekPage.objects.descendant_of(instance, inclusive=True).values_list("pk", flat=True))
    if weeks:
        index_papers({*_shown_by(weeks), *_found_by(weeks)})


def on_restriction(instance: PageViewRestriction, **kwargs: Any) -> None:
    on_subtree(instance.page)


def _shown_by(weeks: list[int]) -> set[int]:
    entries = WeekEntry.objects.filter(week__in=weeks, paper__isnull=False)
    return set(entries.values_list("paper", flat=True))


def _found_by(weeks: list[int]) -> set[int]:
    """The papers that the index has under these weeks."""
    index = get_index()
    groups = [Query(marks=((week_mark(week),),)) for week in weeks] if index else []
    return {page_of(place.key) for query in groups for place in index.find(query, None, MOST)}


def connect() -> None:
    listing_changed.connect(on_listing, dispatch_uid="weekly.search.listed")
    post_delete.connect(on_paper_deleted, sender=PaperPage, dispatch_uid="weekly.search.deleted")
    post_save.connect(on_tag, sender=TaggedPaper, dispatch_uid="weekly.search.tagged")
    post_delete.connect(on_tag, sender=TaggedPaper, dispatch_uid="weekly.search.untagged")
    tag_merged.connect(on_merge, dispatch_uid="weekly.search.merged")
    for number, signal in enumerate((page_published, page_unpublished)):
        signal.connect(on_week, dispatch_uid=f"weekly.search.week.{number}")
    post_delete.connect(on_week, sender=WeekPage, dispatch_uid="weekly.search.week.deleted")
    post_page_move.connect(on_subtree, dispatch_uid="weekly.search.moved")
    for number, signal in enumerate((post_save, post_delete)):
        signal.connect(on_restriction, sender=PageViewRestriction, dispatch_uid=f"weekly.search.restricted.{number}")
