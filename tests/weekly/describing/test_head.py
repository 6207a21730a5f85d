"""What search engines and social networks are told in the head of a page."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import PageViewRestriction

from tests.factories import make_correction, make_home, make_paper, make_week
from tests.weekly.reading import count_queries, read, read_draft

pytestmark = pytest.mark.django_db


def canonical(soup: BeautifulSoup) -> str:
    return soup.select_one("link[rel=canonical]")["href"]


def told(soup: BeautifulSoup, name: str) -> str | None:
    """A meta element's content, by its name or property."""
    found = soup.select(f'meta[property="{name}"], meta[name="{name}"]')
    assert len(found) <= 1
    return found[0]["content"] if found else None


def translations(soup: BeautifulSoup) -> dict[str, str]:
    return {link["hreflang"]: link["href"] for link in soup.select("link[hreflang]")}


def test_a_page_has_one_address_whatever_else_was_asked(client: Client) -> None:
    paper = make_paper(live=True)
    url = f"http://localhost/papers/{paper.slug}/"
    for query in ("", "?utm_source=x", "?comment=5"):
        assert canonical(read(client, paper.get_url() + query)) == url


def test_later_pages_of_a_list_are_pages_of_their_own(client: Client) -> None:
    make_paper(live=True, tags=["agents"])
    address = "/tags/agents/?after=2026-01-01.5"
    assert canonical(read(client, address)) == f"http://localhost{address}"
    assert canonical(read(client, "/tags/agents/?x=1")) == "http://localhost/tags/agents/"


def test_social_networks_are_told_of_a_paper(client: Client) -> None:
    paper = make_paper(live=True, title="On Things", title_translated="物事について", summary='要約 "1" <b>です。')
    soup = read(client, paper)
    assert (told(soup, "og:title"), told(soup, "og:type")) == ("物事について", "article")
    assert told(soup, "og:description") == told(soup, "description") == '要約 "1" <b>です。'
    assert (told(soup, "og:site_name"), told(soup, "twitter:card")) == (make_home().title, "summary_large_image")


def test_an_editors_own_words_stand_first(client: Client) -> None:
    week = make_week(make_paper(live=True), live=True, seo_title="For searches", search_description="In short.")
    soup = read(client, week)
    assert (told(soup, "og:title"), told(soup, "description")) == ("For searches", "In short.")


def test_a_long_description_is_cut(client: Client) -> None:
    soup = read(client, make_paper(live=True, summary="長い要約。\n" * 100))
    assert len(told(soup, "description") or "") == 200
    assert (told(soup, "description") or "").endswith("…")


def test_translations_name_each_other_and_themselves(client: Client) -> None:
    paper = make_paper(live=True, slug="one")
    other = make_paper(live=True, slug="hana", code="ko", translation_key=paper.translation_key)
    expected = {"ja": "http://localhost/papers/one/", "ko": "http://localhost/ko/papers/hana/"}
    expected["x-default"] = expected["ja"]
    assert translations(read(client, paper)) == translations(read(client, other)) == expected


def test_a_week_in_two_languages_says_so(client: Client) -> None:
    week = make_week(make_paper(live=True), live=True)
    make_week(make_paper(live=True, code="ko"), live=True, code="ko", translation_key=week.translation_key)
    assert set(translations(read(client, week))) == {"ja", "ko", "x-default"}


def test_languages_without_the_sites_own_have_none_for_all_others(client: Client) -> None:
    make_home()
    make_home("en")
    assert set(translations(read(client, make_home("ko")))) == {"en", "ja", "ko", "x-default"}
    make_home().unpublish()
    assert set(translations(read(client, make_home("ko")))) == {"en", "ko"}


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ({}, "週 2024-05-06 – Paper Digest"),
        ({"title": "The paper digest of May"}, "The paper digest of May"),
        ({"seo_title": "For searches"}, "For searches"),
    ],
)
def test_a_title_says_the_digests_name_once(client: Client, fields: dict[str, str], title: str) -> None:
    soup = read(client, make_week(make_paper(live=True), live=True, **fields))
    assert soup.title.string == title
    assert "– Paper Digest" not in (told(soup, "og:title") or "")


@pytest.mark.parametrize(
    ("address", "title"),
    [("/", "A & B"), ("/tags/", "タグ – A & B"), ("/search/", "検索 – A & B"), ("/papers/", "論文 – A & B")],
)
def test_titles_of_lists_say_whose_they_are(client: Client, address: str, title: str) -> None:
    home = make_home()
    home.title = "A & B"
    home.save_revision().publish()
    assert read(client, address).title.string == title


def test_a_home_without_an_introduction_is_described_as_readers_see_it(client: Client) -> None:
    make_home()
    soup = read(client, "/")
    assert told(soup, "description") == soup.select_one(".lead").get_text()


@pytest.mark.parametrize(("code", "locale"), [("ja", "ja_JP"), ("ko", "ko_KR"), ("en", "en_US")])
def test_social_networks_are_told_the_language(client: Client, code: str, locale: str) -> None:
    for each in ("ja", code):
        make_home(each)
    assert told(read(client, make_home(code)), "og:locale") == locale


def test_a_page_in_one_language_names_none(client: Client) -> None:
    assert translations(read(client, make_paper(live=True))) == {}


def test_translations_that_are_not_public_are_not_named(client: Client) -> None:
    paper = make_paper(live=True)
    closed = make_paper(live=True, code="ko", translation_key=paper.translation_key)
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    assert translations(read(client, paper)) == {}


@pytest.mark.parametrize(
    ("address", "title"), [("/tags/", "タグ"), ("/tags/agents/", "agents"), ("/corrections/", "訂正")]
)
def test_pages_that_are_not_in_the_tree_are_told_of_as_well(client: Client, address: str, title: str) -> None:
    make_correction(make_paper(live=True, tags=["agents"]))
    soup = read(client, address)
    assert (canonical(soup), told(soup, "og:title")) == (f"http://localhost{address}", title)


@pytest.mark.parametrize("address", ["/tags/", "/tags/機械/", "/tags/機械/?after=2026-01-01.5", "/corrections/"])
def test_a_language_without_a_digest_leads_to_the_one_that_is_shown(client: Client, address: str) -> None:
    make_correction(make_paper(live=True, tags=["機械"]))
    soup = read(client, f"/ko{address}")
    assert soup.html["lang"] == "ja"
    assert unquote(canonical(soup)) == f"http://localhost{unquote(address)}"


@pytest.mark.parametrize(
    ("address", "feed"), [("/tags/agents/", "/tags/agents/feed"), ("/corrections/", "/feeds/corrections")]
)
def test_a_list_names_its_own_feeds(client: Client, address: str, feed: str) -> None:
    make_paper(live=True, tags=["agents"])
    links = {link["href"] for link in read(client, address).select("link[type]")}
    assert {f"{feed}.rss", f"{feed}.atom", f"{feed}.json"} <= links


@pytest.mark.parametrize("address", ["/nowhere/", "/tags/nobody/", "/corrections/?after=x"])
def test_a_page_that_is_not_there_has_no_address(client: Client, address: str) -> None:
    make_home()
    soup = BeautifulSoup(client.get(address).content, "html.parser")
    assert soup.select("link[rel=canonical], script[type='application/ld+json'], meta[property^=og]") == []


def test_a_preview_has_no_address() -> None:
    assert read_draft(make_paper()).select("link[rel=canonical]") == []


def test_a_form_is_told_to_nobody(client: Client) -> None:
    paper = make_paper(live=True)
    soup = read(client, f"/reports/new/?page={paper.pk}&place=summary")
    assert (told(soup, "robots"), soup.select("link[rel=canonical]")) == ("noindex", [])


def test_a_machine_without_fonts_has_pages_without_pictures(client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr("weekly.sharing.addresses.find_face", lambda *_names: None)
    soup = read(client, make_paper(live=True))
    assert (told(soup, "og:image"), told(soup, "twitter:card")) == (None, "summary")


@pytest.mark.parametrize(("languages", "queries"), [(["ja"], 0), (["ja", "ko"], 1)])
def test_only_other_languages_cost_a_query(
    languages: list[str], queries: int, client: Client, monkeypatch: Any
) -> None:
    paper = make_paper(live=True)
    for code in languages:
        make_home(code)
    read(client, paper)  # the site's root paths are now in the cache
    whole = count_queries(client, paper)
    monkeypatch.setattr("weekly.templatetags.found.describe_page", lambda *_parts: None)
    assert whole - count_queries(client, paper) == queries
