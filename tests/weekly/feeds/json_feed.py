"""The rules of JSON Feed 1.1. https://www.jsonfeed.org/version/1.1/"""

from __future__ import annotations

import re
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
TEXTS = {*ADDRESSES, "version", "title", "description", "language", "id", "content_html", "content_text", "summary"}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")  # RFC 3339
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")  # BCP 47


def faults(feed: dict[str, Any]) -> list[str]:
    """What the document has against the rules; empty for a good one."""
    found = [f"missing: {name}" for name in ("version", "title", "items") if name not in feed]
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        found.append("version")
    found += _fields(feed, FEED)
    if not isinstance(feed.get("items"), list):
        return [*found, "items is no list"]
    keys = [item.get("id") for item in feed["items"]]
    found += ["ids are not unique"] if len(set(keys)) < len(keys) else []
    return found + [fault for item in feed["items"] for fault in _item(item)]


def _item(item: dict[str, Any]) -> list[str]:
    found = [] if isinstance(item.get("id"), str) and item["id"] else ["item without id"]
    found += [] if item.get("content_html") or item.get("content_text") else ["item without content"]
    found += [f"empty: {name}" for name, value in item.items() if value in ("", None, [])]
    moments = [item[name] for name in ("date_published", "date_modified") if name in item]
    found += [f"no moment: {moment}" for moment in moments if not MOMENT.fullmatch(moment)]
    return found + _fields(item, ITEM)


def _fields(told: dict[str, Any], known: set[str]) -> list[str]:
    """Names of our own begin with an underscore."""
    found = [f"unknown: {name}" for name in set(told) - known if not name.startswith("_")]
    found += [f"no text: {name}" for name in TEXTS & set(told) if not isinstance(told[name], str)]
    found += [f"no list: {name}" for name in ("authors", "tags") if not isinstance(told.get(name, []), list)]
    found += [f"author: {author}" for author in told.get("authors", []) if not author.get("name")]
    if not LANGUAGE.fullmatch(told.get("language", "en")):
        found.append(f"language: {told['language']}")
    return found + _addresses(told)


def _addresses(told: dict[str, Any]) -> list[str]:
    return [f"{name}: {told[name]}" for name in ADDRESSES if name in told and not urlsplit(told[name]).netloc]
