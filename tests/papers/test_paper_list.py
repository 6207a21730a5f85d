"""The list of all papers, as readers page through it."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from tests.factories import make_paper
from tests.weekly.reading import links_of, read, text_of

pytestmark = pytest.mark.django_db


def test_the_list_pages_through_all_papers_newest_first(client: Client) -> None:
    papers = [make_paper(live=True, published_on=date(2024, 1, 1 + number)) for number in range(21)]
    first = read(client, "/papers/")
    assert len(first.select(".paper-list > li")) == 20
    rest = read(client, "/papers/" + first.select_one(".pager .next")["href"])
    assert links_of(rest.select_one(".paper-list")) == [papers[0].get_url()]
    assert rest.select_one(".pager .next") is None


@pytest.mark.parametrize("after", ["x", "2024-05-06.99999999999999999999", "%00", "2024-02-30.1"])
def test_a_broken_cursor_is_a_page_that_is_not_there(client: Client, after: str) -> None:
    make_paper(live=True)
    assert client.get(f"/papers/?after={after}").status_code == 404


def test_an_empty_list_says_so(client: Client) -> None:
    make_paper()
    assert text_of(read(client, "/papers/").select_one(".paper-list")) == "ここにはまだ論文がありません。"


@pytest.mark.parametrize(("address", "feed"), [("/papers/", "/feeds/papers"), ("/tags/agents/", "/tags/agents/feed")])
def test_a_list_leads_to_its_own_feeds(client: Client, address: str, feed: str) -> None:
    make_paper(live=True, tags=["agents"])
    links = links_of(read(client, address).select_one(".digest > p.feeds"))
    assert links == [f"{feed}.{kind}" for kind in ("rss", "atom", "json")]
    assert [client.get(link).status_code for link in links] == [200] * 3
