"""Readers who know the site's CDN alone, what they read, and what a worker and an editor do."""

from __future__ import annotations

from typing import Any

import requests
from wagtail.contrib.frontend_cache.backends import HTTPBackend

from tests.servers.base import Seen
from tests.servers.cdn import CDN
from weekly.caching import purging

OWN, WEEK, TAG = "/papers/own/", "/weeks/2024-05-06/", "/tags/agents/"
OWN_FEEDS = ("/feeds/papers.rss", "/tags/agents/feed.json")
OWN_API = ("/api/v1/papers/own", "/api/v1/papers", "/api/v1/tags/agents")
FAR = (
    "/tags/vision/",
    "/tags/vision/feed.rss",
    "/api/v1/papers/other",
    "/papers/other/cite.bib",
    "/weeks/2020-01-06/cite.bib",
)
ALL = (OWN, WEEK, TAG, "/", "/papers/", *OWN_FEEDS, *OWN_API, *FAR)


def is_purge(seen: Seen) -> bool:
    return seen.method == "PURGE"


class Reader:
    """Somebody who knows the site's CDN alone."""

    def __init__(self, cdn: CDN) -> None:
        self.cdn = cdn

    def get(self, address: str, **headers: str) -> requests.Response:
        return requests.get(self.cdn.url + address, headers=headers, timeout=60, allow_redirects=False)

    def sees(self, address: str, text: str) -> bool:
        return text in self.get(address).text

    def fill(self, *addresses: str) -> None:
        """Read all, after which the CDN has all."""
        for address in addresses:
            self.get(address)
        assert {address for address in addresses if "X-Cache" not in self.get(address).headers} == set()


class Telling(HTTPBackend):
    """One that tells its log alone what it could not purge, as those for Cloudflare, CloudFront and Azure do."""

    def purge(self, url: str) -> None:
        super().purge(url)


def worker() -> int:
    """What a worker does once it was sent the task."""
    return purging.purge()


def publish(page: Any, user: Any, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision(user=user).publish(user=user)
