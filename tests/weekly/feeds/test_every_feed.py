"""Every feed of a site that has everything, in every format and language: as strict as its readers are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import feedparser
import html5lib
import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.browser.public_pages import full_site
from tests.factories import make_correction, make_paper, make_qa, make_week
from tests.weekly.feeds.json_feed import faults
from weekly.feeds import FEEDS

NAMES = [*(f"feeds/{name}" for name in FEEDS), "tags/agents/feed"]
PREFIXES = {"ja": "", "ko": "ko/", "en": "en/"}
XML = {"rss": ("rss20", "application/rss+xml"), "atom": ("atom10", "application/atom+xml")}
CORRECTED = {"ja"}  # nothing was corrected in the other languages


@pytest.fixture
def site(db: None) -> None:
    full_site()


def addresses() -> Iterator[tuple[str, str]]:
    for language, prefix in PREFIXES.items():
        yield from ((language, f"/{prefix}{name}") for name in NAMES)


def xml_faults(client: Client, language: str, address: str, kind: str) -> Iterator[str]:
    """What feedparser, and who reads with it, have against a feed."""
    answer = client.get(f"{address}.{kind}")
    feed = feedparser.parse(answer.content, response_headers={"content-type": answer["Content-Type"]})
    told = (feed.bozo, feed.version, feed.feed.get("language"), answer["Content-Type"].split(";")[0])
    if told != (False, XML[kind][0], language, XML[kind][1]):
        yield f"{told}"
    if bool(feed.entries) != (language in CORRECTED or "corrections" not in address):
        yield f"{len(feed.entries)} entries"
    if len({entry.get("id") for entry in feed.entries}) < len(feed.entries):
        yield "an id stands twice"
    needed = ("id", "title", "link", "updated_parsed" if kind == "atom" else "published_parsed")
    yield from (
        f"{entry.get('link')} has no {name}" for entry in feed.entries for name in needed if not entry.get(name)
    )


@pytest.mark.parametrize("kind", XML)
def test_feedparser_and_its_readers_take_every_feed(client: Client, site: None, kind: str) -> None:
    found = {address: list(xml_faults(client, language, address, kind)) for language, address in addresses()}
    assert len(found) == len(NAMES) * len(PREFIXES)
    assert {address: faults for address, faults in found.items() if faults} == {}


def content_faults(item: dict[str, Any]) -> Iterator[str]:
    """Markup that no parser has to guess at, and links that lead somewhere from wherever it is read."""
    parser = html5lib.HTMLParser()
    parser.parseFragment(item["content_html"])
    yield from (code for _place, code, _data in parser.errors)
    links = BeautifulSoup(item["content_html"], "html.parser").select("[href], [src]")
    named = [link.get("href") or link["src"] for link in links]
    yield from (url for url in named if not urlsplit(url).netloc)


def test_every_json_feed_keeps_the_rules(client: Client, site: None) -> None:
    for language, address in addresses():
        feed = client.get(f"{address}.json").json()
        assert (faults(feed), feed["language"]) == ([], language), address
        assert [fault for item in feed["items"] for fault in content_faults(item)] == [], address


def test_no_feed_shows_formulas_as_source(client: Client, db: None) -> None:
    tex = r"これは$\ell_p$です。"
    quote = {"page": 1, "quote": tex, "verified": True}
    qa = make_qa(1, question=tex, question_original=tex, answer=tex, answer_original=tex, citations=[quote])
    texts = dict.fromkeys(("title", "title_translated", "abstract", "abstract_translated", "summary"), tex)
    paper = make_paper(live=True, tags=["agents"], qa=[qa], **texts)
    week = make_week(paper, make_paper(title=tex), live=True, theme=tex, introduction=tex, overview=tex)
    week.entries.update(note=tex)
    make_correction(paper, before=tex, after=f"{tex} c", reason=tex)
    for name in NAMES:
        (item,) = client.get(f"/{name}.json").json()["items"]
        assert ("ℓₚ" in item["content_html"], "$" in str(item)) == (True, False), name


@pytest.mark.parametrize(
    "change",
    [
        {"title": 1},
        {"items": {}},
        {"language": "japanese!"},
        {"home_page_url": "/weeks/"},
        {"items": [{"id": "1", "content_html": "A", "tags": "a, b"}]},
        {"items": [{"id": 1, "content_html": "A"}]},
        {"items": [{"id": "1", "content_html": "A", "date_published": "2024-05-06"}]},
        {"items": [{"id": "1", "summary": "A"}]},
        {"odd": True},
    ],
)
def test_a_fault_is_found(change: dict[str, Any]) -> None:
    good = {"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": []}
    assert (faults(good), faults({**good, **change}) != []) == ([], True)


def test_an_extension_of_its_own_is_allowed() -> None:
    moment = datetime(2024, 5, 6, 10).astimezone().isoformat()
    item = {"id": "1", "content_html": "A", "date_published": moment, "_paper": {"arxiv": "1"}}
    assert faults({"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [item]}) == []
