"""What the reader's templates ask for beside their page's own context."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_
from typing import Any

from django import template
from django.db.models import Q
from django.utils.translation import get_language
from wagtail.models import Page, Site

from papers.models import PaperIndexPage, PaperPage
from papers.presenting import paper_url
from papers.visibility import visible
from weekly.models import DigestIndexPage, WeekIndexPage, WeekPage

register = template.Library()
SECTIONS = (DigestIndexPage, WeekIndexPage, PaperIndexPage)


@register.simple_tag(takes_context=True)
def digest_sections(context: Mapping[str, Any]) -> dict[str, Any]:
    """What the digest has in the language at hand and on this site: its `home`, and below it archive and papers.

    Asked once for each request: a page's head, its masthead and the ways on from it all show them.
    """
    request = context.get("request")
    site = Site.find_for_request(request) if request else None
    if site is None:
        return {}
    known = request.__dict__.setdefault("digest_sections", {})
    language = get_language()
    if language not in known:
        known[language] = _sections(site, language)
    return known[language]


def _sections(site: Site, language: str | None) -> dict[str, Any]:
    roots = [root.root_path for root in Site.get_site_root_paths() if root.site_id == site.pk]
    below = reduce(or_, (Q(url_path__startswith=root) for root in roots), Q(pk__in=()))
    found = visible(Page.objects.type(SECTIONS).filter(below)).select_related("locale").order_by("path")
    # Not the database's work: SQLite would walk through every page of the language.
    pages = [page for page in found if page.locale.language_code == language]
    home = next((page for page in pages if page.cached_content_type.model_class() is DigestIndexPage), None)
    return {"home": home, "folders": [page for page in pages if home and page.is_child_of(home)]}


@register.simple_tag
def weeks_of(paper: PaperPage) -> Iterable[WeekPage]:
    """The public weeks that show a paper."""
    return WeekPage.objects.listing(paper)


register.filter("paper_url", paper_url)


@register.filter
def is_web(url: str) -> bool:
    """Whether a browser fetches this address: what a list says is data, and `javascript:` would be run."""
    return url.startswith(("http://", "https://"))


@register.filter
def web_links(links: Iterable[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """The links of an entry that are web addresses."""
    return [link for link in links if is_web(link.get("url", ""))]
