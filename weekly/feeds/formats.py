"""The three formats of a feed, each with the items' whole text."""

from __future__ import annotations

import json
from datetime import datetime
from typing import IO, Any

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.xmlutils import SimplerXMLGenerator


class FullRss(Rss201rev2Feed):
    """RSS whose items carry their whole text beside the description."""

    def rss_attributes(self) -> dict[str, str]:
        return {**super().rss_attributes(), "xmlns:content": "http://purl.org/rss/1.0/modules/content/"}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["content"])


class FullAtom(Atom1Feed):
    """Atom whose entries carry their whole text beside the summary, and the address of what they are about."""

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        if item["about"]:
            handler.addQuickElement("link", "", {"rel": "related", "href": item["about"]})
        handler.addQuickElement("content", item["content"], {"type": "html"})


class JsonFeed(SyndicationFeed):
    """JSON Feed 1.1. https://www.jsonfeed.org/version/1.1/"""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile: IO[Any], encoding: str) -> None:
        outfile.write(json.dumps(self.document(), ensure_ascii=False).encode(encoding))

    def document(self) -> dict[str, Any]:
        feed = self.feed
        told = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed["title"],
            "home_page_url": feed["link"],
            "feed_url": feed["feed_url"],
            "description": feed["description"],
            "language": feed["language"],
            "authors": [{"name": feed["author_name"]}] if feed["author_name"] else None,
        }
        return {**_without_gaps(told), "items": [_json_item(item) for item in self.items]}


def _json_item(item: dict[str, Any]) -> dict[str, Any]:
    told = {
        "id": item["unique_id"],
        "url": item["link"],
        "external_url": item["about"],
        "title": item["title"],
        "content_html": item["content"],
        "summary": item["summary"],
        "image": item["picture"],
        "date_published": _moment(item["pubdate"]),
        "date_modified": _moment(item["updateddate"]),
        "tags": list(item["categories"]),
    }
    return _without_gaps(told)


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _without_gaps(told: dict[str, Any]) -> dict[str, Any]:
    """The format wants what is not known left out rather than empty."""
    return {name: value for name, value in told.items() if value}


FORMATS: dict[str, type[SyndicationFeed]] = {"rss": FullRss, "atom": FullAtom, "json": JsonFeed}
