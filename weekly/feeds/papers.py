"""The newest papers, and those of a tag, each with all that its page says in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from papers import showing
from papers.addressing import Addresses
from papers.models import PaperPage, TagCount, TaggedPaper
from papers.presenting import drafted_by, paper_url, pdf_url, plain_questions
from weekly.addresses import row_address, web_address
from weekly.feeds.base import Channel, DigestFeed, Item, page_key, published_at, writable
from weekly.models import DigestIndexPage
from weekly.sharing.addresses import picture_address
from weekly.tags import find_meant_tag, find_tag, tags_of

LENGTH = 20


class NoSuchTag(Http404):
    """No public paper carries the tag; `meant` is the one that it is a synonym of."""

    def __init__(self, meant: TagCount | None) -> None:
        super().__init__("No paper has this tag.")
        self.meant = meant


class PapersFeed(DigestFeed):
    """The newest papers of a language."""

    def title(self, channel: Channel) -> str:
        return writable(_("Papers: %(title)s") % {"title": channel.home.title})

    def items(self, channel: Channel) -> list[Item]:
        showing.shows(showing.papers(channel.language))
        listed = PaperPage.objects.listed(channel.language)
        return _items(listed.values_list("pk", flat=True)[:LENGTH], channel)


class TagFeed(PapersFeed):
    """The newest papers of a tag. A tag that no public paper carries has no feed, a synonym leads to what it means."""

    def __call__(self, request: HttpRequest, *args: Any, slug: str, **kwargs: Any) -> HttpResponse:
        try:
            return super().__call__(request, *args, slug=slug, **kwargs)
        except NoSuchTag as gone:
            if gone.meant is None:
                raise
            return redirect(_same_feed(request, gone.meant.tag.slug), permanent=True)

    def get_object(self, request: HttpRequest, language: str, slug: str) -> Channel:  # type: ignore[override]
        channel = super().get_object(request, language)
        count = find_tag(slug, language)
        if count is None:
            raise NoSuchTag(find_meant_tag(slug, language))
        return Channel(channel.home, request, count.tag)

    def title(self, channel: Channel) -> str:
        return writable(f"{channel.tag.name} – {channel.home.title}")

    def link(self, channel: Channel) -> str:
        return channel.request.build_absolute_uri(reverse("weekly:tag", args=[channel.tag.slug]))

    def items(self, channel: Channel) -> list[Item]:
        listed = TaggedPaper.objects.listed(channel.tag, channel.language)
        return _items(listed.values_list("content_object_id", flat=True)[:LENGTH], channel)


def _same_feed(request: HttpRequest, slug: str) -> str:
    address = reverse(request.resolver_match.view_name, args=[slug])
    return f"{address}?{request.GET.urlencode()}" if request.GET else address


def _items(keys: Sequence[int], channel: Channel) -> list[Item]:
    keys = list(keys)
    found = PaperPage.objects.live().filter(listed=True).in_bulk(keys)
    papers = [found[key] for key in keys if key in found]
    tags = tags_of(papers)
    return [_item(paper, tuple(tag.name for tag in tags[paper.pk]), channel.request, channel.home) for paper in papers]


def _item(paper: PaperPage, tags: tuple[str, ...], request: HttpRequest, home: DigestIndexPage) -> Item:
    published = published_at(paper, paper.sort_date)
    return Item(
        key=page_key(paper, paper.language),
        url=row_address(paper, Addresses.of(request)),
        title=paper.title_translated or paper.title,
        summary=paper.summary,
        content=_content(paper),
        published=published,
        updated=paper.last_published_at or published,
        tags=tags,
        about=web_address(paper_url(paper)),
        picture=picture_address(paper, home, request),
    )


def _content(paper: PaperPage) -> str:
    questions = plain_questions(paper)
    context = {
        "page": paper,
        "paper_url": paper_url(paper),
        "pdf_url": pdf_url(paper),
        "questions": questions,
        "drafted_by": drafted_by(paper, questions),
    }
    return render_to_string("weekly/feeds/paper.html", context)
