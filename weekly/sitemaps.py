"""A sitemap of the public pages in all languages, each with its translations."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import Q
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Locale, Page, PageQuerySet


class DigestSitemap(Sitemap):
    """Wagtail's own sitemap ends with the tree of the site's default language."""

    def items(self) -> PageQuerySet:
        """Translations side by side, so that they can be told of each other."""
        below = Q()
        for root in self.get_wagtail_site().root_page.get_translations(inclusive=True):
            below |= Page.objects.descendant_of_q(root, inclusive=True)
        pages = Page.objects.filter(below).live().public()
        return pages.order_by("translation_key", "locale_id").defer_streamfields().specific()

    def _urls(self, page: int | str, protocol: str, domain: str) -> list[dict[str, Any]]:
        codes = dict(Locale.objects.values_list("pk", "language_code"))
        pages = self.paginator.page(page).object_list.iterator()
        urls = []
        for _key, translations in groupby(pages, key=attrgetter("translation_key")):
            urls += self._translated(list(translations), codes)
        return urls

    def _translated(self, pages: list[Page], codes: dict[int, str]) -> list[dict[str, Any]]:
        """A page's translations name each other, and each itself, as hreflang wants it."""
        alternates = [{"lang_code": codes[page.locale_id], "location": self.location(page)} for page in pages]
        shown = alternates if len(pages) > 1 else []
        return [{**url, "alternates": shown} for page in pages for url in page.get_sitemap_urls(self.request)]
