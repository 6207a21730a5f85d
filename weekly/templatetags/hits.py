"""What a search found, written by hand as the rows of lists are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import quote

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from papers.addressing import Addresses
from papers.maths import escape
from weekly.search.asking import Hit
from weekly.tags import TagName
from weekly.templatetags.rows import beginning_of, day_and_number, day_elements

register = template.Library()
TAGS = 4  # of a paper
_HIT = """<li>
  <h2>{}</h2>
  <p class="meta">{}
    {}
    {}</p>
  {}
</li>
"""


@register.simple_tag(takes_context=True)
def hit_rows(context: Mapping[str, Any], hits: Iterable[Hit], with_tag: str) -> SafeString:
    """Papers with where the words stand. `with_tag` is the same search narrowed down to a tag, whose slug follows."""
    addresses, days, way = Addresses.of(context["request"]), day_elements(), _ways(with_tag)
    rows = []
    for hit in hits:
        titles, tags = _titles(hit, addresses.path(hit.paper)), "".join(map(way, hit.tags[:TAGS]))
        rows.append(_HIT.format(titles, *day_and_number(hit.paper, days), tags, _texts(hit)))
    return mark_safe("".join(rows))


def _ways(with_tag: str) -> Callable[[TagName], str]:
    way = f'<a href="{escape(with_tag)}{{}}"><span class="unseen">{gettext("Narrow down")}: </span>{{}}</a>'
    return lambda tag: way.format(escape(quote(tag.slug)), escape(tag.name))


def _titles(hit: Hit, url: str | None) -> str:
    """The first leads to the paper."""
    address, titles = escape(str(url)), [(escape(one.language), one.html) for one in hit.titles]
    links = [f'<a href="{address}" lang="{language}">{title}</a>' for language, title in titles[:1]]
    beside = [f'<span class="original-title" lang="{language}">{title}</span>' for language, title in titles[1:]]
    return "\n".join(links + beside)


def _texts(hit: Hit) -> str:
    """Where no text has the words, but a title or a name, the beginning of the summary."""
    if not hit.excerpts:
        return f"<p>{beginning_of(hit.paper)}</p>"
    return "".join(f'<p class="excerpt" lang="{escape(one.language)}">{one.html}</p>' for one in hit.excerpts)
