"""The parts of a digest that every page leads to: its home, its archive and its list of papers."""

from __future__ import annotations

from django.http import HttpRequest
from wagtail.models import Page, Site

from papers.models import PaperIndexPage
from papers.standing import learn_site, remembered
from papers.visibility import Open
from weekly.models import DigestIndexPage, WeekIndexPage

SECTIONS = (DigestIndexPage, WeekIndexPage, PaperIndexPage)


def sections_of(request: HttpRequest) -> list[Page]:
    """The public sections of a request's site in all languages, each with its locale, in the order of the tree.

    Chosen once for each request: a page's head, its masthead and the ways on from it show them.
    """
    if not hasattr(request, "digest_sections"):
        learn_site(request)
        site = Site.find_for_request(request)
        roots = tuple(root.root_path for root in Site.get_site_root_paths() if site and root.site_id == site.pk)
        shown = [page for page in _all(request) if page.live and page.is_open and page.url_path.startswith(roots)]
        request.digest_sections = shown
    return request.digest_sections


def has_one_language(request: HttpRequest) -> bool:
    """Whether there are digests in one language alone, public or not: no page has a translation then."""
    return len({page.locale_id for page in _all(request)}) == 1


def _all(request: HttpRequest) -> list[Page]:
    """By the sections' own tables, which are as short as there are languages: of the pages, SQLite would pass all."""
    if not hasattr(request, "all_digest_sections"):
        request.all_digest_sections = remembered("sections", _read_all)
    return request.all_digest_sections


def _read_all() -> list[Page]:
    first, *others = (kind.objects.order_by().values("pk") for kind in SECTIONS)
    pages = Page.objects.filter(pk__in=first.union(*others, all=True)).annotate(is_open=Open("path"))
    return list(pages.select_related("locale").order_by("path"))
