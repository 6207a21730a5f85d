"""Keeps the copies that lists read in step with the pages: on publish, unpublish, move, restriction and delete.

Signals and not admin hooks: hooks do not run for the API, schedules and bulk actions.
"""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import Signal
from wagtail.log_actions import log
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from papers.models import PaperPage, PaperTag, PublishGuard, TagCount, TaggedPaper
from papers.models.reviewed import OVERRIDE
from papers.tagging import settle

listing_changed = Signal()  # what lists know of a paper was copied anew; sent with its `page_id`


def sync_listing(page: PaperPage) -> None:
    """Copy a page's visibility, language and list date to where lists read them, and count its tags anew."""
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
    listing_changed.send(PaperPage, page_id=page.pk)


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


def connect() -> None:
    page_published.connect(on_page_change, dispatch_uid="papers.published")
    page_published.connect(on_override, dispatch_uid="papers.overridden")
    page_unpublished.connect(on_page_change, dispatch_uid="papers.unpublished")
    post_page_move.connect(on_subtree_change, dispatch_uid="papers.moved")
    post_save.connect(on_restriction_change, sender=PageViewRestriction, dispatch_uid="papers.restricted")
    post_delete.connect(on_restriction_change, sender=PageViewRestriction, dispatch_uid="papers.unrestricted")
    post_delete.connect(on_untagged, sender=TaggedPaper, dispatch_uid="papers.untagged")
