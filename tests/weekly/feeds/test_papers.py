"""Feeds of papers: the newest of all, and those of a tag."""

from __future__ import annotations

from datetime import date
from typing import Any

import feedparser
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from papers.models import PaperPage, PaperTag
from papers.tagging import merge_tag
from tests.factories import make_home, make_paper, make_qa

pytestmark = pytest.mark.django_db

ALL = pytest.mark.parametrize("kind", ["rss", "atom"])
EVERY = pytest.mark.parametrize("address", ["/feeds/papers", "/tags/agents/feed"])


def read(client: Client, kind: str = "rss", address: str = "/feeds/papers") -> Any:
    response = client.get(f"{address}.{kind}")
    feed = feedparser.parse(response.content, response_headers={"content-type": response["Content-Type"]})
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


@ALL
@EVERY
def test_an_item_holds_the_whole_page_in_both_languages(client: Client, kind: str, address: str) -> None:
    original = {"question_original": "What is it?", "answer_original": "It is a thing."}
    texts = {"title": "On Things", "title_translated": "物事について", "qa": [make_qa(1, **original)]}
    paper = make_paper(live=True, tags=["agents"], **texts)
    (entry,) = read(client, kind, address).entries
    pieces = (paper.summary, paper.abstract, paper.abstract_translated, "質問1は何ですか。", "答え1です。", "On Things")
    assert entry.title == "物事について"
    assert all(piece in entry.content[0].value for piece in (*pieces, *original.values(), "Ada One", "We measured it"))


@ALL
def test_languages_are_told_apart(client: Client, kind: str) -> None:
    make_paper(live=True, qas=1)
    text = read(client, kind).entries[0].content[0].value
    assert '<div lang="en"><p>We study one thing. It works.</p></div>' in text
    assert text.startswith('<div lang="ja">')


@ALL
def test_an_item_says_that_a_machine_drafted_it(client: Client, kind: str) -> None:
    make_paper(live=True, qas=1)
    assert "tinyが下書き" in read(client, kind).entries[0].content[0].value


def test_the_newest_paper_comes_first(client: Client) -> None:
    for day in (7, 9, 8):
        make_paper(live=True, title=f"P{day}", published_on=date(2024, 5, day))
    assert [entry.title for entry in read(client).entries] == ["P9", "P8", "P7"]


@EVERY
def test_what_is_not_public_is_left_out(client: Client, address: str) -> None:
    make_paper(live=True, title="Shown", tags=["agents"])
    make_paper(title="Draft", tags=["agents"])
    closed = make_paper(live=True, title="Closed", tags=["agents"])
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    assert [entry.title for entry in read(client, "rss", address).entries] == ["Shown"]


def test_a_tags_feed_has_its_papers_alone(client: Client) -> None:
    make_paper(live=True, title="Other", tags=["memory"])
    make_paper(live=True, title="Own", tags=["agents"])
    feed = read(client, "atom", "/tags/agents/feed")
    assert [entry.title for entry in feed.entries] == ["Own"]
    assert (feed.feed.title, feed.feed.link) == (f"agents – {make_home().title}", "http://testserver/tags/agents/")


@pytest.mark.parametrize("slug", ["nobody", "エージェント"])
@pytest.mark.parametrize("kind", ["rss", "atom", "json"])
def test_a_tag_that_no_public_paper_carries_has_no_feed(client: Client, kind: str, slug: str) -> None:
    make_paper(tags=[slug])
    assert client.get(f"/tags/{slug}/feed.{kind}").status_code == 404


def test_a_tag_of_other_letters_has_its_feed(client: Client) -> None:
    make_paper(live=True, tags=["強化学習"])
    assert len(read(client, "rss", "/tags/強化学習/feed").entries) == 1


def test_a_synonyms_feed_leads_to_that_of_what_it_means(client: Client) -> None:
    make_paper(live=True, tags=["agent"])
    make_paper(live=True, tags=["agents"])
    merge_tag(PaperTag.objects.get(slug="agent"), PaperTag.objects.get(slug="agents"))
    response = client.get("/tags/agent/feed.json?language=ja")
    assert (response.status_code, response["Location"]) == (301, "/tags/agents/feed.json?language=ja")


@ALL
def test_an_item_keeps_its_id_when_its_page_moves(client: Client, kind: str) -> None:
    paper = make_paper(live=True)
    before = read(client, kind).entries[0].id
    PaperPage.objects.get(pk=paper.pk).slug = "elsewhere"
    assert read(client, kind).entries[0].id == before


def test_an_atom_entry_leads_to_the_paper_itself(client: Client) -> None:
    paper = make_paper(live=True)
    links = {link.rel: link.href for link in read(client, "atom").entries[0].links}
    assert links["related"] == f"https://arxiv.org/abs/{paper.arxiv_ref}"


def test_a_paper_that_code_made_live_has_a_date_all_the_same(client: Client) -> None:
    paper = make_paper(live=True)
    unknown = dict.fromkeys(("first_published_at", "last_published_at", "latest_revision_created_at"))
    PaperPage.objects.filter(pk=paper.pk).update(**unknown)
    assert read(client, "atom").entries[0].updated.startswith("2024-05-07")


@EVERY
def test_its_cost_does_not_grow_with_the_papers(client: Client, address: str) -> None:
    counts = []
    for _round in range(2):
        for _number in range(3):
            make_paper(live=True, qas=1, tags=["agents", "memory"])
        client.get(f"{address}.json")  # the site's root paths are now in the cache
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{address}.json")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10
