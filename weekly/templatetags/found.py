"""The head that machines read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.models import Page

from papers.models import PaperPage, TagCount
from weekly.citing import FORMATS
from weekly.describing import Head, describe_page, describe_section, describe_tag
from weekly.describing.head import feed_links
from weekly.describing.linked_data import Node, script
from weekly.models import WeekPage
from weekly.reversing import path_of
from weekly.templatetags.digest import digest_sections

register = template.Library()


@register.simple_tag(takes_context=True)
def head_of(context: Mapping[str, Any]) -> Head | None:
    """What machines are told of the page at hand; None for previews, faults, and pages that nobody should find.

    A page of ours that is no Wagtail page is known by what its template is given.
    """
    request, page = context.get("request"), context.get("page")
    if request is None or getattr(request, "is_preview", False):
        return None
    if isinstance(page, Page):
        return describe_page(page, request, context) if page.live else None
    home = digest_sections(context).get("home")
    if isinstance(count := context.get("count"), TagCount):
        return describe_tag(count.tag, _("Tags"), context.get("description") or "", home, request)
    if "counts" in context:
        return describe_section(_("Tags"), home, request)
    return describe_section(_("Corrections"), home, request, "corrections") if "corrections" in context else None


register.filter("feed_links", feed_links)


@register.filter
def cite_links(page: Any) -> list[tuple[str, str, str]]:
    """Media type, name and path of the reference files of a paper or a week; nothing for other pages."""
    views = {PaperPage: "weekly:cite-paper", WeekPage: "weekly:cite-week"}
    if (view := views.get(type(page))) is None:
        return []
    return [
        (form.media_type.split(";")[0], form.name, path_of(view, page.slug, ending)) for ending, form in FORMATS.items()
    ]


@register.filter
def linked_data(nodes: tuple[Node, ...]) -> SafeString:
    return script(nodes)
