"""A sitemap of the public pages in all languages, each with its translations and when it last changed.

Wagtail's own ends with the tree of the site's default language, and reads every page whole. Here only the columns are
read that an address is made of. https://www.sitemaps.org/protocol.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Max, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.html import escape
from wagtail.models import Locale, Page, PageQuerySet, Site, get_page_models

from papers import showing
from papers.models import PaperIndexPage
from papers.visibility import visible
from weekly.models import DigestIndexPage, WeekIndexPage

LISTS = (DigestIndexPage, WeekIndexPage, PaperIndexPage)
LIMIT = 10_000  # addresses in a file; the protocol has 50,000 and 50 MB, and each names its translations
TRANSLATIONS = 100  # more than any site has languages
_PART = re.compile(r"[1-9]\d{0,5}", re.ASCII)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'


class Row(NamedTuple):
    """What an address is made of. `revised` stands for pages that were made live without being published."""

    pk: int
    key: Any
    locale_id: int
    url_path: str
    published: datetime | None
    revised: datetime | None
    kind: int


def sitemap(request: HttpRequest) -> HttpResponse:
    """The map, or above 10,000 pages an index of its parts, `?p=1` and so on."""
    pages, part = public_pages(request), request.GET.get("p", "")
    count = 0 if part else pages.count()
    text = _index(request, count) if count > LIMIT else _part(request, pages, part)
    response = HttpResponse(text, content_type="application/xml")
    response.headers["X-Robots-Tag"] = "noindex"
    showing.shows(showing.SITEMAP)
    return response if _special_kinds() else showing.public(response, "p")  # what others tell of, nobody drops


def public_pages(request: HttpRequest) -> PageQuerySet:
    """Translations side by side, so that they can be told of each other; in the order of an index of the table.

    Raises Http404 where there is no site.
    """
    site = Site.find_for_request(request)
    if site is None:
        raise Http404("No site answers to this host.")
    below = Q()
    for root in site.root_page.get_translations(inclusive=True):
        below |= Page.objects.descendant_of_q(root, inclusive=True)
    return visible(Page.objects.filter(below)).order_by("translation_key", "locale_id")


def _index(request: HttpRequest, count: int) -> str:
    address = request.build_absolute_uri(request.path)
    parts = range(1, -(-count // LIMIT) + 1)
    listed = "".join(f"<sitemap><loc>{escape(address)}?{urlencode({'p': part})}</loc></sitemap>\n" for part in parts)
    return f"{HEAD}<sitemapindex {SPACES.split(' ')[0]}>\n{listed}</sitemapindex>\n"


def _part(request: HttpRequest, pages: PageQuerySet, part: str) -> str:
    """One part, or all where none is named. Raises Http404 for a part that is none."""
    if not part:
        groups = _grouped(_rows(pages[:LIMIT]))  # a page that came meanwhile waits
    elif _PART.fullmatch(part):
        groups = _part_groups(pages, (int(part) - 1) * LIMIT)
    else:
        raise Http404("There is no such part.")
    urls = "".join(Addresses(request, pages).told(list(groups)))
    return f"{HEAD}<urlset {SPACES}>\n{urls}</urlset>\n"


def _part_groups(pages: PageQuerySet, start: int) -> Iterator[list[Row]]:
    """The groups that begin within a part: one that the end cuts is finished here and left out of the next part."""
    rows = _rows(pages[max(start - 1, 0) : start + LIMIT + TRANSLATIONS])
    before = rows[: 1 if start else 0]
    rows = rows[len(before) :]
    if not rows:
        raise Http404("There is no such part.")
    place = 0
    for group in _grouped(rows):
        if place >= LIMIT:
            return
        place += len(group)
        if not before or group[0].key != before[0].key:
            yield group


def _rows(pages: PageQuerySet) -> list[Row]:
    fields = ("pk", "translation_key", "locale_id", "url_path", "last_published_at", "latest_revision_created_at")
    return [Row(*row) for row in pages.values_list(*fields, "content_type_id")]


def _grouped(rows: Iterable[Row]) -> Iterator[list[Row]]:
    return (list(group) for _key, group in groupby(rows, key=lambda row: row.key))


class Addresses:
    """Pages' addresses from their paths: what Wagtail works out for each page is worked out once for each tree."""

    def __init__(self, request: HttpRequest, pages: PageQuerySet) -> None:
        self.request = request
        self.pages = pages
        self.lists = {kind.pk for kind in ContentType.objects.get_for_models(*LISTS).values()}
        self.codes = dict(Locale.objects.values_list("pk", "language_code"))
        self.roots = self._roots([path for _site, path, _url, _code in Site.get_site_root_paths()])
        self.special = _special_kinds()

    @cached_property
    def newest(self) -> dict[int, datetime | None]:
        """When anything of a language was last published. It passes all pages: few parts have a list in them."""
        return dict(self.pages.order_by().values_list("locale_id").annotate(Max("last_published_at")))

    def _roots(self, paths: list[str]) -> dict[str, str | None]:
        """Where the trees of each site and language begin, the innermost first."""
        pages = {page.url_path: page for page in Page.objects.filter(url_path__in=paths)}
        return {path: pages[path].get_full_url(self.request) for path in paths if path in pages}

    def told(self, groups: list[list[Row]]) -> Iterator[str]:
        own = [row.pk for group in groups for row in group if row.kind in self.special]
        specific = {page.pk: page for page in Page.objects.filter(pk__in=own).specific()} if own else {}
        for group in groups:
            yield from self._translated(group, specific)

    def _translated(self, group: list[Row], specific: dict[int, Page]) -> Iterator[str]:
        """A page's translations name each other, and each itself, as hreflang wants it."""
        found = [(row, url) for row in group if (url := self.of(row))]
        links = "".join(_alternate(self.codes[row.locale_id], url) for row, url in found) if len(found) > 1 else ""
        for row, url in found:
            if row.pk not in specific:
                yield _url(url, self._changed(row), links)
                continue
            for told in specific[row.pk].get_sitemap_urls(self.request):
                yield _url(told["location"], told.get("lastmod"), links)

    def _changed(self, row: Row) -> datetime | None:
        """Home, archive and list of papers change with every page of their language."""
        newest = self.newest.get(row.locale_id) if row.kind in self.lists else None
        return newest or row.published or row.revised

    def of(self, row: Row) -> str | None:
        """A page's whole address; None where the host routes no such page."""
        for path, url in self.roots.items():
            if row.url_path.startswith(path):
                return url and url + _as_served(row.url_path[len(path) :])
        return None


def _as_served(path: str) -> str:
    """A path as Django writes it in an address."""
    ends = path if getattr(settings, "WAGTAIL_APPEND_SLASH", True) else path.rstrip("/")
    return quote(ends, safe="/~:@!$&'()*+,;=")


def _special_kinds() -> set[int]:
    """The types of pages that tell their addresses themselves; those of a host, none of ours does."""
    kinds = ContentType.objects.get_for_models(*get_page_models(), for_concrete_models=False)
    return {kind.pk for model, kind in kinds.items() if model.get_sitemap_urls is not Page.get_sitemap_urls}


def _url(address: str, changed: datetime | None, links: str) -> str:
    lastmod = f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""
    return f"<url><loc>{escape(address)}</loc>{lastmod}{links}</url>\n"


def _alternate(code: str, address: str) -> str:
    return f'<xhtml:link rel="alternate" hreflang="{code}" href="{escape(address)}"/>'
