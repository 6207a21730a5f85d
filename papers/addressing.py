"""Where the pages of a list lie. Wagtail is asked for one page of each folder: the others lie beside it.

What it says is remembered with all that it follows from: sites, language, and where the host includes Wagtail.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, Protocol, Self, TypeVar
from urllib.parse import quote

from django.http import HttpRequest
from django.urls import URLResolver, get_resolver, get_script_prefix, get_urlconf
from django.utils.translation import get_language
from wagtail.models import Page, Site

from papers.standing import give_site, learn_site

KEPT = 1_000  # folders
_UNKNOWN: Any = object()
_known: dict[Any, Any] = {}
_SLUG = re.compile(r"[-\w]+")  # what Wagtail's own pattern takes for one


class Listed(Protocol):
    """A row of a list."""

    @property
    def pk(self) -> int: ...
    @property
    def url_path(self) -> str: ...


Row = TypeVar("Row", bound=Listed)
Value = TypeVar("Value")


def standpoint() -> tuple[URLResolver, str, str | None]:
    """All that addresses of views follow from but for the app; where they change, Django makes another resolver."""
    return get_resolver(get_urlconf()), get_script_prefix(), get_language()


class Addresses:
    """Addresses for one request, in the language that is active."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        learn_site(request)
        give_site(request)
        roots, site = Site.get_site_root_paths(), Site.find_for_request(request)
        self.roots = {root.root_path for root in roots}
        self.follows_from = *map(tuple, roots), site and site.pk, *standpoint()

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """Those of a request in the language at hand, the same ones each time."""
        known: dict[str | None, Self] = vars(request).setdefault("digest_addresses", {})
        language = get_language()
        if language not in known:
            known[language] = cls(request)
        return known[language]

    def path(self, page: Listed) -> str | None:
        """As `Page.get_url` gives it: with the host where that is another one, None where no host routes the page."""
        folder, slug, _end = page.url_path.rsplit("/", 2)
        if page.url_path in self.roots:
            return self._remembered(page.url_path, lambda: self._asked(page))
        if not _SLUG.fullmatch(slug):
            return self._asked(page)
        slug = quote(slug)
        ends = self._remembered(folder, lambda: _around(self._asked(page), slug))
        return f"{ends[0]}{slug}{ends[1]}" if ends else self._asked(page)

    def _remembered(self, place: str, ask: Callable[[], Value]) -> Value:
        key = (place, self.follows_from)
        found = _known.get(key, _UNKNOWN)
        if found is _UNKNOWN:
            if len(_known) >= KEPT:
                _known.clear()
            found = _known[key] = ask()
        return found

    def _asked(self, page: Listed) -> str | None:
        return Page(pk=page.pk, url_path=page.url_path).get_url(self.request)


def _around(path: str | None, slug: str) -> tuple[str, str] | None:
    """What stands before and after the last part of an address; None where its end is no page's of Wagtail."""
    before, found, after = (path or "").rpartition(slug)
    return (before, after) if found and after in {"", "/"} else None


def addressed(rows: Iterable[Row], request: HttpRequest) -> list[tuple[Row, str | None]]:
    """Each row with its address."""
    addresses = Addresses.of(request)
    return [(row, addresses.path(row)) for row in rows]
