"""The head that machines read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.models import Page

from papers.models import PaperPage, TagCount
from weekly.citing import FORMATS
from weekly.describing import Head, describe_page, describe_section, describe_tag
from weekly.describing.head import feed_links, og_locale
from weekly.describing.linked_data import Node, script
from weekly.models import WeekPage
from weekly.reversing import path_of
from weekly.templatetags.digest import digest_sections
from weekly.templatetags.remembered import current_app

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


@dataclass
class NamedNode(template.Node):
    """A page's title with the digest's name behind it, unless it says that already or is an editor's own wording."""

    nodelist: NodeList

    def render(self, context: Context) -> SafeString:
        title, home = self.nodelist.render(context), digest_sections(context).get("home")
        if home is None or getattr(context.get("page"), "seo_title", ""):
            return title
        name = conditional_escape(home.title)
        return title if name.casefold() in title.casefold() else format_html("{} – {}", title, name)


@register.tag
def named(parser: Parser, token: Token) -> NamedNode:
    """The digest's name goes behind what stands up to `endnamed`."""
    nodelist = parser.parse(("endnamed",))
    parser.delete_first_token()
    return NamedNode(nodelist)


@register.filter("feed_links")
def links_to_feeds(head: Head) -> SafeString:
    """The three formats of the page's own feed."""
    rows = ((kind, head.title, url) for kind, url in feed_links(head.feed))
    return format_html_join("\n", '<link rel="alternate" type="{}" title="{}" href="{}">', rows)


@register.simple_tag(takes_context=True)
def own_feeds(context: Mapping[str, Any], *names: str) -> SafeString:
    """The same for readers, by the feed's name and its arguments."""
    rows = zip(feed_links(names, current_app(context)), ("RSS", "Atom", "JSON Feed"), strict=True)
    return format_html_join(" ", '<a href="{}" type="{}">{}</a>', ((url, kind, label) for (kind, url), label in rows))


register.filter("og_locale", og_locale)


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
