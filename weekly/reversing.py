"""Addresses of views and pages, remembered: a page of ours leads to the same few dozen again and again."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from django.http import HttpRequest
from django.urls import URLResolver, reverse
from wagtail.models import Page

from papers.addressing import Addresses, standpoint
from papers.models.listed import ListedPaper

KEPT = 4096  # addresses of views


def path_of(view: str, *arguments: str, current_app: str | None = None) -> str:
    """As Django's `reverse` gives it. Raises NoReverseMatch."""
    return paths_to(view, current_app)(*arguments)


def paths_to(view: str, current_app: str | None = None) -> Callable[..., str]:
    """The same for many addresses of one view, by the language and the prefix at hand."""
    around = standpoint()
    return lambda *arguments: _path_of(*around, current_app, view, arguments)


@lru_cache(KEPT)
def _path_of(
    resolver: URLResolver,
    prefix: str,
    language: str | None,
    current_app: str | None,
    view: str,
    arguments: tuple[str, ...],
) -> str:
    return reverse(view, args=arguments, current_app=current_app)


def page_path(page: Page | ListedPaper, request: HttpRequest) -> str | None:
    """A page's address as `get_url` gives it. Wagtail is asked for one page of each folder."""
    if not page.url_path:
        return page.get_url(request)
    return Addresses.of(request).path(page)
