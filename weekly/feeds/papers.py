"""The newest papers, and those of a tag, each with all that its page says in both languages."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from papers.models import PaperPage, TaggedPaper
from papers.presenting import drafted_by, paper_url, pdf_url, questions
from weekly.addresses import page_address
from weekly.feeds.base import Channel, DigestFeed, Item, page_key, published_at, writable
from weekly.lists import find_tag, tags_of
from weekly.models import DigestIndexPage
from weekly.sharing.addresses import picture_address

LENGTH = 20


class PapersFeed(DigestFeed):
    """The newest papers of a language."""

    def title(self, channel: Channel) -> str:
        return writable(_("Papers: %(title)s") % {"title": channel.home.title})

    def items(self, channel: Channel) -> list[Item]:
        listed = PaperPage.objects.listed(channel.language)
        return _items(listed.values_list("pk", flat=True)[:LENGTH], channel)


class TagFeed(PapersFeed):
    """The newest papers of a tag. A tag that no public paper carries has no feed."""

    def get_object(self, request: HttpRequest, language: str, slug: str) -> Channel:  # type: ignore[override]
        channel = super().get_object(request, language)
        count = find_tag(slug, language)
        if count is None:
            raise Http404(f"No paper is tagged {slug}.")
        return Channel(channel.home, request, count.tag)

    def title(self, channel: Channel) -> str:
        return writable(f"{channel.tag.name} – {channel.home.title}")

    def link(self, channel: Channel) -> str:
        return channel.request.build_absolute_uri(reverse("weekly:tag", args=[channel.tag.slug]))

    def items(self, channel: Channel) -> list[Item]:
        listed = TaggedPaper.objects.listed(channel.tag, channel.language)
        return _items(listed.values_list("content_object_id", flat=True)[:LENGTH], channel)


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
        url=page_address(paper, request),
        title=paper.title_translated or paper.title,
        summary=paper.summary,
        content=_content(paper),
        published=published,
        updated=paper.last_published_at or published,
        tags=tags,
        about=paper_url(paper),
        picture=picture_address(paper, home, request),
    )


def _content(paper: PaperPage) -> str:
    context = {
        "page": paper,
        "paper_url": paper_url(paper),
        "pdf_url": pdf_url(paper),
        "questions": questions(paper),
        "drafted_by": drafted_by(paper),
    }
    return render_to_string("weekly/feeds/paper.html", context)
