"""What the reader's templates ask for beside their page's own context."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language

from papers.models import PaperPage
from papers.presenting import paper_url
from papers.showing import Later
from weekly import lists
from weekly.addresses import is_web
from weekly.models import DigestIndexPage, WeekPage
from weekly.sections import sections_of

register = template.Library()
ADDRESS = 50  # characters


@register.simple_tag(takes_context=True)
def digest_sections(context: Mapping[str, Any]) -> dict[str, Any]:
    """What the digest has in the language at hand and on this site: its `home`, and below it archive and papers."""
    request = context.get("request")
    if request is None:
        return {}
    known = vars(request).setdefault("sections_by_language", {})
    language = get_language()
    if language not in known:
        known[language] = _sections_in(language, request)
    return known[language]


def _sections_in(language: str | None, request: HttpRequest) -> dict[str, Any]:
    pages = [page for page in sections_of(request) if page.locale.language_code == language]
    home = next((page for page in pages if page.cached_content_type.model_class() is DigestIndexPage), None)
    return {"home": home, "folders": [page for page in pages if home and page.is_child_of(home)]}


@register.simple_tag
def weeks_of(paper: PaperPage) -> Later[list[WeekPage]]:
    """The public weeks that show a paper."""
    return Later(partial(lists.weeks_of, paper))


register.filter("paper_url", paper_url)
register.filter("is_web", is_web)


@register.filter
def short_address(url: str) -> SafeString:
    """A web address by its host and its last step, which tell it from others. Lines break behind its slashes."""
    place, mark, query = url.partition("://")[2].partition("?")
    steps = [step for step in place.split("/") if step]
    steps[1:-1] = ["…"] * (len(steps) > 2)
    shown = Truncator("/".join(steps) + mark + query or url).chars(ADDRESS)
    return mark_safe(escape(shown).replace("/", "/<wbr>"))


@register.filter
def web_links(links: Iterable[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """The links of an entry that are web addresses."""
    return [link for link in links if is_web(link.get("url", ""))]
