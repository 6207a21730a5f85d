"""The sitemap, as a search engine reads it."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from papers.models import PaperPage
from tests.factories import make_home, make_paper, make_week

pytestmark = pytest.mark.django_db

SPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def read(client: Client) -> dict[str, dict[str, str]]:
    """Each page's path with its translations by language."""
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    return {path(url.findtext("s:loc", "", SPACES)): translations(url) for url in root.findall("s:url", SPACES)}


def path(address: str) -> str:
    return address.removeprefix("http://localhost")


def translations(url: ElementTree.Element) -> dict[str, str]:
    return {link.attrib["hreflang"]: path(link.attrib["href"]) for link in url.findall("x:link", SPACES)}


def test_it_lists_the_public_pages_of_all_languages(client: Client) -> None:
    paper = make_paper(live=True)
    make_week(paper, live=True)
    korean = make_paper(live=True, code="ko")
    listed = set(read(client))
    assert {"/", "/weeks/", "/weeks/2024-05-06/", f"/papers/{paper.slug}/"} <= listed
    assert {"/ko/", f"/ko/papers/{korean.slug}/"} <= listed


def test_it_lists_no_page_that_readers_cannot_open(client: Client) -> None:
    draft, gone, closed = make_paper(), make_paper(live=True), make_paper(live=True)
    gone.unpublish()
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    assert not {f"/papers/{page.slug}/" for page in (draft, gone, closed)} & set(read(client))


def test_translations_are_told_of_each_other(client: Client) -> None:
    paper = make_paper(live=True, slug="one")
    make_paper(live=True, slug="hana", code="ko", translation_key=paper.translation_key)
    told = {"ja": "/papers/one/", "ko": "/ko/papers/hana/"}
    listed = read(client)
    assert listed["/papers/one/"] == listed["/ko/papers/hana/"] == told


def test_a_draft_translation_is_not_told_of(client: Client) -> None:
    paper = make_paper(live=True, slug="one")
    make_paper(slug="hana", code="ko", translation_key=paper.translation_key)
    assert read(client)["/papers/one/"] == {}


def test_its_cost_does_not_grow_with_the_papers(client: Client, django_assert_max_num_queries: Any) -> None:
    make_home()
    counts = []
    for _round in range(2):
        for _number in range(4):
            make_paper(live=True)
        client.get("/sitemap.xml")
        with django_assert_max_num_queries(20) as seen:
            client.get("/sitemap.xml")
        counts.append(len(seen))
    assert PaperPage.objects.live().count() == 8
    assert counts[0] == counts[1]
