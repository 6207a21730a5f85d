"""Absolute addresses, and the language that an address stands for."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import get_language_from_path
from wagtail.models import Page

from papers import conf
from papers.addressing import Addresses, Listed


def language_of(request: HttpRequest, tag: str | None = None) -> str:
    """The language asked for, else that of the address's prefix, else the site's. Raises BadLanguage.

    Never the browser's: feeds and API are read by programs, and one address gives everyone the same.
    """
    return conf.language(tag or get_language_from_path(request.path_info))


def page_address(page: Page, request: HttpRequest) -> str:
    """A page's address on the host that was asked; empty where the host routes no such page."""
    address = page.get_url(request)
    return request.build_absolute_uri(address) if address else ""


def row_address(row: Listed, addresses: Addresses) -> str:
    """The same for a row of a list; `addresses` are those of the request that was asked."""
    path = addresses.path(row)
    return addresses.request.build_absolute_uri(path) if path else ""


def is_web(url: str) -> bool:
    """Whether a browser fetches this address: what a list says is data, and `javascript:` would be run."""
    return url.startswith(("http://", "https://"))


def web_address(url: str) -> str:
    """An address that programs may fetch, else nothing."""
    return url if is_web(url) else ""
