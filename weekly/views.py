"""Readers' pages that are no Wagtail pages: tags, a tag's papers, what was corrected."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import override

from papers.addressing import addressed
from papers.keyset import PAGE_SIZE, BadCursor
from papers.models import PaperPage
from papers.serving import base_template
from papers.showing import public
from papers.standing import active_language
from weekly.lists import list_corrections
from weekly.tags import describe_tag, find_meant_tag, find_tag, list_tagged, list_tags, related_tags

TAGS_SHOWN = 100


def tags(request: HttpRequest) -> HttpResponse:
    """The tags in use, those of most papers first."""
    language = active_language()
    try:
        counts, after = list_tags(language, request.GET.get("after", ""), TAGS_SHOWN)
    except BadCursor as error:
        raise Http404(str(error)) from error
    return _page(request, "weekly/tags.html", language, {"counts": counts, "after": after})


def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """A tag's papers, newest first. A tag that only drafts carry is as unknown as one that does not exist."""
    language = active_language()
    count = find_tag(slug, language)
    if count is None:
        return _meant_tag(slug, language)
    after = request.GET.get("after", "")
    try:
        papers, following = list_tagged(count.tag, language, after, PAGE_SIZE)
    except BadCursor as error:
        raise Http404(str(error)) from error
    context = {
        "count": count,
        "papers": addressed(papers, request),
        "after": following,
        "description": "" if after else describe_tag(count.tag, language),
        "related": related_tags(count.tag, language),
    }
    return _page(request, "weekly/tag.html", language, context)


def _meant_tag(slug: str, language: str) -> HttpResponse:
    """The way from a synonym's address to what it means. Raises Http404."""
    meant = find_meant_tag(slug, language)
    if meant is None:
        raise Http404(f"No paper is tagged {slug}.")
    return public(redirect("weekly:tag", meant.tag.slug, permanent=True))


def corrections(request: HttpRequest) -> HttpResponse:
    """What was corrected in public, on all pages of a language, newest first."""
    language = active_language()
    try:
        found, after = list_corrections(language, request.GET.get("after", ""), PAGE_SIZE)
    except BadCursor as error:
        raise Http404(str(error)) from error
    papers = PaperPage.objects.for_lists().in_bulk({correction.page_id for correction in found})
    for correction in found:
        correction.paper = papers.get(correction.page_id)  # None for a week
    return _page(request, "weekly/corrections.html", language, {"corrections": found, "after": after})


def _page(request: HttpRequest, template: str, language: str, context: dict[str, Any]) -> HttpResponse:
    with override(language):
        return public(render(request, template, {**context, "base_template": base_template()}), "after")
