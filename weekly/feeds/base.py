"""What all feeds of the digest have in common: whose they are, in which language, and what an item tells."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.feedgenerator import SyndicationFeed
from django.utils.html import escape
from django.utils.translation import override
from wagtail.models import Page

from papers.errors import BadLanguage
from papers.plain_maths import plain
from papers.showing import public
from weekly.addresses import language_of, page_address
from weekly.homes import public_home
from weekly.models import DigestIndexPage

# XML has no way to write these: Django refuses all but the last two, with which no reader can read the feed.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Channel:
    """What a feed is of: the digest in one language, as one host serves it; a tag's feed names the tag."""

    home: DigestIndexPage
    request: HttpRequest
    tag: Any = None

    @property
    def language(self) -> str:
        return self.home.locale.language_code


@dataclass(frozen=True)
class Item:
    """One item. `content` is HTML, `summary` plain text, `about` the address of the paper itself."""

    key: str
    url: str
    title: str
    summary: str
    content: str
    published: datetime
    updated: datetime
    tags: tuple[str, ...] = ()
    about: str = ""
    picture: str = ""


class DigestFeed(Feed):
    """The base of the digest's feeds: in the language of their address, with absolute links."""

    item_guid_is_permalink = False

    def __init__(self, feed_type: type[SyndicationFeed]) -> None:
        self.feed_type = feed_type

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            language = language_of(request, request.GET.get("language"))
        except BadLanguage as error:
            raise Http404(str(error)) from error
        with override(language):
            return public(super().__call__(request, *args, language=language, **kwargs), "language")

    def get_object(self, request: HttpRequest, language: str) -> Channel:
        home = public_home(language)
        if home is None:
            raise Http404(f"There is no public digest in {language}.")
        return Channel(home, request)

    def title(self, channel: Channel) -> str:
        return writable(channel.home.title)

    def author_name(self, channel: Channel) -> str:
        return writable(channel.home.title)

    def description(self, channel: Channel) -> str:
        return writable(channel.home.introduction)

    subtitle = description

    def link(self, channel: Channel) -> str:
        return page_address(channel.home, channel.request)

    def feed_url(self, channel: Channel) -> str:
        return channel.request.build_absolute_uri()

    feed_guid = feed_url

    def items(self, channel: Channel) -> Iterable[Item]:
        raise NotImplementedError

    def item_title(self, item: Item) -> str:
        return writable(plain(item.title))

    def item_description(self, item: Item) -> str:
        return escape(writable(plain(item.summary)))

    def item_link(self, item: Item) -> str:
        return item.url

    def item_guid(self, item: Item) -> str:
        return item.key

    def item_pubdate(self, item: Item) -> datetime:
        return item.published

    def item_updateddate(self, item: Item) -> datetime:
        return item.updated

    def item_categories(self, item: Item) -> list[str]:
        return [writable(tag) for tag in item.tags]

    def item_extra_kwargs(self, item: Item) -> dict[str, str]:
        texts = {"content": writable(item.content), "summary": writable(plain(item.summary))}
        return {**texts, "about": item.about, "picture": item.picture}


def writable(text: str) -> str:
    """The text without control characters, which come out of PDFs and models."""
    return _UNWRITABLE.sub("", text)


def page_key(page: Page, language: str) -> str:
    """The same wherever the page moves and whatever the host is called; each language has its own."""
    return uuid.uuid5(page.translation_key, language).urn


def published_at(page: Page, day: date | None) -> datetime:
    """When a page first went out. Code can make pages live without dates, and no entry of Atom may lack one."""
    known = page.first_published_at or page.last_published_at or page.latest_revision_created_at
    return known or datetime.combine(day or date(1970, 1, 1), time(), UTC)
