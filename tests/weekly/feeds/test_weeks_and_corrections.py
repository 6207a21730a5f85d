"""The feeds, as a feed reader reads them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

import feedparser
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import make_correction, make_home, make_paper, make_week
from weekly.models import DigestIndexPage, WeekPage

pytestmark = pytest.mark.django_db

BOTH = pytest.mark.parametrize("kind", ["rss", "atom"])


def read(client: Client, kind: str, prefix: str = "", name: str = "weeks", **params: str) -> Any:
    """A feed as feedparser has it, well-formed."""
    response = client.get(f"{prefix}/feeds/{name}.{kind}", params)
    feed = feedparser.parse(response.content, response_headers={"content-type": response["Content-Type"]})
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def public_week(**fields: Any) -> WeekPage:
    return make_week(make_paper(live=True), live=True, **fields)


@BOTH
def test_a_feed_says_whose_it_is_and_in_which_language(client: Client, kind: str) -> None:
    public_week()
    DigestIndexPage.objects.update(introduction="毎週の論文です。")
    feed = read(client, kind).feed
    assert (feed.title, feed.language, feed.subtitle) == (make_home().title, "ja", "毎週の論文です。")
    assert feed.link == "http://testserver/"
    assert {"rel": "self", "href": f"http://testserver/feeds/weeks.{kind}"}.items() <= feed.links[1].items()


@BOTH
def test_the_newest_week_comes_first(client: Client, kind: str) -> None:
    for number in range(3):
        public_week(start=date(2024, 5, 6) + timedelta(weeks=number))
    links = [entry.link for entry in read(client, kind).entries]
    assert links == [f"http://testserver/weeks/2024-05-{day}/" for day in (20, 13, "06")]


@BOTH
def test_an_entry_holds_the_whole_week(client: Client, kind: str) -> None:
    paper = make_paper(live=True, title="On Things", title_translated="物事について")
    make_week(paper, make_paper(title="Without a page"), live=True)
    (entry,) = read(client, kind).entries
    text = entry.content[0].value
    for piece in ("主題", "<p>続きです。</p>", "物事について", "On Things", "一行の要約です。", "Without a page"):
        assert piece in text
    assert f'href="http://testserver/papers/{paper.slug}/"' in text


@BOTH
def test_an_entry_leaves_out_what_was_not_chosen(client: Client, kind: str) -> None:
    week = make_week(make_paper(live=True), make_paper(live=True, title="Left out"), live=True)
    week.entries.filter(title="Left out").update(chosen=False)
    assert "Left out" not in str(read(client, kind))


@BOTH
def test_all_links_are_absolute(client: Client, kind: str) -> None:
    public_week(source_url="https://example.org/list")
    entry = read(client, kind).entries[0]
    links = [piece.split('"')[0] for piece in entry.content[0].value.split('href="')[1:]]
    assert len(links) == 2
    assert all(urlsplit(link).netloc for link in [entry.link, *links])


@BOTH
def test_an_entry_keeps_its_id_when_its_page_moves(client: Client, kind: str) -> None:
    week = public_week()
    before = read(client, kind).entries[0].id
    week.slug = "elsewhere"
    week.save()
    after = read(client, kind).entries[0]
    assert (after.id, after.link) == (before, "http://testserver/weeks/elsewhere/")
    assert before.startswith("urn:uuid:")


def test_both_feeds_and_both_languages_have_their_own_view_of_an_id(client: Client) -> None:
    week = public_week()
    public_week(code="ko", translation_key=week.translation_key)
    japanese = {read(client, kind).entries[0].id for kind in ("rss", "atom")}
    assert len(japanese) == 1
    assert read(client, "rss", language="ko").entries[0].id not in japanese


def test_an_entry_is_renewed_when_one_of_its_papers_is(client: Client) -> None:
    week = public_week()
    before = read(client, "atom").entries[0].updated_parsed
    paper = week.entries.get().paper
    type(paper).objects.filter(pk=paper.pk).update(last_published_at=week.last_published_at + timedelta(days=1))
    entry = read(client, "atom").entries[0]
    assert entry.updated_parsed > before
    assert entry.published_parsed == before


@BOTH
def test_a_week_that_code_made_live_has_no_dates_and_still_shows(client: Client, kind: str) -> None:
    public_week()
    WeekPage.objects.update(last_published_at=None, first_published_at=None)
    assert len(read(client, kind).entries) == 1


@BOTH
def test_markup_in_a_text_stays_text(client: Client, kind: str) -> None:
    public_week(theme="<think> & more", overview="<script>alert(1)</script>。")
    xml = client.get(f"/feeds/weeks.{kind}").content.decode()
    assert "&amp;lt;think&amp;gt; &amp;amp; more" in xml
    assert "&amp;lt;script&amp;gt;" in xml
    assert "&lt;script" not in xml


@BOTH
def test_what_xml_cannot_hold_is_left_out(client: Client, kind: str) -> None:
    public_week(title="A\x0bB", theme="C\x01D", overview="E\x1fF。")
    (entry,) = read(client, kind).entries
    assert (entry.title, entry.summary) == ("AB", "CD")
    assert "EF。" in entry.content[0].value


@BOTH
def test_each_language_has_its_feed(client: Client, kind: str) -> None:
    public_week()
    public_week(code="ko", title="주간")
    for feed in (read(client, kind, language="ko"), read(client, kind, prefix="/ko")):
        assert ([entry.title for entry in feed.entries], feed.feed.language) == (["주간"], "ko")


@pytest.mark.parametrize("language", ["fr", "x_y", "\x00"])
def test_a_language_without_a_digest_has_no_feed(client: Client, language: str) -> None:
    public_week()
    assert client.get("/feeds/weeks.rss", {"language": language}).status_code == 404


def test_a_feed_that_has_not_changed_is_not_sent_again(client: Client) -> None:
    week = public_week()
    first = client.get("/feeds/weeks.rss")
    assert client.get("/feeds/weeks.rss", headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.get("/feeds/weeks.rss", headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    week.unpublish()
    assert client.get("/feeds/weeks.rss", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_head_tells_what_get_would(client: Client) -> None:
    public_week()
    assert client.head("/feeds/weeks.atom")["Last-Modified"] == client.get("/feeds/weeks.atom")["Last-Modified"]


def test_a_feed_takes_as_many_queries_for_one_week_as_for_six(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    counts = []
    for numbers in (range(1), range(1, 6)):
        for number in numbers:
            make_week(*[make_paper(live=True)] * 3, live=True, start=date(2024, 5, 6) + timedelta(weeks=number))
        client.get("/feeds/weeks.rss")  # the site's root paths are now in the cache
        with django_assert_max_num_queries(8) as seen:
            client.get("/feeds/weeks.rss")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def read_corrections(client: Client, kind: str, **fields: Any) -> Any:
    make_correction(make_paper(live=True), **fields)
    return read(client, kind, name="corrections")


@BOTH
def test_a_correction_says_what_stood_what_stands_and_why(client: Client, kind: str) -> None:
    (entry,) = read_corrections(client, kind, before="ネズミです。", after="RATです。").entries
    text = entry.content[0].value
    assert all(piece in text for piece in ("<del>ネズミ</del>", "<ins>RAT</ins>", "A name."))
    assert "#correction-" in entry.link


@BOTH
def test_a_correction_bears_the_title_that_its_page_shows(client: Client, kind: str) -> None:
    make_correction(make_paper(live=True, title="On Things", title_translated="物事について"))
    make_correction(make_week(make_paper(live=True), live=True, title="第一週"))
    titles = [entry.title.partition(" – ")[0] for entry in read(client, kind, name="corrections").entries]
    assert titles == ["第一週", "物事について"]


@BOTH
def test_a_correction_thanks_by_name(client: Client, kind: str) -> None:
    (entry,) = read_corrections(client, kind, thanks="Bob").entries
    assert "Bob" in entry.content[0].value


@BOTH
def test_typos_are_not_in_the_feed(client: Client, kind: str) -> None:
    assert read_corrections(client, kind, is_typo=True).entries == []


@BOTH
def test_a_reader_cannot_put_markup_into_the_feed(client: Client, kind: str) -> None:
    script = "<script>alert(1)</script>"
    feed = read_corrections(client, kind, thanks=script, reason=script, before=script, after=script)
    assert "<script" not in feed.entries[0].content[0].value


@BOTH
def test_what_no_feed_can_hold_is_left_out(client: Client, kind: str) -> None:
    signs = "\x0c\ufffe\uffff"
    (entry,) = read_corrections(client, kind, reason=f"A{signs} slip", place_label=f"sum{signs}mary").entries
    assert entry.title.endswith(" – summary")
    assert "A slip" in entry.content[0].value


@BOTH
def test_corrections_of_pages_that_are_not_public_are_not_in_the_feed(client: Client, kind: str) -> None:
    make_correction(make_paper())
    make_home()
    assert read(client, kind, name="corrections").entries == []


def test_a_feed_of_corrections_costs_the_same_however_many_there_are(client: Client) -> None:
    counts = []
    for _round in range(2):
        for _number in range(3):
            make_correction(make_paper(live=True))
        read(client, "rss", name="corrections")  # the site's root paths are now in the cache
        with CaptureQueriesContext(connection) as queries:
            read(client, "rss", name="corrections")
        counts.append(len(queries))
    assert counts[0] == counts[1]


@BOTH
def test_a_week_holds_the_abstracts_and_the_lists_notes(client: Client, kind: str) -> None:
    paper = make_paper(live=True)
    make_week(paper, live=True, introduction="はじめに。")
    (entry,) = read(client, kind).entries
    pieces = (
        paper.abstract,
        paper.abstract_translated,
        "はじめに。",
        '<blockquote lang="en"><p>A note.</p></blockquote>',
    )
    assert all(piece in entry.content[0].value for piece in pieces)
