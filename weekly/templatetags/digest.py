"""What the reader's templates ask for beside their page's own context."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.translation import get_language
from wagtail.models import Page, Site

from papers.models import PaperIndexPage, PaperPage
from papers.presenting import paper_url
from weekly.models import DigestIndexPage, WeekIndexPage, WeekPage

register = template.Library()
SECTIONS = (DigestIndexPage, WeekIndexPage, PaperIndexPage)


@register.simple_tag(takes_context=True)
def digest_sections(context: Mapping[str, Any]) -> dict[str, Any]:
    """What the digest has in the language at hand and on this site: its `home`, and below it archive and papers."""
    request = context.get("request")
    site = Site.find_for_request(request) if request else None
    if site is None:
        return {}
    below = Page.objects.descendant_of(site.root_page.localized, inclusive=True).live().public()
    pages = list(below.type(SECTIONS).filter(locale__language_code=get_language()).order_by("path"))
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
