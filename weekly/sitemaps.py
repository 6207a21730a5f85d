"""A sitemap of the public pages in all languages, each with its translations."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import Q
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page, PageQuerySet


class DigestSitemap(Sitemap):
    """Wagtail's own sitemap stops at the site's default language."""

    def items(self) -> PageQuerySet:
        """Translations stand side by side, so that they are told of each other."""
        trees = Q()
        for root in self.get_wagtail_site().root_page.get_translations(inclusive=True):
            trees |= Page.objects.descendant_of_q(root, inclusive=True)
        pages = Page.objects.filter(trees).live().public().select_related("locale")
        return pages.order_by("translation_key", "locale").defer_streamfields().specific()

    def _urls(self, page: int | str, protocol: str, domain: str) -> list[dict[str, Any]]:
        """As Wagtail's, with `alternates` as Django's template shows them (rel=alternate, hreflang)."""
        shown = list(self.paginator.page(page).object_list)
        ...
