"""JSON Feed, by its rules."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.factories import make_correction, make_home, make_paper, make_week
from tests.weekly.feeds.json_feed import faults
from weekly.feeds import FEEDS

pytestmark = pytest.mark.django_db

ALL = pytest.mark.parametrize("name", [*(f"feeds/{name}" for name in FEEDS), "tags/agents/feed"])


def read(client: Client, name: str, **params: str) -> Any:
    response = client.get(f"/{name}.json", params)
    assert response["Content-Type"] == "application/feed+json; charset=utf-8"
    return response.json()


def fill(**fields: Any) -> Any:
    """A public week with a public paper that was corrected."""
    paper = make_paper(live=True, qas=2, tags=["agents"], **fields)
    make_week(paper, live=True)
    make_correction(paper)
    return paper


@ALL
def test_it_keeps_the_rules(client: Client, name: str) -> None:
    fill()
    feed = read(client, name)
    assert faults(feed) == []
    assert len(feed["items"]) == 1


def test_the_rules_are_rules() -> None:
    bad = {"version": "1", "title": "T", "feed_url": "/x", "items": [{"id": ""}, {"id": "", "url": ""}], "odd": 1}
    assert len(faults(bad)) >= 8


@pytest.mark.parametrize("name", FEEDS)
def test_an_empty_digest_has_an_empty_feed(client: Client, name: str) -> None:
    make_home()
    feed = read(client, f"feeds/{name}")
    assert (faults(feed), feed["items"]) == ([], [])


@ALL
def test_it_is_in_the_language_of_its_address(client: Client, name: str) -> None:
    fill()
    feed = read(client, name)
    assert feed["language"] == "ja"
    assert feed["feed_url"] == f"http://testserver/{name}.json"


def test_a_summary_is_plain_text_and_the_content_is_markup(client: Client) -> None:
    fill(summary="a < b & c")
    (item,) = read(client, "feeds/papers")["items"]
    assert item["summary"] == "a < b & c"
    assert "a &lt; b &amp; c" in item["content_html"]


def test_letters_stand_as_they_are(client: Client) -> None:
    fill(title="On Things", title_translated="物事について")
    assert "物事について".encode() in client.get("/feeds/papers.json").content


def test_an_item_names_the_paper_its_picture_and_its_tags(client: Client) -> None:
    paper = fill()
    (item,) = read(client, "feeds/papers")["items"]
    assert (item["external_url"], item["tags"]) == (f"https://arxiv.org/abs/{paper.arxiv_ref}", ["agents"])
    assert item["image"].startswith(f"http://testserver/share/papers/{paper.slug}.png?v=")


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//example.org/x", "/etc/passwd"])
def test_it_names_only_web_addresses(client: Client, address: str) -> None:
    paper = make_paper(live=True, arxiv_id=None)
    type(paper).objects.filter(pk=paper.pk).update(source_url=address, pdf_url=address)
    assert address not in client.get("/feeds/papers.json").content.decode()
