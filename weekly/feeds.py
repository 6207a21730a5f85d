"""Feeds for readers, RSS and Atom: the weeks with their whole text, and what was corrected."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.utils.xmlutils import SimplerXMLGenerator

from papers.comparing import Comparison
from papers.errors import BadLanguage
from weekly.addresses import language_of, page_address
from weekly.lists import entries_of, list_corrections, list_weeks, public_home
from weekly.models import Correction, DigestIndexPage, WeekEntry, WeekPage

LENGTH = 20
# XML has no way to write these: Django refuses all but the last two, with which no reader can read the feed.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class FullRss(Rss201rev2Feed):
    """RSS whose items carry their whole text beside the description."""

    def rss_attributes(self) -> dict[str, str]:
        return {**super().rss_attributes(), "xmlns:content": "http://purl.org/rss/1.0/modules/content/"}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["content"])


class FullAtom(Atom1Feed):
    """Atom whose entries carry their whole text beside the summary."""

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


@dataclass(frozen=True)
class Channel:
    """What a feed is of: the digest in one language, as one host serves it."""

    home: DigestIndexPage
    request: HttpRequest


class DigestFeed(Feed):
    """The base of the digest's feeds: in the language of their address, with absolute links."""

    feed_type = FullRss
    item_guid_is_permalink = False

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            language = language_of(request, request.GET.get("language"))
        except BadLanguage as error:
            raise Http404(str(error)) from error
        with override(language):
            return super().__call__(request, *args, language=language, **kwargs)

    def get_object(self, request: HttpRequest, language: str) -> Channel:
        home = public_home(language)
        if home is None:
            raise Http404(f"There is no public digest in {language}.")
        return Channel(home, request)

    def title(self, channel: Channel) -> str:
        return writable(channel.home.title)

    author_name = title

    def description(self, channel: Channel) -> str:
        return writable(channel.home.introduction)

    def link(self, channel: Channel) -> str:
        return page_address(channel.home, channel.request)

    def feed_url(self, channel: Channel) -> str:
        return channel.request.build_absolute_uri()

    feed_guid = feed_url


@dataclass(frozen=True)
class WeekItem:
    week: WeekPage
    entries: list[WeekEntry]
    request: HttpRequest

    @property
    def updated(self) -> datetime | None:
        """When anything that the item shows was last published; None where code made the pages live."""
        papers = [entry.shown_paper for entry in self.entries if entry.shown_paper]
        return max((page.last_published_at for page in [self.week, *papers] if page.last_published_at), default=None)


class WeeksRss(DigestFeed):
    def items(self, channel: Channel) -> list[WeekItem]:
        weeks, _following = list_weeks(channel.home, "", LENGTH)
        entries = entries_of(weeks)
        return [WeekItem(week, entries[week.pk], channel.request) for week in weeks]

    def item_title(self, item: WeekItem) -> str:
        return writable(item.week.title)

    def item_description(self, item: WeekItem) -> str:
        return escape(writable(item.week.theme))

    def item_extra_kwargs(self, item: WeekItem) -> dict[str, str]:
        papers = [
            (entry, entry.shown_paper and page_address(entry.shown_paper, item.request)) for entry in item.entries
        ]
        context = {"week": item.week, "papers": papers}
        return {"content": writable(render_to_string("weekly/feeds/week.html", context))}

    def item_link(self, item: WeekItem) -> str:
        return page_address(item.week, item.request)

    def item_guid(self, item: WeekItem) -> str:
        """The same wherever the page moves and whatever the host is called; each language has its own."""
        return uuid.uuid5(item.week.translation_key, item.week.locale.language_code).urn

    def item_pubdate(self, item: WeekItem) -> datetime | None:
        return item.week.first_published_at

    def item_updateddate(self, item: WeekItem) -> datetime | None:
        return item.updated


class WeeksAtom(WeeksRss):
    feed_type = FullAtom
    subtitle = DigestFeed.description


@dataclass(frozen=True)
class CorrectionItem:
    """`page_url` is where the corrected page stands."""

    correction: Correction
    page_url: str


class CorrectionsRss(DigestFeed):
    """What was corrected in public, newest first: what stood, what stands, why, and thanks to whom."""

    def title(self, channel: Channel) -> str:
        return writable(_("Corrections: %(title)s") % {"title": channel.home.title})

    def link(self, channel: Channel) -> str:
        return channel.request.build_absolute_uri(reverse("weekly:corrections"))

    def items(self, channel: Channel) -> list[CorrectionItem]:
        corrections, _after = list_corrections(channel.home.locale.language_code, "", LENGTH)
        return [CorrectionItem(one, page_address(one.page, channel.request)) for one in corrections]

    def item_title(self, item: CorrectionItem) -> str:
        return writable(f"{item.correction.page.title} – {item.correction.place_label}")

    def item_description(self, item: CorrectionItem) -> str:
        return escape(writable(item.correction.reason))

    def item_extra_kwargs(self, item: CorrectionItem) -> dict[str, str]:
        one = item.correction
        context = {"correction": one, "comparison": Comparison(one.place_label, one.before, one.after)}
        return {"content": writable(render_to_string("weekly/feeds/correction.html", context))}

    def item_link(self, item: CorrectionItem) -> str:
        return f"{item.page_url}#{item.correction.anchor}"

    def item_guid(self, item: CorrectionItem) -> str:
        """The same wherever the page moves and whatever the host is called."""
        return uuid.uuid5(item.correction.page.translation_key, item.correction.anchor).urn

    def item_pubdate(self, item: CorrectionItem) -> datetime:
        return item.correction.corrected_at

    item_updateddate = item_pubdate


class CorrectionsAtom(CorrectionsRss):
    feed_type = FullAtom
    subtitle = DigestFeed.description


def writable(text: str) -> str:
    """The text without control characters, which come out of PDFs and models."""
    return _UNWRITABLE.sub("", text)
