"""Keeps the copies that lists read in step with the pages: on publish, unpublish, move, restriction and delete.

Signals and not admin hooks: hooks do not run for the API, schedules and bulk actions.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import Signal
from wagtail.log_actions import log
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from papers.models import PaperPage, PaperTag, PublishGuard, TagCount, TaggedPaper
from papers.models.reviewed import OVERRIDE
from papers.tagging import settle

# What lists know of a paper was copied anew. Sent with its `page_id`; with `places`, the languages and days at which
# lists show it now or showed it before, where that changed; and with `retagged`, whether its tags did.
listing_changed = Signal()
Standing = tuple[tuple[bool, str, date | None] | None, frozenset[tuple[Any, ...]]]
untagged = Signal()  # a public paper lost a tag, and the tag is counted anew; sent with `page_id`, `tag_id`, `language`


def sync_listing(page: PaperPage) -> None:
    """Copy a page's visibility, language and list date to where lists read them, and count its tags anew."""
    meanwhile = _standing(page.pk)
    was = page.__dict__.pop("stood", meanwhile)
    page = PaperPage.objects.select_related("locale").get(pk=page.pk)
    listed = page.live and not page.get_view_restrictions().exists()
    created = page.first_published_at.date() if page.first_published_at else None
    language, sort_date = page.locale.language_code, page.listed_on or page.published_on or created
    PaperPage.objects.filter(pk=page.pk).update(listed=listed, language=language, sort_date=sort_date)
    settle(page)
    rows = TaggedPaper.objects.filter(content_object=page)
    before = list(rows.values_list("tag_id", "language"))
    rows.update(live=listed, language=language, sort_date=sort_date)
    TagCount.recount([*before, *((tag_id, language) for tag_id, _language in before)])
    _tell(page.pk, was, meanwhile, _standing(page.pk))


def _tell(pk: int, *stood: Standing) -> None:
    """What changed between the first and the last; also what is the same again, for readers may have come meanwhile."""
    places, tags = ({*kind} for kind in zip(*stood, strict=True))
    shown = {place[1:] for place in places if place and place[0]} if len(places) > 1 else set()
    listing_changed.send(PaperPage, page_id=pk, places=shown, retagged=len(tags) > 1)


def _standing(pk: int | None) -> Standing:
    """Whether and where lists have a paper, and its tags as they have them."""
    places = PaperPage.objects.filter(pk=pk).values_list("listed", "language", "sort_date")
    tags = TaggedPaper.objects.filter(content_object=pk).values_list("tag_id", "language", "live", "sort_date")
    return (places.first(), frozenset(tags)) if pk else (None, frozenset())


def on_saving(instance: PaperPage, update_fields: Any = None, **kwargs: Any) -> None:
    """Remember what lists had: a revision brings along what they knew when it was written, and overwrites that."""
    if update_fields is None and "stood" not in instance.__dict__:
        instance.stood = _standing(instance.pk)


def on_page_change(instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, PaperPage):
        sync_listing(instance)


def on_override(instance: Any, revision: Any = None, **kwargs: Any) -> None:
    """Whichever way a page went out in spite of what stood against it, its history has the reason."""
    if isinstance(instance, PublishGuard) and instance.override_reason:
        user = revision.user if revision else None
        log(instance, "papers.override", user=user, revision=revision, data=instance.provenance[OVERRIDE])


def on_subtree_change(instance: Page, **kwargs: Any) -> None:
    for paper in PaperPage.objects.descendant_of(instance, inclusive=True):
        sync_listing(paper)


def on_restriction_change(instance: PageViewRestriction, **kwargs: Any) -> None:
    on_subtree_change(instance.page)


def on_untagged(instance: TaggedPaper, **kwargs: Any) -> None:
    """A removed tag, be it by publishing without it or by deleting the page. With the tag itself go its counts."""
    origin = kwargs.get("origin")
    if instance.live and getattr(origin, "model", type(origin)) is not PaperTag:
        TagCount.recount([(instance.tag_id, instance.language)])
        told = {"page_id": instance.content_object_id, "tag_id": instance.tag_id, "language": instance.language}
        untagged.send(TaggedPaper, **told)


def connect() -> None:
    pre_save.connect(on_saving, sender=PaperPage, dispatch_uid="papers.saving")
    page_published.connect(on_page_change, dispatch_uid="papers.published")
    page_published.connect(on_override, dispatch_uid="papers.overridden")
    page_unpublished.connect(on_page_change, dispatch_uid="papers.unpublished")
    post_page_move.connect(on_subtree_change, dispatch_uid="papers.moved")
    post_save.connect(on_restriction_change, sender=PageViewRestriction, dispatch_uid="papers.restricted")
    post_delete.connect(on_restriction_change, sender=PageViewRestriction, dispatch_uid="papers.unrestricted")
    post_delete.connect(on_untagged, sender=TaggedPaper, dispatch_uid="papers.untagged")
