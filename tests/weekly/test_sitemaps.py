"""The sitemap, as a search engine reads it."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from papers.models import PaperPage
from tests.factories import make_home, make_paper, make_week
from weekly import sitemaps
from weekly.models import WeekPage

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


def test_it_says_when_a_page_last_changed(client: Client) -> None:
    paper = make_paper(live=True)
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    changed = {path(url.findtext("s:loc", "", SPACES)): url.findtext("s:lastmod", "", SPACES) for url in root}
    moment = paper.last_published_at.isoformat(timespec="seconds")
    assert changed[f"/papers/{paper.slug}/"] == changed["/"] == changed["/papers/"] == moment


def test_addresses_are_those_that_wagtail_gives(client: Client) -> None:
    pages = [make_paper(live=True, slug=slug) for slug in ("on-things", "物事について", "a_b-1")]
    assert {page.get_url() for page in pages} <= set(read(client))


def test_a_page_of_the_host_tells_its_addresses_itself(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make_week(make_paper(live=True), live=True)
    own = [{"location": "http://localhost/own/", "lastmod": None}]
    monkeypatch.setattr(WeekPage, "get_sitemap_urls", lambda page, request: own)
    assert {"/own/"} == {address for address in read(client) if "own" in address or "2024" in address}


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that are full sooner."""
    monkeypatch.setattr(sitemaps, "LIMIT", 2)


def parts(client: Client) -> list[list[str]]:
    """The paths in each file that the index names."""
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    assert index.tag.endswith("sitemapindex")
    addresses = [entry.findtext("s:loc", "", SPACES) for entry in index]
    files = [
        ElementTree.fromstring(client.get(urlsplit(address).path, part_of(address)).content) for address in addresses
    ]
    return [[path(url.findtext("s:loc", "", SPACES)) for url in file] for file in files]


def part_of(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))


@pytest.mark.usefixtures("small")
def test_a_large_digest_has_an_index_of_files(client: Client) -> None:
    papers = [make_paper(live=True) for _number in range(6)]
    files = parts(client)
    assert len(files) == 5
    assert sorted(sum(files, [])) == sorted(["/", "/weeks/", "/papers/", *(paper.get_url() for paper in papers)])


@pytest.mark.usefixtures("small")
def test_translations_are_never_parted(client: Client) -> None:
    for number in range(5):
        paper = make_paper(live=True, slug=f"one-{number}")
        make_paper(live=True, slug=f"one-{number}", code="ko", translation_key=paper.translation_key)
    files = [file for file in parts(client) if file]
    assert all(f"/ko{address}" in file for file in files for address in file if address.startswith("/papers/one"))
    assert len(sum(files, [])) == len(set(sum(files, []))) == 16


@pytest.mark.parametrize("part", ["0", "99", "-1", "x", "1e9", "９", "1" * 30, "\x00", "None"])
def test_a_part_that_is_none_is_not_there(client: Client, part: str) -> None:
    make_home()
    assert client.get("/sitemap.xml", {"p": part}).status_code == 404
