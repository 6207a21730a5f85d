"""The rules of JSON Feed 1.1. https://www.jsonfeed.org/version/1.1/"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

FEED = {
    "version",
    "title",
    "home_page_url",
    "feed_url",
    "description",
    "language",
    "authors",
    "items",
    "next_url",
    "icon",
}
ITEM = {
    "id",
    "url",
    "external_url",
    "title",
    "content_html",
    "content_text",
    "summary",
    "image",
    "date_published",
    "date_modified",
    "authors",
    "tags",
    "language",
}
ADDRESSES = ("home_page_url", "feed_url", "url", "external_url", "image")


def faults(feed: dict[str, Any]) -> list[str]:
    """What the document has against the rules; empty for a good one."""
    found = [f"unknown: {name}" for name in set(feed) - FEED]
    found += [f"missing: {name}" for name in ("version", "title", "items") if name not in feed]
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        found.append("version")
    found += _addresses(feed)
    found += [f"author: {author}" for author in feed.get("authors", []) if not author.get("name")]
    keys = [item.get("id") for item in feed["items"]]
    found += ["ids are not unique"] if len(set(keys)) < len(keys) else []
    return found + [fault for item in feed["items"] for fault in _item(item)]


def _item(item: dict[str, Any]) -> list[str]:
    found = [f"unknown: {name}" for name in set(item) - ITEM]
    found += [] if isinstance(item.get("id"), str) and item["id"] else ["item without id"]
    found += [] if item.get("content_html") or item.get("content_text") else ["item without content"]
    found += [f"empty: {name}" for name, value in item.items() if value in ("", None, [])]
    for name in ("date_published", "date_modified"):
        if name in item and datetime.fromisoformat(item[name]).tzinfo is None:
            found.append(f"{name} has no zone")
    return found + _addresses(item)


def _addresses(told: dict[str, Any]) -> list[str]:
    return [f"{name} is not absolute" for name in ADDRESSES if name in told and not urlsplit(told[name]).netloc]
