"""Comments on the pages of papers and weeks, as readers see them."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client

from papers.models import PaperPage
from tests.factories import make_comment, make_correction, make_editor, make_paper, make_week
from tests.weekly.reading import count_queries, links_of, read, text_of
from tests.weekly.speaking.visiting import EVIL, close, comments_of, make_english, post
from weekly.models import Comment

pytestmark = pytest.mark.django_db


def test_a_page_without_comments_invites_to_the_first(client: Client, page: PaperPage) -> None:
    section = comments_of(client, page)
    assert "Nobody has commented yet." in text_of(section)
    assert f"/en/comments/new/?page={page.pk}" in links_of(section)


def test_comments_stand_as_threads_of_one_level(client: Client, page: PaperPage) -> None:
    first = make_comment(page, state="approved", text="A question.")
    make_comment(page, state="approved", parent=first, name="Carol", text="An answer.")
    (thread,) = comments_of(client, page).select(".threads > li")
    assert text_of(thread.select_one(".said")) == "A question."
    assert text_of(thread.select_one(".answers .comment")).startswith("Carol")


def test_a_thread_is_answered_by_its_link(client: Client, page: PaperPage) -> None:
    thread = make_comment(page, state="approved")
    assert links_of(comments_of(client, page).select_one(".threads"))[-1].endswith(f"&reply={thread.pk}")


def test_ways_to_speak_lead_on_where_a_site_groups_digits(client: Client, settings: Any) -> None:
    settings.USE_THOUSAND_SEPARATOR = True
    page = make_english(pk=1234)
    make_comment(page, state="approved", pk=5678)
    ways = [link["href"] for link in comments_of(client, page).select("a[data-speak]")]
    assert ways[0].endswith("?page=1234")
    assert ways[-1].endswith("?page=1234&reply=5678")


def test_an_editors_comment_bears_a_badge(client: Client, page: PaperPage) -> None:
    make_comment(page, state="approved", editor=make_editor())
    make_comment(page, state="approved")
    badges = [len(comment.select(".badge")) for comment in comments_of(client, page).select(".comment")]
    assert badges == [0, 1]


def test_web_addresses_in_an_approved_comment_are_links_that_lend_no_rank(client: Client, page: PaperPage) -> None:
    make_comment(page, state="approved", text="See https://example.org/a?b=1&c=2 for more.")
    link = comments_of(client, page).select_one(".said a")
    assert (link["href"], link["rel"]) == ("https://example.org/a?b=1&c=2", ["nofollow"])


def test_paragraphs_stay_paragraphs(client: Client, page: PaperPage) -> None:
    make_comment(page, state="approved", text="One.\n\nTwo.")
    assert [text_of(p) for p in comments_of(client, page).select(".said p")] == ["One.", "Two."]


@pytest.mark.parametrize("state", ["approved", "waiting"])
def test_nothing_that_a_reader_typed_is_markup(client: Client, page: PaperPage, state: str) -> None:
    response = post(client, "comment", page, name=EVIL, text=EVIL)
    Comment.objects.update(state=state)
    soup = BeautifulSoup(client.get(response.url).content, "html.parser")
    assert soup.select("#comments :is(script, .said b, .said a)") == []
    assert EVIL in soup.select_one(".said").get_text()


def test_mail_addresses_are_on_no_page(client: Client, page: PaperPage) -> None:
    post(client, "comment", page, email="bob@example.org")
    Comment.objects.update(state="approved")
    assert b"bob@example.org" not in client.get(page.get_url()).content


@pytest.mark.parametrize("state", ["declined", "spam"])
def test_what_was_declined_is_not_shown_even_to_its_writer(client: Client, page: PaperPage, state: str) -> None:
    post(client, "comment", page)
    Comment.objects.update(state=state)
    assert comments_of(client, page).select(".comment") == []


def test_a_closed_page_keeps_its_comments_and_takes_no_more(client: Client) -> None:
    page = make_english(comments_open=False)
    make_comment(page, state="approved")
    section = comments_of(client, page)
    assert (len(section.select(".comment")), "Comments on this page are closed." in text_of(section)) == (1, True)
    assert [link for link in links_of(section) if "/comments/new/" in link] == []


def test_a_site_can_close_all_comments(client: Client, page: PaperPage) -> None:
    close(comments_open=False)
    assert "Comments on this page are closed." in text_of(comments_of(client, page))


def test_a_week_has_comments_too(client: Client) -> None:
    week = make_week(make_paper(live=True), live=True)
    make_comment(week, state="approved", text="良い週でした。")
    assert "良い週でした。" in text_of(comments_of(client, week))


def test_older_comments_are_a_page_further(client: Client, page: PaperPage) -> None:
    for number in range(51):
        make_comment(page, state="approved", text=f"No. {number}")
    further = comments_of(client, page).select_one(".pager .next")["href"]
    soup = read(client, page.get_url() + further)
    assert [text_of(said) for said in soup.select(".said")] == ["No. 0"]


def test_a_comments_own_link_leads_to_it_when_fifty_newer_ones_have_come(client: Client, page: PaperPage) -> None:
    first = make_comment(page, state="approved")
    answer = make_comment(page, state="approved", parent=first)
    for _number in range(50):
        make_comment(page, state="approved")
    for said in (first, answer):
        soup = read(client, page.get_url() + said.link)
        assert soup.find(id=said.anchor)
        assert text_of(soup.select_one(".pager")) == "Newest comments"


def test_a_comments_own_link_shows_the_newest_while_it_is_among_them(client: Client, page: PaperPage) -> None:
    first = make_comment(page, state="approved")
    for _number in range(49):
        make_comment(page, state="approved")
    soup = read(client, page.get_url() + first.link)
    assert (len(soup.select(".comment")), soup.select_one(".comments .pager")) == (50, None)


@pytest.mark.parametrize("state", ["waiting", "spam"])
def test_a_link_to_what_is_not_shown_leads_to_the_newest(client: Client, page: PaperPage, state: str) -> None:
    hidden = make_comment(page, state=state)
    for number in range(51):
        make_comment(page, state="approved", text=f"No. {number}")
    soup = read(client, page.get_url() + hidden.link)
    assert text_of(soup.select_one(".said")) == "No. 50"


@pytest.mark.parametrize("asked", ["x", "9" * 30, "-1", "\x00"])
def test_a_broken_link_to_a_comment_leads_to_the_newest(client: Client, page: PaperPage, asked: str) -> None:
    make_comment(page, state="approved", text="The newest.")
    shown = client.get(page.get_url(), {"comment": asked})
    assert text_of(BeautifulSoup(shown.content, "html.parser").select_one(".said")) == "The newest."


def test_a_broken_place_among_the_comments_is_not_found(client: Client, page: PaperPage) -> None:
    assert client.get(page.get_url(), {"comments": "x"}).status_code == 404


def test_a_preview_shows_the_text_and_no_readers(page: PaperPage) -> None:
    make_comment(page, state="approved")
    response = page.get_latest_revision_as_object().make_preview_request()
    assert b'id="comments"' not in response.content


def test_a_pages_queries_do_not_grow_with_what_was_said_and_corrected(client: Client, page: PaperPage) -> None:
    counts = []
    for _round in range(2):
        for _number in range(5):
            make_comment(page, parent=make_comment(page, state="approved"), state="approved")
            make_correction(page)
        cache.clear()
        counts.append(count_queries(client, page))
    assert counts[0] == counts[1]
