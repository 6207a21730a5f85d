"""Reads a page as a reader's browser has it."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page


def read(client: Client, page: Page | str, **headers: str) -> BeautifulSoup:
    """The parsed answer of a page or an address."""
    address = page if isinstance(page, str) else page.get_url()
    response = client.get(address, headers=headers)
    assert response.status_code == 200, (address, response.status_code)
    return BeautifulSoup(response.content, "html.parser")


def read_draft(page: Page) -> BeautifulSoup:
    """The editor's preview of a page's newest revision."""
    draft = Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object()
    response = draft.make_preview_request()
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def text_of(found: Tag | None) -> str:
    """An element's text with every run of white space as one space."""
    assert found is not None
    return " ".join(found.get_text().split())


def links_of(found: Tag) -> list[str]:
    return [link["href"] for link in found.select("a[href]")]


def language_of(found: Tag) -> str:
    """The language that assistive software reads an element in."""
    return next(tag["lang"] for tag in [found, *found.parents] if tag.has_attr("lang"))


def count_queries(client: Client, page: Page) -> int:
    with CaptureQueriesContext(connection) as queries:
        read(client, page)
    return len(queries)
