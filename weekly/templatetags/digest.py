"""What the reader's templates ask for beside their page's own context."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.translation import get_language
from wagtail.models import Page, Site

from papers.models import PaperIndexPage, PaperPage
from weekly.models import DigestIndexPage, WeekIndexPage, WeekPage

register = template.Library()
SECTIONS = (DigestIndexPage, WeekIndexPage, PaperIndexPage)


@register.simple_tag(takes_context=True)
def digest_sections(context: Mapping[str, Any]) -> dict[str, Page]:
    """The public home, archive and folder of papers in the language at hand, by model name."""
    request = context.get("request")
    site = Site.find_for_request(request) if request else None
    if site is None:
        return {}
    below = Page.objects.descendant_of(site.root_page.localized, inclusive=True).live().public()
    pages = below.type(SECTIONS).filter(locale__language_code=get_language()).order_by("-path")
    return {page.cached_content_type.model: page for page in pages}


@register.simple_tag
def weeks_of(paper: PaperPage) -> Iterable[WeekPage]:
    """The public weeks that show a paper."""
    return WeekPage.objects.listing(paper)


@register.filter
def is_web(url: str) -> bool:
    """Whether a browser fetches this address: what a list says is data, and `javascript:` would be run."""
    return url.startswith(("http://", "https://"))


@register.filter
def web_links(links: Iterable[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """The links of an entry that are web addresses."""
    return [link for link in links if is_web(link.get("url", ""))]
