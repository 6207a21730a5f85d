"""Readers' pages that are no Wagtail pages: the index of tags and the papers of a tag."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import override
from wagtail.models import Locale

from papers.keyset import BadCursor, take_page
from papers.models import PaperPage, TagCount, TaggedPaper
from papers.serving import base_template

TAGS_SHOWN = 500


def tags(request: HttpRequest) -> HttpResponse:
    """The tags in use, those of most papers first."""
    language = Locale.get_active().language_code
    counts = TagCount.objects.used(language)[:TAGS_SHOWN]
    return _page(request, "weekly/tags.html", language, {"counts": counts})


def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """A tag's papers. A tag that only drafts carry is as unknown as one that does not exist."""
    language = Locale.get_active().language_code
    count = get_object_or_404(TagCount.objects.used(language), tag__slug=slug)
    listed = TaggedPaper.objects.listed(count.tag, language)
    try:
        rows, after = take_page(listed, request.GET.get("after", ""), "content_object_id")
    except BadCursor as error:
        raise Http404(str(error)) from error
    ids = [row.content_object_id for row in rows]
    papers = PaperPage.objects.for_lists().in_bulk(ids)
    related = TaggedPaper.objects.related(count.tag, ids)
    context = {"count": count, "papers": [papers[pk] for pk in ids if pk in papers], "after": after, "related": related}
    return _page(request, "weekly/tag.html", language, context)


def _page(request: HttpRequest, template: str, language: str, context: dict[str, Any]) -> HttpResponse:
    with override(language):
        return render(request, template, {**context, "base_template": base_template()})
