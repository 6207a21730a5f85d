"""Parts of a page that are kept apart from the rest."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from papers.showing import noted_outside_parts, noting_part
from weekly.caching.parts import Parts

register = template.Library()


@dataclass
class PartNode(template.Node):
    """`page` is None for a part that stands around all pages alike."""

    name: str
    page: FilterExpression | None
    nodelist: NodeList

    def render(self, context: Context) -> SafeString:
        request = context.get("request")
        parts: Parts | None = getattr(request, "parts", None)
        owner = self._owner(context, request.path_info) if parts else None
        with context.push():  # what is set within is not known behind it, whether it is rendered or not
            return self._part(context, parts, owner) if parts and owner else self.nodelist.render(context)

    def _owner(self, context: Context, path: str) -> str | None:
        """What the part belongs to; None for what is no page that is stored, of which nothing is kept."""
        if self.page is None:
            return get_language()
        page = self.page.resolve(context)
        pk = getattr(page, "pk", None)
        return f"{get_language()} {page._meta.label} {pk} {path}" if pk else None

    def _part(self, context: Context, parts: Parts, owner: str) -> SafeString:
        if kept := parts.find(owner, self.name):
            with noting_part(kept.names):
                return mark_safe(kept.html)  # noqa: S308 - our own template's
        with noting_part(noted_outside_parts() if self.page else ()) as noted:
            html = self.nodelist.render(context)
        parts.add(owner, self.name, html, noted.names)
        return html


@register.tag
def part(parser: Parser, token: Token) -> PartNode:
    """Keep what stands up to `endpart` under a name: `{% part "text" page %}` for a page, or for all alike without.

    A part of a page depends on what is read in it, and on what was read outside of all parts before it; its name stands
    once on the page. A part without a page depends on what is read in it, and must show nothing that differs from page
    to page. Values that several parts show are `papers.showing.Later`.
    """
    _tag, *told = token.split_contents()
    if len(told) not in {1, 2}:
        raise template.TemplateSyntaxError("part takes a name, and a page or nothing.")
    name, *page = told
    nodelist = parser.parse(("endpart",))
    parser.delete_first_token()
    return PartNode(name.strip("\"'"), parser.compile_filter(page[0]) if page else None, nodelist)
