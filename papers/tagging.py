"""Merging tags: one becomes a synonym of another, and the papers of the one come under the other."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.dispatch import Signal

from papers.models import PaperPage, PaperTag, TagCount, TaggedPaper

# The papers of a tag came under another one. Arguments: `source` and `target`, the two tags, and `page_ids` of all
# papers that carried the first. Sent within the transaction; rows are written in bulk, so no other signal tells of it.
tag_merged = Signal()


def merge_tag(source: PaperTag, target: PaperTag) -> int:
    """Make a tag and its synonyms synonyms of another one; returns how many papers carried it.

    A target that is itself a synonym stands for what it means. Drafts and older revisions keep the name until they are
    published: see `settle`. Raises ValidationError for a tag that would mean itself.
    """
    with transaction.atomic():
        keys = [source.pk, target.meaning.pk]
        rows = {tag.pk: tag for tag in PaperTag.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
        source, target = (rows[key] for key in keys)
        source.merged_into = target
        source.clean()
        for synonym in [source, *source.synonyms.all()]:
            synonym.merged_into = target.meaning
            synonym.save()
        return _move_papers(source, target.meaning)


def _move_papers(source: PaperTag, target: PaperTag) -> int:
    carried = TaggedPaper.objects.filter(tag=source)
    page_ids = list(carried.values_list("content_object_id", flat=True))
    languages = set(carried.filter(live=True).values_list("language", flat=True))
    _hand_over(carried, target)
    TagCount.recount((tag.pk, language) for tag in (source, target) for language in languages)
    tag_merged.send(PaperTag, source=source, target=target, page_ids=page_ids)
    return len(page_ids)


def settle(page: PaperPage) -> None:
    """Give a page's rows of synonyms to the tags that these mean: a revision from before a merge brings them back.

    One query where there is nothing to do. Counts are left to the caller.
    """
    rows = TaggedPaper.objects.filter(content_object=page)
    for row in rows.filter(tag__merged_into__isnull=False).select_related("tag__merged_into"):
        _hand_over(rows.filter(pk=row.pk), row.tag.meaning)


def _hand_over(rows: QuerySet[TaggedPaper], target: PaperTag) -> None:
    """Put rows under another tag; a paper that has that tag already loses them."""
    twice = rows.filter(Exists(TaggedPaper.objects.filter(tag=target, content_object=OuterRef("content_object"))))
    twice._raw_delete(twice.db)  # no signal for each of thousands: the callers count, and tell of all at once
    rows.update(tag=target)
